//! Where the database is: a file of SQLite's in a folder, or a PostgreSQL server.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::ConnectOptions;
use sqlx::any::AnyConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Where the tables stand.
#[derive(Clone)]
pub enum Place {
    /// A file in this folder.
    Folder(PathBuf),
    /// A PostgreSQL server, by its URL, which may hold a password.
    Server(String),
}

/// It does not say which PostgreSQL database. What it says is not told: a password may be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDatabaseUrl {
    /// It is no URL, or one of something else.
    #[error(
        "is no address of a PostgreSQL database: postgres://user:password@host/name, special characters as %XX"
    )]
    Format,
    /// The driver would leave the parameter out, and print it.
    #[error("has a parameter that is not known or not right; known are {}", PARAMETERS.join(", "))]
    Parameter,
}

/// Of those that the driver knows, the ones that a shop may need.
const PARAMETERS: [&str; 8] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "port", "application_name", "options"];

impl Place {
    pub(super) fn options(&self) -> Result<AnyConnectOptions, super::OpenError> {
        match self {
            Self::Folder(folder) => {
                make(folder)?;
                Ok(file(&folder.join("shop.sqlite"))?)
            }
            Self::Server(url) => Ok(server(url)?),
        }
    }
}

/// Checks the URL of a PostgreSQL database.
///
/// # Errors
///
/// If it is another one, or its parameters are not known.
pub(crate) fn server(url: &str) -> Result<AnyConnectOptions, BadDatabaseUrl> {
    let options: AnyConnectOptions = url.parse().map_err(|_| BadDatabaseUrl::Format)?;
    let url = &options.database_url;
    // A fragment is the rest of a password whose `#` was not written as %23.
    if !matches!(url.scheme(), "postgres" | "postgresql") || url.fragment().is_some() {
        return Err(BadDatabaseUrl::Format);
    }
    if url.query_pairs().any(|(name, _)| !PARAMETERS.contains(&&*name))
        || PgConnectOptions::from_url(url).is_err()
    {
        return Err(BadDatabaseUrl::Parameter);
    }
    Ok(options)
}

/// The driver knows files by URL alone. Every sign of the path is encoded, so that nothing in it means anything to a URL.
fn file(path: &Path) -> io::Result<AnyConnectOptions> {
    let no_text = || io::Error::new(io::ErrorKind::InvalidInput, "the folder's name is no UTF-8");
    let path = utf8_percent_encode(path.to_str().ok_or_else(no_text)?, NON_ALPHANUMERIC);
    format!("sqlite:{path}?mode=rwc").parse().map_err(io::Error::other)
}

/// Names and addresses of customers stand in it: nobody else on the machine reads it.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            Self::Server(_) => f.write_str("Server([redacted])"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_of_a_postgres_database_is_taken_and_what_is_wrong_is_not_repeated() {
        assert!(server("postgres://tea:s%23cret@db.example:5432/shop?sslmode=verify-full").is_ok());
        assert!(server("postgresql:///shop?host=/var/run/postgresql").is_ok());
        for url in [
            "",
            "shop",
            "mysql://tea:secret@db/shop",
            "sqlite:shop.sqlite",
            "postgres://tea:s#cret@db/shop",
            "postgres://tea:1#secret@db/shop",
            "postgres://tea:se/cret@db/shop",
        ] {
            assert_eq!(server(url).unwrap_err(), BadDatabaseUrl::Format, "{url}");
        }
        for url in [
            "postgres://tea:1?secret@db/shop",
            "postgres://db/shop?sslmode=secret",
            "postgres://db/shop?port=secret",
        ] {
            let error = server(url).unwrap_err();
            assert_eq!(error, BadDatabaseUrl::Parameter, "{url}");
            assert!(!error.to_string().contains("secret"));
        }
        assert!(!format!("{:?}", Place::Server("postgres://tea:secret@db/shop".into())).contains("secret"));
    }

    #[test]
    fn a_path_means_nothing_to_the_url_of_its_file() {
        let path = "/data/../a b/x?mode=ro#y/%41";
        let options = file(Path::new(path)).unwrap();
        let options = sqlx::sqlite::SqliteConnectOptions::from_url(&options.database_url).unwrap();
        assert_eq!(options.get_filename(), Path::new(path));
    }
}
