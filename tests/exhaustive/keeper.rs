//! Who handles deliveries: the shop's bookkeeper, or one with a mistake.

use crate::event::merchants;
use crate::mutant::Mutant;
use gateway_inbox::paygate::{Received, open};
use gateway_inbox::{Claim, Handler};
use paygate::{Trustly, Verdict};
use shop::bookkeeper::{Bookkeeper, NotHandled};
use shop::store::{Store, StoreError};
use sqlx::{Any, Transaction};

pub(crate) struct Keeper {
    bookkeeper: Bookkeeper,
    mutant: Option<Mutant>,
}

impl Keeper {
    pub(crate) fn new(store: &Store, mutant: Option<Mutant>) -> Self {
        Self { bookkeeper: Bookkeeper::new(store, merchants()), mutant }
    }
}

impl Handler<Any> for Keeper {
    type Error = NotHandled;

    async fn handle(&self, claim: &Claim, change: &mut Transaction<'_, Any>) -> Result<(), NotHandled> {
        let done = self.bookkeeper.handle(claim, change).await;
        let (Some(mutant), (_, Received::Genuine(callback))) =
            (self.mutant, open::<Trustly>(claim, &merchants())?)
        else {
            return done;
        };
        let sql = match (mutant, callback.verdict()) {
            (Mutant::ForgetsToBind, Verdict::Paid) => {
                "INSERT INTO payments (attempt_id, mid, pay_id, state, flags)
                 SELECT id, mid, $1, 'paid', 0 FROM attempts WHERE trans_id = $2
                 ON CONFLICT (mid, pay_id) DO UPDATE SET state = 'paid'"
            }
            (Mutant::LetsStatesFall, Verdict::Failed) => {
                "UPDATE payments SET state = 'failed' WHERE pay_id = $1 AND $2 <> ''"
            }
            (Mutant::LetsStatesFall, Verdict::Open) => {
                "UPDATE payments SET state = 'open' WHERE pay_id = $1 AND $2 <> ''"
            }
            _ => return done,
        };
        let written = sqlx::query(sql)
            .bind(callback.signed().pay_id().as_str())
            .bind(callback.trans_id().as_str())
            .execute(&mut **change)
            .await;
        written.map_err(StoreError::from)?;
        done
    }
}
