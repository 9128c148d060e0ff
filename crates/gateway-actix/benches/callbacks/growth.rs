//! Callbacks over real sockets, with more and more connections: how many a second, and what each costs the server.

use crate::client::{Connection, exchange, request};
use crate::median::{median, ratio};
use crate::server::Server;
use serde::Serialize;
use std::time::Instant;

const CONNECTIONS: [usize; 4] = [1, 4, 16, 64];
const ROUNDS: usize = 21;
/// In a round, by all connections together.
const REQUESTS: usize = 3_200;

/// The figures for so many connections.
#[derive(Serialize)]
pub(crate) struct Served {
    pub(crate) connections: usize,
    pub(crate) verified: Route,
    pub(crate) form: Route,
    /// Of the verified route to `web::Form`, round by round; by CPU where that is known, else by the clock.
    pub(crate) cost_ratio: f64,
}

/// Those of one route.
#[derive(Serialize)]
pub(crate) struct Route {
    pub(crate) per_second: f64,
    /// Of the server's thread for each callback, µs, with what the kernel does for it.
    pub(crate) cpu: Option<f64>,
}

/// The two routes take turns, so that a machine that slows down slows both.
pub(crate) fn measure(server: &Server, body: &str, is_test: bool) -> Vec<Served> {
    let [verified, form] = ["/notify", "/form"].map(|path| request(path, body));
    let (rounds, requests) = if is_test { (1, 128) } else { (ROUNDS, REQUESTS) };
    let with = |count| {
        let mut connections: Vec<_> = (0..count).map(|_| Connection::open(server.address)).collect();
        exchange(&mut connections, &verified, 2);
        let [mut of_verified, mut of_form] = [Vec::new(), Vec::new()];
        for _ in 0..rounds {
            of_verified.push(round(server, &mut connections, &verified, requests));
            of_form.push(round(server, &mut connections, &form, requests));
        }
        let costs = |rounds: &[Round]| rounds.iter().map(Round::cost).collect::<Vec<_>>();
        Served {
            connections: count,
            cost_ratio: ratio(&costs(&of_verified), &costs(&of_form)),
            verified: Route::of(&of_verified),
            form: Route::of(&of_form),
        }
    };
    CONNECTIONS.map(with).into()
}

/// µs of one round, for each callback.
struct Round {
    elapsed: f64,
    cpu: Option<f64>,
}

impl Round {
    fn cost(&self) -> f64 {
        self.cpu.unwrap_or(self.elapsed)
    }
}

impl Route {
    fn of(rounds: &[Round]) -> Self {
        let cpu: Option<Vec<_>> = rounds.iter().map(|round| round.cpu).collect();
        Self { per_second: 1e6 / median(rounds.iter().map(|round| round.elapsed)), cpu: cpu.map(median) }
    }
}

fn round(server: &Server, connections: &mut [Connection], request: &[u8], requests: usize) -> Round {
    let of_each = requests / connections.len();
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let all = (of_each * connections.len()) as f64;
    let (before, from) = (server.on_cpu(), Instant::now());
    exchange(connections, request, of_each);
    let (elapsed, after) = (from.elapsed(), server.on_cpu());
    let cpu = before.zip(after).map(|(before, after)| after.saturating_sub(before).as_secs_f64() * 1e6 / all);
    Round { elapsed: elapsed.as_secs_f64() * 1e6 / all, cpu }
}
