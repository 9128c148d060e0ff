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
/// The name of the cookie by which a browser is known that was let in before.
pub(super) const KNOWN: &str = "keeper-known";

/// Wrong passwords in a minute, from all strangers together: behind a proxy all come from one address. A browser that was let in
/// before has as many of its own, so that no stranger keeps the shopkeeper out.
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
    /// When strangers tried wrong passwords.
    strangers: Vec<Instant>,
    /// The same of browsers that were let in before, by the digest of what they know.
    known: HashMap<String, Vec<Instant>>,
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

/// What a browser is given that comes in.
#[derive(Clone, Debug)]
pub struct LetIn {
    /// Opens until it ends.
    pub key: String,
    /// By this the browser is known when it comes again.
    pub known: String,
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

    /// Gives a key for the password. `known` is what the browser was given before, if anything.
    ///
    /// # Errors
    ///
    /// If there are no random bytes to make a key of.
    pub fn open(&self, password: &str, known: Option<&str>) -> Result<Result<LetIn, Refused>, NoRandom> {
        self.open_at(password, known, Instant::now())
    }

    fn open_at(
        &self,
        password: &str,
        known: Option<&str>,
        now: Instant,
    ) -> Result<Result<LetIn, Refused>, NoRandom> {
        let let_in = LetIn { key: secret::random()?, known: secret::random()? };
        let mut inside = self.inside();
        let Inside { strangers, known: browsers, keys } = &mut *inside;
        let before = known.map(digest);
        let wrong = before.as_ref().and_then(|before| browsers.get_mut(before)).unwrap_or(strangers);
        wrong.retain(|tried| now.saturating_duration_since(*tried) < MINUTE);
        if wrong.len() >= TRIES {
            return Ok(Err(Refused::TooOften));
        }
        if !secret::same(&digest(password), &self.password) {
            wrong.push(now);
            return Ok(Err(Refused::Wrong));
        }
        if let Some(before) = before {
            browsers.remove(&before);
        }
        browsers.insert(digest(&let_in.known), Vec::new());
        keys.retain(|_, since| now.saturating_duration_since(*since) < HOURS);
        keys.insert(digest(&let_in.key), now);
        Ok(Ok(let_in))
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
        let key = door.open("open sesame", None).unwrap().unwrap().key;
        assert!(door.admits(&key) && !door.admits("") && !door.admits("open sesame"));
        assert_eq!(door.open("open barley", None).unwrap().unwrap_err(), Refused::Wrong);
        door.close(&Keeper(key.clone()));
        assert!(!door.admits(&key));
    }

    #[test]
    fn after_five_wrong_passwords_a_minute_passes_before_the_right_one_opens_to_strangers() {
        let door = Door::new("right");
        let now = Instant::now();
        let known = door.open_at("right", None, now).unwrap().unwrap().known;
        let refused = |password, known| door.open_at(password, known, now).unwrap().unwrap_err();
        for _ in 0..TRIES {
            assert_eq!(refused("wrong", None), Refused::Wrong);
        }
        assert_eq!(refused("wrong", None), Refused::TooOften);
        assert_eq!(refused("right", None), Refused::TooOften);
        assert_eq!(refused("right", Some("made up")), Refused::TooOften);
        // Who was let in before has tries of his own, and no more of them.
        for _ in 0..TRIES {
            assert_eq!(refused("wrong", Some(&known)), Refused::Wrong);
        }
        assert_eq!(refused("right", Some(&known)), Refused::TooOften);
        assert!(door.open_at("right", Some(&known), now + MINUTE).unwrap().is_ok());
        assert!(door.open_at("right", None, now + MINUTE).unwrap().is_ok());
    }
}
