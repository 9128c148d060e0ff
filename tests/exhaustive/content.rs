//! The content of the database: read, told apart from others by what matters, changed, and written back.

use crate::tables::{As, TABLES, Table};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Executor, Row, SqliteConnection};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The cells of a row, as SQL has them.
type Cells = Vec<String>;

/// What stands in each of [`TABLES`], sorted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Content(Vec<Arc<Vec<Cells>>>);

const MINUTE: i64 = 60_000;

/// After so many questions the next one is the last; more are as that one.
const ASKED_OFTEN: i64 = 13;

/// A connection of its own, which reads and writes contents between the steps.
pub(crate) struct Pen {
    connection: SqliteConnection,
    columns: Vec<Vec<String>>,
    read: String,
    /// What stands there now, as far as it is known.
    there: Vec<Option<Vec<Cells>>>,
    /// The numbers that rows are given, each always the same.
    numbers: HashMap<(&'static str, String), i64>,
}

impl Content {
    /// Some columns of the rows of a table, texts without their quotes.
    pub(crate) fn rows<const N: usize>(&self, pen: &Pen, table: &str, columns: [&str; N]) -> Vec<[&str; N]> {
        let table = number_of(table);
        let columns = columns.map(|column| pen.column(table, column));
        self.0[table].iter().map(|row| columns.map(|column| row[column].trim_matches('\''))).collect()
    }

    /// The same with another cell in the row of this number.
    pub(crate) fn with(&self, pen: &Pen, table: &str, id: i64, column: &str, cell: &str) -> Self {
        let table = number_of(table);
        let (id, number, column) = (id.to_string(), pen.column(table, "id"), pen.column(table, column));
        let mut rows = Vec::clone(&self.0[table]);
        for row in rows.iter_mut().filter(|row| row[number] == id) {
            cell.clone_into(&mut row[column]);
        }
        rows.sort();
        let mut content = self.clone();
        content.0[table] = Arc::new(rows);
        content
    }
}

impl Pen {
    pub(crate) async fn open(file: &Path) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .foreign_keys(false)
            .synchronous(SqliteSynchronous::Off)
            .busy_timeout(Duration::from_secs(20));
        let mut connection = options.connect().await.unwrap();
        let mut columns = Vec::new();
        for table in TABLES {
            let sql = format!("SELECT name FROM pragma_table_info('{}') ORDER BY cid", table.name);
            let names: Vec<String> = sqlx::query_scalar(&sql).fetch_all(&mut connection).await.unwrap();
            let known = table.columns.iter().all(|(column, _)| names.iter().any(|name| name == column));
            assert!(known, "{} has {names:?}", table.name);
            columns.push(names);
        }
        let select = |(number, columns): (usize, &Vec<String>)| {
            let cells: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
            format!("SELECT {number}, {} FROM {}", cells.join(" || char(31) || "), TABLES[number].name)
        };
        let selects: Vec<_> = columns.iter().enumerate().map(select).collect();
        let read = selects.join(" UNION ALL ");
        let there = vec![None; TABLES.len()];
        Self { connection, columns, read, there, numbers: HashMap::new() }
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        // Who has it may write.
        self.there.fill(None);
        &mut self.connection
    }

    /// Waits until whoever writes has come to an end: a commit that was on its way when its sender died still happens.
    pub(crate) async fn wait_for_who_writes(&mut self) {
        self.connection.execute("BEGIN IMMEDIATE; COMMIT").await.unwrap();
    }

    /// The number that the row of a table is given which is named so.
    pub(crate) fn number(&mut self, table: &'static str, name: &str) -> i64 {
        let next = self.numbers.keys().filter(|(of, _)| *of == table).count() + 1;
        *self.numbers.entry((table, name.to_owned())).or_insert(i64::try_from(next).unwrap())
    }

    fn column(&self, table: usize, column: &str) -> usize {
        self.columns[table].iter().position(|known| known == column).expect(column)
    }

    /// Reads what stands there, and the tokens of the refunds by their numbers.
    pub(crate) async fn read(&mut self) -> (Content, HashMap<i64, i64>) {
        let rows = sqlx::query(&self.read).fetch_all(&mut self.connection).await.unwrap();
        let mut raw = vec![Vec::new(); TABLES.len()];
        for row in rows {
            let cells = row.get::<&str, _>(1).split('\u{1f}').map(str::to_owned).collect::<Cells>();
            raw[usize::try_from(row.get::<i64, _>(0)).unwrap()].push(cells);
        }
        let now = now();
        let mut given = HashMap::new();
        let mut tokens = HashMap::new();
        let mut tables = Vec::with_capacity(TABLES.len());
        for (number, table) in TABLES.iter().enumerate() {
            let mut rows: Vec<_> =
                raw[number].iter().map(|row| self.plain(number, row, &given, now)).collect();
            for (row, raw) in rows.iter_mut().zip(&raw[number]) {
                let id = self.numbered(number, row, raw, &mut given);
                if table.name == "gateway_refunds" {
                    let token = raw[self.column(number, "token")].parse().unwrap();
                    tokens.insert(id, token);
                }
            }
            rows.sort();
            tables.push(Arc::new(rows));
        }
        self.there = raw.into_iter().map(Some).collect();
        (Content(tables), tokens)
    }

    /// A row without what does not matter.
    fn plain(
        &self,
        number: usize,
        raw: &Cells,
        given: &HashMap<(&'static str, String), i64>,
        now: i64,
    ) -> Cells {
        let mut row = raw.clone();
        for (column, kind) in TABLES[number].columns {
            let at = self.column(number, column);
            if raw[at] == "NULL" {
                continue;
            }
            let integer = || raw[at].parse::<i64>().unwrap();
            let is = |state: &str| raw[self.column(number, "state")].trim_matches('\'') == state;
            row[at] = match kind {
                As::Always(value) => (*value).to_owned(),
                As::Of(table) => given[&(*table, raw[at].clone())].to_string(),
                As::Named => continue,
                As::Never => "NULL".to_owned(),
                As::Due if integer() < now - 5 * MINUTE && is("planned") => "stale".to_owned(),
                // A lease may run out at any moment: here it has, at once.
                As::Due => "due".to_owned(),
                As::Age
                    if integer() < now - 30 * MINUTE
                        && ["planned", "sent", "unknown"].into_iter().any(is) =>
                {
                    "old".to_owned()
                }
                As::Age => "young".to_owned(),
                As::OlderToken => {
                    let is_same = raw[at] == raw[self.column(number, "token")];
                    if is_same { "0" } else { "-1" }.to_owned()
                }
                As::Asks if integer() >= ASKED_OFTEN => integer().min(ASKED_OFTEN + 1).to_string(),
                As::Token | As::Asks => "0".to_owned(),
            };
        }
        row
    }

    /// Gives the row its number, and names it by that.
    fn numbered(
        &mut self,
        number: usize,
        row: &mut Cells,
        raw: &Cells,
        given: &mut HashMap<(&'static str, String), i64>,
    ) -> i64 {
        let Table { name, number: named, columns } = &TABLES[number];
        let mut id = 0;
        if let Some((column, by)) = named {
            let by: Vec<_> = by.iter().map(|column| &*row[self.column(number, column)]).collect();
            id = self.number(name, &by.join(" "));
            let at = self.column(number, column);
            row[at] = id.to_string();
            given.insert((name, raw[at].clone()), id);
        }
        for (column, is) in *columns {
            if let As::Named = is {
                let id = if id == 0 { row[self.column(number, "refund_id")].clone() } else { id.to_string() };
                let at = self.column(number, column);
                row[at] = format!("'name-{id}'");
            }
        }
        id
    }

    /// Makes the database hold this content, with tokens counted from a number.
    pub(crate) async fn write(&mut self, content: &Content, token: i64) {
        let now = now();
        let mut sql = String::new();
        for (number, rows) in content.0.iter().enumerate() {
            let rows: Vec<_> = rows.iter().map(|row| self.whole(number, row, token, now)).collect();
            let there = self.there[number].as_ref();
            if there
                .is_some_and(|there| there.len() == rows.len() && rows.iter().all(|row| there.contains(row)))
            {
                continue;
            }
            let name = TABLES[number].name;
            let _ = write!(sql, "DELETE FROM {name};"); // a String takes all
            if !rows.is_empty() {
                let rows: Vec<_> = rows.iter().map(|row| format!("({})", row.join(","))).collect();
                let _ = write!(sql, "INSERT INTO {name} VALUES {};", rows.join(","));
            }
            self.there[number] = Some(rows);
        }
        if !sql.is_empty() {
            self.connection.execute(&*format!("BEGIN IMMEDIATE;{sql}COMMIT")).await.unwrap();
        }
    }

    /// A row as the table takes it.
    fn whole(&self, number: usize, row: &Cells, token: i64, now: i64) -> Cells {
        let mut row = row.clone();
        for (column, is) in TABLES[number].columns {
            let at = self.column(number, column);
            if row[at] == "NULL" {
                continue;
            }
            let moved = |minutes: i64| (now + minutes * MINUTE).to_string();
            row[at] = match (is, &*row[at]) {
                (As::Token | As::OlderToken, back) => (token + back.parse::<i64>().unwrap()).to_string(),
                (As::Due, "due") | (As::Age, "young") => moved(-1),
                // Longer ago than an inquiry allows to send again, and than what may be open is left alone.
                (As::Due, "stale") | (As::Age, "old") => moved(-600),
                _ => continue,
            };
        }
        row
    }
}

fn number_of(table: &str) -> usize {
    TABLES.iter().position(|known| known.name == table).expect(table)
}

/// The database's clock is that of the machine, too.
fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}
