//! What of a payment goes back: what was paid, what went back before, and what is new, side by side when it is sorted.

use super::Refused;
use crate::Record;
use crate::sort::{Sortable, Sorter};
use paygate_params::{Currency, Money, PayId};
use std::io;

/// Payments and what happens to them.
pub(super) struct Limits(Sorter<Share>);

/// By payment, what was paid first, then what went back before, then what is new, by line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Share {
    pay_id: PayId,
    kind: Kind,
    line: u64,
    units: u64,
    currency: Currency,
}

/// What a share is for its payment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Paid,
    Earlier,
    New,
}

impl Sortable for Share {
    const BYTES: usize = 32 + 1 + 8 + 8 + 3;

    fn put(&self, to: &mut Vec<u8>) {
        to.extend(self.pay_id.as_bytes());
        to.push(match self.kind {
            Kind::Paid => 0,
            Kind::Earlier => 1,
            Kind::New => 2,
        });
        to.extend(self.line.to_le_bytes());
        to.extend(self.units.to_le_bytes());
        to.extend(self.currency.as_bytes());
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let (pay_id, rest) = bytes.split_first_chunk::<32>()?;
        let ([kind], rest) = rest.split_first_chunk()?;
        let (line, rest) = rest.split_first_chunk()?;
        let (units, currency) = rest.split_first_chunk()?;
        Some(Self {
            pay_id: PayId::new(str::from_utf8(pay_id).ok()?).ok()?,
            kind: match kind {
                0 => Kind::Paid,
                1 => Kind::Earlier,
                _ => Kind::New,
            },
            line: u64::from_le_bytes(*line),
            units: u64::from_le_bytes(*units),
            currency: Currency::new(str::from_utf8(currency).ok()?).ok()?,
        })
    }
}

impl Limits {
    pub(super) const fn new() -> Self {
        Self(Sorter::new())
    }

    pub(super) fn paid(&mut self, pay_id: &PayId, money: Money) -> io::Result<()> {
        self.add(*pay_id, money, Kind::Paid, 0)
    }

    pub(super) fn push(&mut self, record: &Record, kind: Kind, line: u64) -> io::Result<()> {
        self.add(record.pay_id, record.money, kind, line)
    }

    fn add(&mut self, pay_id: PayId, money: Money, kind: Kind, line: u64) -> io::Result<()> {
        let (units, currency) = (money.amount().units(), money.currency());
        self.0.push(Share { pay_id, kind, line, units, currency })
    }

    /// Tells every new record that its payment cannot give back.
    pub(super) fn compare(self, refuse: &mut impl FnMut(Refused)) -> io::Result<()> {
        let mut payment: Option<Payment> = None;
        for share in self.0.sorted()? {
            let share = share?;
            let mut known = match payment.take() {
                Some(payment) if payment.pay_id == share.pay_id => payment,
                _ => Payment::new(share.pay_id),
            };
            known.take(&share, refuse);
            payment = Some(known);
        }
        Ok(())
    }
}

/// What is left of one payment while its shares go by.
struct Payment {
    pay_id: PayId,
    paid: Option<(u64, Currency)>,
    is_told_twice: bool,
    gone: u64,
}

impl Payment {
    const fn new(pay_id: PayId) -> Self {
        Self { pay_id, paid: None, is_told_twice: false, gone: 0 }
    }

    fn take(&mut self, share: &Share, refuse: &mut impl FnMut(Refused)) {
        let line = share.line;
        match share.kind {
            Kind::Paid if self.paid.is_some() => self.is_told_twice = true,
            Kind::Paid => self.paid = Some((share.units, share.currency)),
            Kind::Earlier => self.gone = self.gone.saturating_add(share.units),
            Kind::New => match self.paid {
                _ if self.is_told_twice => refuse(Refused::PaymentToldTwice { line }),
                None => refuse(Refused::NoSuchPayment { line }),
                Some((_, currency)) if currency != share.currency => refuse(Refused::OtherCurrency { line }),
                Some((paid, _)) if share.units > paid.saturating_sub(self.gone) => {
                    refuse(Refused::TooMuch { line });
                }
                Some(_) => self.gone = self.gone.saturating_add(share.units),
            },
        }
    }
}
