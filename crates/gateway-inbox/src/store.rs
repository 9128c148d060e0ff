//! Storing: who comes while a commit is under way goes with the next one, together with all others that came meanwhile.

use crate::database::{Cells, Database, Value};
use crate::{Delivery, Inbox, InboxError, Key, Stored};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex as Lock, PoisonError};
use tokio::sync::{Mutex, oneshot};

/// A row before and after the comma list of rows: one that is there is counted, and nothing else of it changes.
pub(crate) const UPSERT: [&str; 2] = [
    "INSERT INTO gateway_inbox
         (key, gateway, attempt, payment, rank, payload, count, acknowledged, first_at, last_at, due_at) VALUES ",
    " ON CONFLICT (key) DO UPDATE SET count = gateway_inbox.count + excluded.count,
          acknowledged = gateway_inbox.acknowledged | excluded.acknowledged, last_at = excluded.last_at
      RETURNING key, count, done_at",
];

/// How many rows one statement writes at most.
const TOGETHER: usize = 64;

/// Those that wait to be stored.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Lock<Vec<Waiting>>,
    /// Who has it writes for all that wait.
    pen: Mutex<()>,
}

struct Waiting {
    delivery: Delivery,
    told: oneshot::Sender<Result<Stored, InboxError>>,
}

/// What is written of all the equal ones together.
struct Row {
    delivery: Delivery,
    count: i64,
    told: Vec<oneshot::Sender<Result<Stored, InboxError>>>,
}

impl Queue {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        // Nothing that can panic happens under this lock.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first ones of those that wait, in the order of their keys: two processes that write the same rows do so in one order,
    /// and cannot lock each other out.
    fn take(&self) -> BTreeMap<Key, Row> {
        let mut waiting = self.waiting();
        let mut rows = BTreeMap::<Key, Row>::new();
        let mut end = 0_usize;
        for next in waiting.iter() {
            if rows.len() >= TOGETHER && !rows.contains_key(&next.delivery.key) {
                break;
            }
            end = end.saturating_add(1);
            rows.entry(next.delivery.key).or_insert_with(|| Row {
                delivery: next.delivery.clone(),
                count: 0,
                told: Vec::new(),
            });
        }
        for Waiting { delivery, told } in waiting.drain(..end) {
            if let Some(row) = rows.get_mut(&delivery.key) {
                row.count = row.count.saturating_add(1);
                row.delivery.acknowledged |= delivery.acknowledged;
                row.told.push(told);
            }
        }
        rows
    }
}

impl<DB: Database> Inbox<DB> {
    /// Stores a delivery durably: once for each [key](Delivery::key), however often it comes.
    ///
    /// When this returns `Ok`, the database has committed it. Whoever is dropped before that may have been stored or not; the
    /// sender repeats it.
    ///
    /// # Errors
    ///
    /// If it is not known to be stored: the sender must not be told that it is.
    pub async fn store(&self, delivery: Delivery) -> Result<Stored, InboxError> {
        let queue = &self.shared().queue;
        loop {
            let (told, mut answer) = oneshot::channel();
            queue.waiting().push(Waiting { delivery: delivery.clone(), told });
            let answered = loop {
                tokio::select! {
                    biased;
                    answered = &mut answer => break answered,
                    _pen = queue.pen.lock() => self.write_those_that_wait().await,
                }
            };
            // Whoever had the pen was dropped in the middle of writing: the own one waits once more.
            if let Ok(answer) = answered {
                return answer;
            }
        }
    }

    async fn write_those_that_wait(&self) {
        let mut rows = self.shared().queue.take();
        if rows.is_empty() {
            return;
        }
        let written = self.upsert(&rows).await;
        match written {
            Ok(stored) => {
                for (key, stored) in stored {
                    if let Some(row) = rows.remove(&key) {
                        tell(row.told, &Ok(stored));
                    }
                }
                self.shared().news.notify_waiters();
                self.shared().news.notify_one();
            }
            Err(error) => rows.into_values().for_each(|row| tell(row.told, &Err(error.clone()))),
        }
    }

    async fn upsert(&self, rows: &BTreeMap<Key, Row>) -> Result<Vec<(Key, Stored)>, InboxError> {
        let [before, after] = &self.shared().sql.upsert;
        let mut values = Vec::with_capacity(rows.len().saturating_mul(8));
        let mut sql = before.clone();
        for (key, Row { delivery, count, .. }) in rows {
            sql.push_str(if values.is_empty() { "(" } else { ", (" });
            let new: [Value<'_>; 8] = [
                key.into(),
                delivery.gateway.into(),
                (&delivery.attempt).into(),
                (&delivery.payment).into(),
                i64::from(delivery.rank).into(),
                delivery.payload.as_slice().into(),
                (*count).into(),
                i64::from(delivery.acknowledged).into(),
            ];
            for value in new {
                values.push(value);
                let _ = write!(sql, "${}, ", values.len()); // a String takes all
            }
            sql.push_str(&self.dialect().sql("{now}, {now}, {now})"));
        }
        sql.push_str(after);
        let written = self.write(&sql, &values).await?;
        written.iter().map(|row| read(row, rows)).collect()
    }
}

fn read(row: &impl Cells, rows: &BTreeMap<Key, Row>) -> Result<(Key, Stored), InboxError> {
    let key = row.bytes(0)?.and_then(|bytes| Key::from_bytes(&bytes));
    let key = key.ok_or(InboxError::Unreadable { table: "gateway_inbox", column: "key" })?;
    let is_new =
        rows.get(&key).is_some_and(|written| row.integer(1).is_ok_and(|count| count == written.count));
    Ok((
        key,
        if row.maybe_integer(2)?.is_some() {
            Stored::Finished
        } else if is_new {
            Stored::New
        } else {
            Stored::Unfinished
        },
    ))
}

/// The first of equal ones was new, and the others came behind it.
fn tell(told: Vec<oneshot::Sender<Result<Stored, InboxError>>>, answer: &Result<Stored, InboxError>) {
    let mut answer = answer.clone();
    for told in told {
        // Who does not wait any more need not know.
        let _ = told.send(answer.clone());
        if let Ok(stored @ Stored::New) = &mut answer {
            *stored = Stored::Unfinished;
        }
    }
}
