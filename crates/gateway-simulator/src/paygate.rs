//! A stand-in for Computop Paygate, for the integration tests of shops and for trying things out by hand.
//!
//! It takes the requests that a shop seals, checks them as strictly as the vendor's page says, shows the customer a bank,
//! and tells the shop by URLSuccess, URLFailure and URLNotify, in the spellings of the real one. On demand it does what the
//! real one does on bad days.
//!
//! # In a test
//!
//! [`Simulator::start`] gives a Paygate on a free port of this machine, and [`Simulator::merchant`] the account whose
//! Paygate it is. The shop under test is configured with that merchant; [`Simulator::visit`] is a customer without a
//! browser:
//!
//! ```
//! use gateway_simulator::paygate::{Simulator, State, Visit};
//! use paygate::testing;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # actix_web::rt::System::new().block_on(async {
//! let simulator = Simulator::start(testing::merchant())?;
//! let merchant = simulator.merchant();
//! # let shop = std::net::TcpListener::bind("127.0.0.1:0")?;
//! # let url = |path: &str| paygate::CallbackUrl::new(format!("http://{}/{path}", shop.local_addr().unwrap()));
//! # let mut request = testing::request("order-1", 1999);
//! # (request.url_success, request.url_failure, request.url_notify) = (url("success")?, url("failure")?, url("notify")?);
//! # std::thread::spawn(move || {
//! #     use std::io::{Read, Write};
//! #     for mut stream in shop.incoming().flatten() {
//! #         let _ = stream.read(&mut [0; 16384]);
//! #         let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
//! #     }
//! # });
//! // The shop seals a request, whose URLs are its own, and sends its customer to `sealed.redirect`.
//! let sealed = merchant.seal(&request)?;
//!
//! let bank = simulator.visit_bank(&sealed.redirect).await?;
//! let back = bank.approve().await?; // pays, and comes back to URLSuccess
//! assert_eq!(back.status(), 200);
//!
//! simulator.idle().await; // the notify was posted, and answered
//! let payment = &simulator.transactions()[0];
//! assert_eq!(payment.state, State::Paid);
//! assert!(payment.acknowledged);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! Everything that waits can wait on any runtime; the simulator has a thread of its own.
//!
//! # Time
//!
//! A notify that is not answered with 200 to 299 is repeated 8 times, after 1, 8, 27 … 512 minutes. No test should wait for
//! that: [`Builder::clock_by_hand`] stops the simulator's clock, and [`Simulator::advance`] moves it, from one thing that is
//! due to the next, and returns when all of it was done.
//!
//! # Faults
//!
//! [`Simulator::set_faults`] and [`Builder::fault`] let payments go wrong in one way or in several; [`Fault`] explains each. A
//! shop that uses this workspace's library well comes through all of them. Where the customer approves (under
//! `copied-failure`, is declined), the shop gets:
//!
//! | fault | the browser comes to | notifies |
//! |---|---|---|
//! | `notify-first` | URLSuccess, afterwards | OK |
//! | `redirect-only` | URLSuccess | none |
//! | `notify-only` | nothing | OK |
//! | `doubled` | URLSuccess | OK, twice |
//! | `reordered` | URLSuccess: open | OK, then AUTHORIZE_REQUEST |
//! | `late-final` | URLSuccess: open | OK, after two hours |
//! | `failed-then-ok` | URLFailure | FAILED, a minute later OK |
//! | `tampered` | URLSuccess, unreadable | unreadable, a minute later OK |
//! | `copied-failure` | URLSuccess, with FAILED | FAILED |
//! | `other-attempt` | URLSuccess, of another attempt | of another attempt |
//! | `missing-mac`, `forged-mac`, `wrong-key` | URLSuccess, not to be believed | not to be believed, 9 times |
//! | `latin1`, `utf8-len-in-chars` | URLSuccess, with umlauts | OK, with umlauts |
//! | `long-description`, `changed-xid` | URLSuccess | OK |
//! | `slow` | URLSuccess | OK, drop by drop |
//! | `broken` | URLSuccess | half of one, a minute later OK |
//!
//! # Batch files
//!
//! [`Simulator::batch_file`] takes a file of refunds, as a shop writes it with the crate `paygate-batch`, and writes the answer
//! beside it; [`Simulator::batch`] does it with any reader and writer. Each refund is carried out as `credit.aspx` would:
//!
//! ```
//! use gateway_simulator::paygate::{BatchRules, Simulator};
//! use paygate::testing;
//! use paygate::{Currency, Money, TransId};
//! use paygate_batch::{BatchDate, Guard, Minor, Outbox, Reader, Record, Rules, Transport, V2x, Writer, reconcile};
//! use std::fs::File;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # actix_web::rt::System::new().block_on(async {
//! let simulator = Simulator::start(testing::merchant())?;
//! # let merchant = simulator.merchant();
//! # let shop = std::net::TcpListener::bind("127.0.0.1:0")?;
//! # let url = |path: &str| paygate::CallbackUrl::new(format!("http://{}/{path}", shop.local_addr().unwrap()));
//! # let mut request = testing::request("order-1", 1999);
//! # (request.url_success, request.url_failure, request.url_notify) = (url("success")?, url("failure")?, url("notify")?);
//! # std::thread::spawn(move || {
//! #     use std::io::{Read, Write};
//! #     for mut stream in shop.incoming().flatten() {
//! #         let _ = stream.read(&mut [0; 16384]);
//! #         let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
//! #     }
//! # });
//! # simulator.visit_bank(&merchant.seal(&request)?.redirect).await?.approve().await?;
//! # simulator.idle().await;
//! # let folder = tempfile::tempdir()?;
//! # let directory = folder.path();
//! // A payment of 19.99 EUR was paid, as above. The shop gives 9.99 EUR of it back.
//! let pay_id = simulator.transactions()[0].pay_id;
//! let (mid, date) = (*simulator.merchant().id(), BatchDate::new(2026, 11, 22)?);
//! let pending = Outbox::new(directory).begin(mid, date, Transport::Sftp)?;
//! let mut writer = Writer::new(pending, mid, date, V2x(Minor::new(1)?), Rules::default(), Guard::new())?;
//! writer.write(&Record::new(Money::new(999, Currency::EUR)?, TransId::new("refund-1")?, pay_id).with_ref_nr(None))?;
//! let sent = writer.finish()?.publish()?;
//!
//! let answered = simulator.batch_file(&sent, &BatchRules::new())?;
//!
//! let told = reconcile(Reader::new(File::open(sent)?)?, Reader::new(File::open(answered)?)?, |_finding| {})?;
//! assert!(told.all_paid_back());
//! assert_eq!(simulator.transactions()[0].credited(), 999);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! A file with anything wrong in it is refused, and nothing of it carried out. One that is taken twice is carried out twice: its
//! lines have no ReqId, and what a shop must guard against, the simulator does not hide.
//!
//! [`BatchRules`] let refunds go wrong, or spoil the answer; [`BatchRule`] has the list. For files without payments there are
//! [`UnknownPayIds::PayBack`], and [`WithoutPayments`], which needs no simulator. `gateway-simulator batch FILE` answers a file from
//! the command line, and `POST /api/batch?rule=…&unknown-pay-ids=…`, with the file as the body, over HTTP, up to 16 MiB.
//!
//! # How far it is the real one
//!
//! What the vendor's pages and the plugins of others establish, it does: names in any case and order, upper-case hex, blanks
//! as padding, `mid` for MerchantID, an unknown parameter, echoes of Custom and Plain beside Data, ReqIds that are known again
//! once the first action is finished, credits limited to what was captured and refused before a notify was answered, a page in
//! HTML with "Unexpected exception" for wrong keys. Where nothing is established, it chooses, and the real one may differ:
//!
//! - which code a refusal has: state 2, the module that says what is wrong, and the detail that names the parameter;
//! - that a refused request is also told to URLNotify;
//! - `20400065` for a credit before the first notify was answered, `20600069` where nothing was captured, `21550957` for more
//!   than is left and `21550958` where nothing is left;
//! - which of the customer's data a result holds, and that an account that sends UTF-8 is answered in UTF-8;
//! - that a request whose `Len` does not fit is answered with the page in HTML, and that a credit that was refused because its
//!   payment is locked may be sent again under its ReqId. ReqIds do not expire, and `inquire.aspx` takes any TransID;
//! - that a refund in a batch file gets the code that it would get online, that a file with an error is refused as a whole, and
//!   without an answer file, that a slave MID which is no merchant fails with `20160003`, that nobody looks whether a TransID stands
//!   twice, and that FOOT of the answer counts and sums all its lines, whatever became of them.
//!
//! It reads requests by the tables of `paygate-params`, by which shops that use this workspace write them. What is stricter
//! there than on the vendor's page (an e-mail address has a dotted host, names have no `=`, `Custom` no name of the protocol) is
//! strict here too; a mistake in a table would not show.
//!
//! Notifies go by plain HTTP only: the shop under test listens on this machine. There are no capture and reversal, batch
//! files are answered at once and never wait, and URLTemplate is not fetched.

mod answer;
mod batch;
mod builder;
mod clock;
mod desk;
mod fault;
mod http;
mod incoming;
mod inspect;
mod journal;
mod ledger;
mod schedule;
mod script;
mod simulator;
mod visit;
mod worker;

pub use batch::{
    AmountEnding, BadBatchRule, BatchAnswer, BatchCondition, BatchEffect, BatchError, BatchRule, BatchRules,
    UnknownPayIds, WithoutPayments,
};
pub use builder::Builder;
pub use fault::{Fault, Faults, UnknownFault};
pub use ledger::delivery::{Answer, Attempt, Delivery, Way};
pub use ledger::refused::RefusedRequest;
pub use ledger::state::{Said, Settlement, State};
pub use ledger::transaction::{Credit, Transaction};
pub use script::Choice;
pub use simulator::{DriveError, Simulator};
pub use visit::{AtBank, Returned, Visit, VisitError};
