//! The door of the shopkeeper's pages: one password, few tries, keys that end.

use crate::app::{AppError, Shared};
use crate::security::secret::{self, NoRandom};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The name of the cookie with the key.
pub(super) const COOKIE: &str = "keeper";

/// Wrong passwords in a minute, from everybody together: behind a proxy all come from one address.
const TRIES: usize = 5;
const MINUTE: Duration = Duration::from_secs(60);
/// How long a key opens.
const HOURS: Duration = Duration::from_secs(8 * 3600);

/// Who comes in.
pub struct Door {
    /// A digest: the password itself is kept nowhere.
    password: String,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    wrong: Vec<Instant>,
    /// By the digest of the key.
    keys: HashMap<String, Instant>,
}

/// Why somebody does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is another password.
    Wrong,
    /// Nobody may try for now, not even with the right one.
    TooOften,
}

/// Whoever has a key: a handler that takes it is called for the shopkeeper alone.
#[derive(Clone, Debug)]
pub struct Keeper(String);

impl Keeper {
    /// What their forms repeat follows from it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl Door {
    /// A door with this password.
    #[must_use]
    pub fn new(password: &str) -> Self {
        Self { password: digest(password), inside: Mutex::default() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a key for the password.
    ///
    /// # Errors
    ///
    /// If there are no random bytes to make a key of.
    pub fn open(&self, password: &str) -> Result<Result<String, Refused>, NoRandom> {
        self.open_at(password, Instant::now())
    }

    fn open_at(&self, password: &str, now: Instant) -> Result<Result<String, Refused>, NoRandom> {
        let key = secret::random()?;
        let mut inside = self.inside();
        inside.wrong.retain(|tried| now.saturating_duration_since(*tried) < MINUTE);
        if inside.wrong.len() >= TRIES {
            return Ok(Err(Refused::TooOften));
        }
        if !secret::same(&digest(password), &self.password) {
            inside.wrong.push(now);
            return Ok(Err(Refused::Wrong));
        }
        inside.keys.retain(|_, since| now.saturating_duration_since(*since) < HOURS);
        inside.keys.insert(digest(&key), now);
        Ok(Ok(key))
    }

    fn admits(&self, key: &str) -> bool {
        self.inside().keys.get(&digest(key)).is_some_and(|since| since.elapsed() < HOURS)
    }

    /// Takes the key back.
    pub fn close(&self, keeper: &Keeper) {
        self.inside().keys.remove(&digest(keeper.id()));
    }
}

fn digest(text: &str) -> String {
    secret::digest(&["keeper", text])
}

impl FromRequest for Keeper {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let door = request.app_data::<Data<Shared>>().map(|shared| &shared.keeper);
        let key = request.cookie(COOKIE).map(|cookie| cookie.value().to_owned());
        ready(match (door, key) {
            (Some(door), Some(key)) if door.admits(&key) => Ok(Self(key)),
            (Some(_), _) => Err(AppError::NotTheKeeper),
            (None, _) => Err(AppError::Setup),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_opens_and_nothing_else_does() {
        let door = Door::new("open sesame");
        let key = door.open("open sesame").unwrap().unwrap();
        assert!(door.admits(&key) && !door.admits("") && !door.admits("open sesame"));
        assert_eq!(door.open("open barley").unwrap(), Err(Refused::Wrong));
        door.close(&Keeper(key.clone()));
        assert!(!door.admits(&key));
    }

    #[test]
    fn after_five_wrong_passwords_a_minute_passes_before_the_right_one_opens() {
        let door = Door::new("right");
        let now = Instant::now();
        for _ in 0..TRIES {
            assert_eq!(door.open_at("wrong", now).unwrap(), Err(Refused::Wrong));
        }
        assert_eq!(door.open_at("wrong", now).unwrap(), Err(Refused::TooOften));
        assert_eq!(door.open_at("right", now).unwrap(), Err(Refused::TooOften));
        assert!(door.open_at("right", now + MINUTE).unwrap().is_ok());
    }
}
