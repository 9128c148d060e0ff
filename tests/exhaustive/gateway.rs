//! Paygate's books, as its page describes them: it does nothing for a ReqId whose first request is finished, and carries out the
//! second one while the first one is open.

use crate::deeds::Heard;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Request {
    Open,
    Done,
    Refused,
}

/// What becomes of a request that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Done,
    Refused,
    Open,
}

/// The requests that arrived, for each refund.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Gateway(Vec<Vec<Request>>);

impl Gateway {
    fn of(&self, refund: i64) -> &[Request] {
        self.0.get(usize::try_from(refund).unwrap()).map_or(&[], Vec::as_slice)
    }

    /// What it answers.
    pub(crate) fn receive(&mut self, refund: i64, fate: Fate) -> Heard {
        let number = usize::try_from(refund).unwrap();
        let finished = self.of(refund).iter().find(|request| **request != Request::Open);
        let request = finished.copied().unwrap_or_else(|| {
            let request = match fate {
                Fate::Done => Request::Done,
                Fate::Refused => Request::Refused,
                Fate::Open => Request::Open,
            };
            let books = self.0.len().max(number + 1);
            self.0.resize(books, Vec::new());
            self.0[number].push(request);
            request
        });
        match request {
            Request::Open => Heard::Open,
            Request::Done => Heard::Done,
            Request::Refused => Heard::Refused,
        }
    }

    /// The first request of a refund that is open is finished so.
    pub(crate) fn finish(&mut self, refund: i64, is_done: bool) {
        let number = usize::try_from(refund).unwrap();
        let open = self.0[number].iter_mut().find(|request| **request == Request::Open).unwrap();
        *open = if is_done { Request::Done } else { Request::Refused };
    }

    pub(crate) fn is_open(&self, refund: i64) -> bool {
        self.of(refund).contains(&Request::Open)
    }

    /// How often it was carried out.
    pub(crate) fn times(&self, refund: i64) -> u64 {
        self.of(refund).iter().map(|request| u64::from(*request == Request::Done)).sum()
    }
}
