//! All others that call: forgers, broken programs, and those who only want to be in the way. Each kind has a thread of its own,
//! which sends at a bounded rate and holds a bounded number of connections.

use crate::database::merchant;
use crate::exchange::{connect, head, post, status};
use paygate::testing::{self, Callback};
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Connections that bring a body byte by byte.
const SLOW: usize = 32;
/// Connections that bring half of a head, and then nothing.
const HALF_OPEN: usize = 64;
const MEGABYTES: usize = 3;

/// How many came, by what they did; and what should have been refused and was not.
#[derive(Default)]
struct Counts {
    forged: AtomicUsize,
    broken: AtomicUsize,
    large: AtomicUsize,
    slow: AtomicUsize,
    half_open: AtomicUsize,
    reset: AtomicUsize,
    taken: AtomicUsize,
}

pub(crate) struct Strangers {
    counts: Arc<Counts>,
    leaving: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Strangers {
    /// All kinds at once, until they leave.
    pub(crate) fn come(shop: SocketAddr, orders: usize) -> Self {
        let (counts, leaving) = (Arc::<Counts>::default(), Arc::new(AtomicBool::new(false)));
        let kinds: [fn(&Caller); 6] = [forged, broken, large, slow, half_open, reset];
        let start = |kind: fn(&Caller)| {
            let caller = Caller { shop, orders, counts: counts.clone(), leaving: leaving.clone() };
            thread::spawn(move || kind(&caller))
        };
        Self { threads: kinds.map(start).into(), counts: counts.clone(), leaving }
    }

    /// Returns when the last one has hung up.
    pub(crate) fn leave(mut self) -> Self {
        self.leaving.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.join().unwrap();
        }
        self
    }

    /// How many connections they hold at once at most, those of the kinds that hold one each among them.
    pub(crate) const CONNECTIONS: usize = SLOW + HALF_OPEN + 4;

    pub(crate) fn assert_all_came_and_none_was_taken(&self) {
        let Counts { forged, broken, large, slow, half_open, reset, taken } = &*self.counts;
        for (came, kind) in [forged, broken, large, slow, half_open, reset].iter().zip(0..) {
            assert!(came.load(Ordering::Relaxed) > 0, "nobody came of kind {kind}");
        }
        assert_eq!(taken.load(Ordering::Relaxed), 0, "what is not genuine was answered with 200");
    }
}

impl fmt::Display for Strangers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { forged, broken, large, slow, half_open, reset, taken } = &*self.counts;
        let [forged, broken, large, slow, half_open, reset, taken] =
            [forged, broken, large, slow, half_open, reset, taken].map(|count| count.load(Ordering::Relaxed));
        write!(
            f,
            "{forged} forged, {broken} broken and {large} of {MEGABYTES} MB or 64 KiB and more ({taken} of them answered 200), \
             {slow} bodies of one byte a second ({SLOW} at once), {half_open} half heads ({HALF_OPEN} at once), \
             {reset} broken off"
        )
    }
}

/// What one kind works with.
struct Caller {
    shop: SocketAddr,
    orders: usize,
    counts: Arc<Counts>,
    leaving: Arc<AtomicBool>,
}

impl Caller {
    /// Again and again after such a pause, with a number that counts.
    fn repeat(&self, pause: u64, mut call: impl FnMut(usize)) {
        for number in 0.. {
            if self.leaving.load(Ordering::Relaxed) {
                return;
            }
            call(number);
            thread::sleep(Duration::from_millis(pause));
        }
    }

    /// What must not be answered with 200. No answer at all is none either.
    fn refused(&self, count: &AtomicUsize, request: &[u8]) {
        let taken = matches!(status(self.shop, request), Ok(200));
        self.counts.taken.fetch_add(usize::from(taken), Ordering::Relaxed);
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps so many connections, looks at each once a second, and replaces those that the shop has closed.
    fn hold(
        &self,
        many: usize,
        count: &AtomicUsize,
        begin: &[u8],
        each_second: impl Fn(&mut TcpStream) -> io::Result<()>,
    ) {
        let open = || {
            let mut stream = connect(self.shop)?;
            stream.write_all(begin)?;
            stream.set_nonblocking(true)?;
            io::Result::Ok(stream)
        };
        let mut held = Vec::new();
        self.repeat(1000, |_| {
            held.retain_mut(|stream| each_second(stream).is_ok() && is_open(stream));
            while held.len() < many {
                let Ok(stream) = open() else { break };
                held.push(stream);
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
}

/// Whether the other side still waits.
fn is_open(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 1024]) {
        Ok(count) => count > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

/// Callbacks of orders that there are and are not, under the MAC of somebody who has no key.
fn forged(caller: &Caller) {
    caller.repeat(50, |number| {
        let expected = testing::expected(&merchant(), &format!("order-{}", number % caller.orders), 1290);
        let form = Callback::paid(&expected).with_forged_mac().form(&merchant()).unwrap();
        caller.refused(&caller.counts.forged, &post(&form));
    });
}

/// What is no callback at all.
fn broken(caller: &Caller) {
    let noise = "Len=64&Data=".to_owned() + &"0123456789ABCDEF".repeat(100);
    let pairs = vec!["a=1"; 300].join("&");
    let digits = "Len=1000&Data=".to_owned() + &"Z".repeat(4000);
    let escapes = "%26%3D".repeat(8000);
    let bodies = [noise.as_str(), &pairs, &digits, &escapes, "", "Len=", "&&&&==%%"];
    caller.repeat(50, |number| caller.refused(&caller.counts.broken, &post(bodies[number % bodies.len()])));
}

/// One byte too many, megabytes that are announced, and chunks that nobody has counted.
fn large(caller: &Caller) {
    let body = "x".repeat(MEGABYTES * 1_000_000);
    let mut chunks = head("Transfer-Encoding: chunked");
    for _ in 0..MEGABYTES * 100 {
        chunks.extend_from_slice(format!("2710\r\n{}\r\n", &body[..10_000]).as_bytes());
    }
    chunks.extend_from_slice(b"0\r\n\r\n");
    let requests = [post(&body[..65_537]), post(&body), chunks];
    caller.repeat(400, |number| caller.refused(&caller.counts.large, &requests[number % requests.len()]));
}

/// A body of which a byte comes each second.
fn slow(caller: &Caller) {
    let begin = head("Content-Length: 900");
    caller.hold(SLOW, &caller.counts.slow, &begin, |stream| stream.write_all(b"L"));
}

/// Half of a head, and the connection is held.
fn half_open(caller: &Caller) {
    caller.hold(HALF_OPEN, &caller.counts.half_open, b"POST /notify HTTP/1.1\r\nHost: sh", |_| Ok(()));
}

/// In the middle of a body the connection is gone. The answer to an earlier request lies unread, which makes the system reset it.
fn reset(caller: &Caller) {
    let first = String::from_utf8(post("Len=1")).unwrap().replace("Connection: close\r\n", "");
    let begin = [first.as_bytes(), &head("Content-Length: 900"), b"Len=400&Data=00"].concat();
    caller.repeat(100, |_| {
        if let Ok(mut stream) = connect(caller.shop) {
            let _ = stream.write_all(&begin);
            let _ = stream.peek(&mut [0]);
            caller.counts.reset.fetch_add(1, Ordering::Relaxed);
        }
    });
}
