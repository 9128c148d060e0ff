//! Batch files: carried out as calls would be, answered so that a shop can reconcile them, and spoilt by rule.

use crate::shop::Shop;
use gateway_simulator::paygate::{BatchError, BatchRules, Simulator, UnknownPayIds, WithoutPayments};
use paygate::{Code, Currency, Merchant, MerchantId, Money, PayId, TransId, testing};
use paygate_batch::{
    BatchDate, FileName, Finding, Guard, Layout, NameError, Reader, Reconciled, Record, Rule, Rules, Version,
    Writer, reconcile,
};
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

const NOBODY: &str = "00000000000000000000000000000000";

/// A line of a file, not yet typed.
#[derive(Clone, Copy)]
struct Line<'a>(&'a str, u64, PayId);

fn record(Line(trans_id, units, pay_id): Line<'_>) -> Record {
    let money = Money::new(units, Currency::EUR).unwrap();
    Record { money, trans_id: TransId::new(trans_id).unwrap(), ref_nr: None, pay_id, slave: None }
}

fn written(mid: &str, layout: Layout, records: &[Record]) -> Vec<u8> {
    let date = BatchDate::new(2026, 11, 22).unwrap();
    let mid = MerchantId::new(mid).unwrap();
    let rules = Rules::default().with_mixed_currencies(true).with_least_amount(1);
    let mut writer = Writer::new(Vec::new(), mid, date, layout, rules, Guard::new()).unwrap();
    for record in records {
        writer.write(record).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file of version 2.1.
fn file(lines: &[Line<'_>]) -> Vec<u8> {
    let records: Vec<_> = lines.iter().copied().map(record).collect();
    written("test_merchant", Layout::new("2.1".parse().unwrap()), &records)
}

fn rules(texts: &[&str]) -> BatchRules {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// What became of each line: its TransID, Status and Code, or in words what is odd.
fn told(sent: &[u8], answered: &[u8]) -> (Vec<String>, Reconciled) {
    let mut found = Vec::new();
    let reconciled = reconcile(Reader::new(sent).unwrap(), Reader::new(answered).unwrap(), |finding| {
        found.push(match finding {
            Finding::Answered { sent, answer, .. } => {
                let code = answer.code.map(|code| code.as_str().to_owned()).unwrap_or_default();
                [sent.record.trans_id.as_str(), answer.status.as_str(), &code].join(" ")
            }
            Finding::Changed { sent, fields, .. } => {
                format!("{} changed {fields:?}", sent.record.trans_id.as_str())
            }
            Finding::Missing { sent } => [sent.record.trans_id.as_str(), " missing"].concat(),
            Finding::Unexpected { answered } => [answered.record.trans_id.as_str(), " unexpected"].concat(),
            Finding::Unreadable { error, .. } => error.rule.to_string(),
            other => format!("{other:?}"),
        });
    });
    (found, reconciled.unwrap())
}

fn answer(simulator: &Simulator, sent: &[u8], rules: &BatchRules) -> Vec<u8> {
    let mut answered = Vec::new();
    simulator.batch(Cursor::new(sent), &mut answered, rules).unwrap();
    answered
}

/// Without payments, all paid back but for the rules.
fn offline(sent: &[u8], texts: &[&str]) -> (Vec<String>, Reconciled) {
    let rules = rules(texts).unknown_pay_ids(UnknownPayIds::PayBack);
    let mut answered = Vec::new();
    WithoutPayments::of_anybody().batch(Cursor::new(sent), &mut answered, &rules).unwrap();
    told(sent, &answered)
}

fn nobody() -> PayId {
    PayId::new(NOBODY).unwrap()
}

fn three() -> Vec<u8> {
    file(&[Line("r-1", 100, nobody()), Line("r-2", 213, nobody()), Line("r-3", 300, nobody())])
}

/// A simulator with two accounts, and a shop that answers.
struct World {
    simulator: Simulator,
    shop: Shop,
}

impl World {
    fn open() -> Self {
        let slave =
            Merchant::new(MerchantId::from_static("slave"), testing::keys(&testing::merchant()).clone());
        let builder = Simulator::builder(testing::merchant()).merchant(slave).clock_by_hand();
        Self { simulator: builder.start().unwrap(), shop: Shop::open() }
    }

    /// A payment of 19.99 EUR of one of the accounts, whose notify the shop answered with this status.
    async fn paid(&self, account: usize, trans_id: &str, notify: u16) -> PayId {
        self.shop.answers([notify]);
        let merchant = &self.simulator.merchants()[account];
        let sealed = self.shop.sealed(merchant, trans_id, 1999);
        self.simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
        self.simulator.idle().await;
        self.simulator.transaction(&TransId::new(trans_id).unwrap()).unwrap().pay_id
    }

    fn credited(&self, pay_id: &PayId) -> u64 {
        self.simulator.payment(pay_id).unwrap().credited()
    }

    fn refuse(&self, sent: &[u8]) -> BatchError {
        self.simulator.batch(Cursor::new(sent), Vec::new(), &BatchRules::new()).unwrap_err()
    }
}

#[tokio::test]
async fn each_refund_is_answered_as_a_call_would_be() {
    let world = World::open();
    let paid = world.paid(0, "order-1", 200).await;
    let locked = world.paid(0, "order-2", 500).await;
    let foreign = world.paid(1, "order-3", 200).await;
    let sealed = world.shop.sealed(&world.simulator.merchant(), "order-4", 1999);
    world.simulator.visit_bank(&sealed.redirect).await.unwrap().processing().await.unwrap();
    let open = world.simulator.transaction(&TransId::new("order-4").unwrap()).unwrap().pay_id;
    let mut records: Vec<_> = [
        Line("some", 1500, paid),
        Line("more", 500, paid),
        Line("rest", 499, paid),
        Line("over", 1, paid),
        Line("locked", 100, locked),
        Line("open", 100, open),
        Line("foreign", 100, foreign),
        Line("nobody", 100, nobody()),
        Line("pounds", 100, paid),
    ]
    .into_iter()
    .map(record)
    .collect();
    records[8].money = Money::new(100, Currency::GBP).unwrap();
    let sent = written("Test_Merchant", Layout::new("2.1".parse().unwrap()), &records);
    let (found, reconciled) = told(&sent, &answer(&world.simulator, &sent, &BatchRules::new()));
    assert_eq!(
        found,
        [
            "some OK 00000000",
            "more FAILED 21550957",
            "rest OK 00000000",
            "over FAILED 21550958",
            "locked FAILED 20400065",
            "open FAILED 20600069",
            "foreign FAILED 20160001",
            "nobody FAILED 20160001",
            "pounds FAILED 20120006",
        ]
    );
    assert!(reconciled.same_head && reconciled.sent == reconciled.answered && reconciled.sent.is_some());
    assert_eq!((reconciled.tally.paid_back.records, reconciled.tally.failed.records), (2, 7));
    assert_eq!(world.credited(&paid), 1999);
    let credits = world.simulator.payment(&paid).unwrap().credits;
    let noted: Vec<_> = credits.iter().map(|credit| (credit.trans_id.as_str(), credit.units)).collect();
    assert_eq!(noted, [("some", 1500), ("more", 500), ("rest", 499), ("over", 1)]);
    assert_eq!((credits[0].code, credits[1].code.as_str()), (Code::SUCCESS, "21550957"));
    assert_ne!(credits[0].xid, credits[1].xid);

    world.simulator.advance(Duration::from_secs(60)).await;
    let sent = file(&[Line("unlocked", 100, locked)]);
    assert!(told(&sent, &answer(&world.simulator, &sent, &BatchRules::new())).1.all_paid_back());
}

#[tokio::test]
async fn a_file_that_is_taken_twice_is_carried_out_twice() {
    let world = World::open();
    let paid = world.paid(0, "order-1", 200).await;
    let sent = file(&[Line("r-1", 900, paid)]);
    for credited in [900, 1800] {
        assert!(told(&sent, &answer(&world.simulator, &sent, &BatchRules::new())).1.all_paid_back());
        assert_eq!(world.credited(&paid), credited);
    }
    let (found, _) = told(&sent, &answer(&world.simulator, &sent, &BatchRules::new()));
    assert_eq!(found, ["r-1 FAILED 21550957"]);
}

#[tokio::test]
async fn every_version_is_answered_in_its_own_form() {
    let world = World::open();
    let paid = world.paid(0, "order-1", 200).await;
    for (version, line) in [
        ("1.0", format!("Trustly,Credit,1,EUR,r-1,{},OK\r\n", paid.as_str())),
        ("1.x", format!("Trustly,Credit,1,EUR,r-1,,{},OK,00000000\r\n", paid.as_str())),
        ("2.0", format!("Trustly,Credit,1,EUR,r-1,,{},OK\r\n", paid.as_str())),
        ("2.7", format!("Trustly,Credit,1,EUR,r-1,,{},OK,00000000\r\n", paid.as_str())),
    ] {
        let layout = Layout::new(version.parse::<Version>().unwrap());
        let sent = written("test_merchant", layout, &[record(Line("r-1", 1, paid))]);
        let answered = String::from_utf8(answer(&world.simulator, &sent, &BatchRules::new())).unwrap();
        assert_eq!(answered, format!("HEAD,test_merchant,20261122,{version}\r\n{line}FOOT,1,1\r\n"));
    }
}

#[tokio::test]
async fn a_masters_file_gives_back_what_its_slaves_were_paid() {
    let world = World::open();
    let paid = world.paid(1, "order-1", 200).await;
    let of = |trans_id: &str, slave: &str| Record {
        slave: Some(MerchantId::new(slave).unwrap()),
        ..record(Line(trans_id, 100, paid))
    };
    let layout = Layout::master("2.1".parse().unwrap()).unwrap();
    let records = [of("r-1", "SLAVE"), of("r-2", "test_merchant"), of("r-3", "stranger")];
    let sent = written("test_merchant", layout, &records);
    let (found, _) = told(&sent, &answer(&world.simulator, &sent, &rules(&["slave=nobody:drop"])));
    assert_eq!(found, ["r-1 OK 00000000", "r-2 FAILED 20160001", "r-3 FAILED 20160003"]);
    let (found, _) = told(&sent, &answer(&world.simulator, &sent, &rules(&["slave=Slave:21550100"])));
    assert_eq!(found[0], "r-1 FAILED 21550100");
    assert_eq!(world.credited(&paid), 100);
}

#[tokio::test]
async fn of_a_file_that_is_refused_nothing_is_carried_out() {
    let world = World::open();
    let paid = world.paid(0, "order-1", 200).await;
    let whole = String::from_utf8(file(&[Line("r-1", 100, paid), Line("r-2", 100, paid)])).unwrap();
    let rules_of = |text: &str| match world.refuse(text.as_bytes()) {
        BatchError::Lines { first, count } => {
            assert_eq!(first.len() as u64, count);
            first.into_iter().map(|error| error.rule).collect::<Vec<_>>()
        }
        other => panic!("{other}"),
    };
    let cut = whole.split("FOOT").next().unwrap();
    assert_eq!(rules_of(cut), [Rule::FootMissing]);
    assert_eq!(rules_of(&whole.replace("FOOT,2", "FOOT,3")), [Rule::Count { stated: 3, counted: 2 }]);
    assert_eq!(rules_of(&whole.replace(",200\r\n", ",201\r\n")), [Rule::Sum]);
    assert_eq!(rules_of(&[&whole, "more\r\n"].concat()), [Rule::AfterFoot]);
    assert_eq!(rules_of(&whole.replace("r-2", "")).len(), 1);
    assert_eq!(rules_of(""), [Rule::Head]);
    assert_eq!(rules_of(&whole.replace("2.1", "9.1")).len(), 1);
    let answered = answer(&world.simulator, whole.as_bytes(), &rules(&["every=1:21550957"]));
    assert!(matches!(world.refuse(&answered), BatchError::Answered));
    let stranger = whole.replace("test_merchant", "stranger");
    assert!(matches!(world.refuse(stranger.as_bytes()), BatchError::UnknownMerchant));
    let many = whole.replace("FOOT", &["nonsense\r\n".repeat(30).as_str(), "FOOT"].concat());
    let BatchError::Lines { first, count } = world.refuse(many.as_bytes()) else { panic!() };
    assert_eq!((first.len(), count), (BatchError::TOLD, 31));
    assert!(world.simulator.payment(&paid).unwrap().credits.is_empty());
}

#[tokio::test]
async fn unknown_pay_ids_are_paid_back_where_it_is_asked_for_and_known_ones_looked_at() {
    let world = World::open();
    let (paid, foreign) = (world.paid(0, "order-1", 200).await, world.paid(1, "order-2", 200).await);
    let lines = [Line("r-1", 2000, paid), Line("r-2", 999_999_999_999, nobody()), Line("r-3", 100, foreign)];
    let text = String::from_utf8(file(&lines[..1])).unwrap();
    let more = lines[1..].iter().map(|Line(trans_id, units, pay_id)| {
        format!("Trustly,Credit,{units},EUR,{trans_id},,{}\r\n", pay_id.as_str())
    });
    let zero = format!("Trustly,Credit,0,EUR,r-4,,{NOBODY}\r\n");
    let foot = [more.collect::<String>(), zero, "FOOT,4,1000000002099".to_owned()].concat();
    let sent = text.replace("FOOT,1,2000", &foot).into_bytes();
    let rules = BatchRules::new().unknown_pay_ids(UnknownPayIds::PayBack);
    let (found, _) = told(&sent, &answer(&world.simulator, &sent, &rules));
    assert_eq!(
        found,
        ["r-1 FAILED 21550957", "r-2 OK 00000000", "r-3 FAILED 20160001", "r-4 FAILED 20120005"]
    );
    assert_eq!(world.simulator.transactions().len(), 2);
}

#[test]
fn rules_decide_by_number_trans_id_and_amount_and_the_first_one_wins() {
    let failed = |texts: &[&str]| offline(&three(), texts).0;
    assert_eq!(failed(&["every=2:21550957"]), ["r-1 OK 00000000", "r-2 FAILED 21550957", "r-3 OK 00000000"]);
    assert_eq!(failed(&["trans-id=r-3:21550958"])[1..], ["r-2 OK 00000000", "r-3 FAILED 21550958"]);
    assert_eq!(failed(&["trans-id-begins=r-:21550100"])[2], "r-3 FAILED 21550100");
    assert_eq!(failed(&["amount-ends=13:21550100"])[1], "r-2 FAILED 21550100");
    assert_eq!(failed(&["amount-ends=00:21550100"])[1], "r-2 OK 00000000");
    assert_eq!(
        failed(&["amount-at-least=213:21550100"]),
        ["r-1 OK 00000000", "r-2 FAILED 21550100", "r-3 FAILED 21550100"]
    );
    assert_eq!(
        failed(&["trans-id=r-2:drop", "every=1:21550957", "trans-id=r-1:drop"]),
        ["r-1 FAILED 21550957", "r-3 FAILED 21550957", "r-2 missing"]
    );
    assert_eq!(failed(&["slave=test_merchant:21550957"]), failed(&[]));
}

#[test]
fn another_status_is_unclear() {
    let (found, told) = offline(&three(), &["trans-id=r-2:PENDING/60000000"]);
    assert_eq!(found[1], "r-2 PENDING 60000000");
    assert_eq!((told.tally.unclear.records, told.tally.paid_back.records), (1, 2));
}

#[test]
fn an_answer_is_spoilt_so_that_reconciling_tells_it() {
    let (found, told) = offline(&three(), &["trans-id=r-2:drop"]);
    assert_eq!(found, ["r-1 OK 00000000", "r-3 OK 00000000", "r-2 missing"]);
    assert!(told.answered.is_some() && told.answered != told.sent && !told.all_paid_back());

    let (found, told) = offline(&three(), &["trans-id=r-2:double"]);
    assert_eq!(found, ["r-1 OK 00000000", "r-2 OK 00000000", "r-3 OK 00000000", "r-2 unexpected"]);
    assert!(told.answered.is_some() && !told.all_paid_back());

    let (found, told) = offline(&three(), &["trans-id=r-2:change-amount"]);
    assert_eq!(found, ["r-1 OK 00000000", "r-2 changed [Amount]", "r-3 OK 00000000"]);
    assert!(told.answered.is_some() && !told.all_paid_back());

    let (found, told) = offline(&three(), &["cut-off"]);
    assert_eq!(found[3..], ["the file ends without FOOT"]);
    assert!(told.tally.paid_back.records == 3 && told.answered.is_none() && !told.all_paid_back());
}

#[tokio::test]
async fn a_spoilt_answer_is_about_what_was_carried_out_and_a_failure_about_what_was_not() {
    let world = World::open();
    let paid = world.paid(0, "order-1", 200).await;
    let sent = file(&[Line("r-1", 100, paid), Line("r-2", 20, paid), Line("r-3", 3, paid)]);
    answer(
        &world.simulator,
        &sent,
        &rules(&["trans-id=r-1:OK/00000000", "trans-id=r-2:drop", "every=1:double"]),
    );
    assert_eq!(world.credited(&paid), 23);
}

#[tokio::test]
async fn the_answer_lies_beside_the_file_under_the_name_of_phase_p() {
    let world = World::open();
    let folder = tempfile::tempdir().unwrap();
    let paid = world.paid(0, "order-1", 200).await;
    for (name, answer) in [
        ("T20261122test_merchant001.dat", "P20261122test_merchant001.dat"),
        ("T20261122001TEST_merchant.dat", "P20261122001TEST_merchant.dat"),
    ] {
        let sent = folder.path().join(name);
        fs::write(&sent, file(&[Line("r-1", 100, paid)])).unwrap();
        let answered = world.simulator.batch_file(&sent, &BatchRules::new()).unwrap();
        assert_eq!(answered, folder.path().join(answer));
        let (sent, answered) = (fs::read(sent).unwrap(), fs::read(answered).unwrap());
        assert!(told(&sent, &answered).1.all_paid_back());
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[tokio::test]
async fn an_answer_is_never_written_over_and_then_nothing_is_carried_out() {
    let world = World::open();
    let folder = tempfile::tempdir().unwrap();
    let paid = world.paid(0, "order-1", 200).await;
    let sent = folder.path().join("T20261122test_merchant001.dat");
    let there = folder.path().join("P20261122test_merchant001.dat");
    fs::write(&sent, file(&[Line("r-1", 100, paid)])).unwrap();
    fs::write(&there, "mine").unwrap();
    let refused = world.simulator.batch_file(&sent, &BatchRules::new()).unwrap_err();
    assert!(matches!(refused, BatchError::Taken(path) if path == there));
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    assert_eq!((world.credited(&paid), fs::read_dir(folder.path()).unwrap().count()), (0, 2));
}

#[test]
fn a_name_that_does_not_fit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let take = |name: &str, to: Option<&Path>| {
        let sent = folder.path().join(name);
        fs::write(&sent, three()).unwrap();
        let rules = BatchRules::new().unknown_pay_ids(UnknownPayIds::PayBack);
        WithoutPayments::of(testing::MERCHANT_ID).batch_file(&sent, to, &rules)
    };
    assert!(matches!(take("refunds.csv", None), Err(BatchError::Name(NameError::Extension))));
    assert!(matches!(take("T20261122other001.dat", None), Err(BatchError::NameOfAnother)));
    let waiting = take("W20261122test_merchant001.dat", None);
    let name = |name: FileName| name.to_string() == "W20261122test_merchant001.dat";
    assert!(matches!(waiting, Err(BatchError::NotTransferred(found)) if name(found)));
    // What is told where to go may be called anything.
    let to = folder.path().join("answer");
    assert_eq!(take("refunds.csv", Some(&to)).unwrap(), to);
    assert!(matches!(take("refunds.csv", Some(&to)), Err(BatchError::Taken(_))));
    let nowhere = folder.path().join("nowhere/answer");
    assert!(matches!(take("refunds.csv", Some(&nowhere)), Err(BatchError::Write(_))));
    let missing = WithoutPayments::of_anybody().batch_file(&nowhere, None, &BatchRules::new());
    assert!(matches!(missing, Err(BatchError::Read(_))));
}

#[test]
fn without_payments_all_fail_unless_asked_and_another_merchants_file_is_refused() {
    let mut answered = Vec::new();
    let sent = three();
    let here = WithoutPayments::of(MerchantId::from_static("TEST_MERCHANT"));
    let total = here.batch(Cursor::new(&sent), &mut answered, &BatchRules::new()).unwrap();
    assert_eq!((total.records, total.sum), (3, 613));
    assert_eq!(told(&sent, &answered).1.tally.failed.records, 3);
    let other = WithoutPayments::of(MerchantId::from_static("other"));
    let refused = other.batch(Cursor::new(&sent), Vec::new(), &BatchRules::new());
    assert!(matches!(refused, Err(BatchError::UnknownMerchant)));
}

#[test]
fn a_file_larger_than_all_buffers_is_answered_line_by_line() {
    let names: Vec<_> = (0..20_000).map(|number| format!("refund-{number}")).collect();
    let lines: Vec<_> = names.iter().map(|name| Line(name, 100, nobody())).collect();
    let sent = file(&lines);
    let (_, told) = offline(&sent, &["every=1000:21550957"]);
    assert_eq!((told.tally.paid_back.records, told.tally.failed.records), (19_980, 20));
    let (_, spoilt) = offline(&sent, &["every=7:drop", "every=11:double", "every=13:change-amount"]);
    assert_eq!(spoilt.tally.missing.records, 20_000 / 7);
    assert_eq!(spoilt.tally.unexpected.records, 20_000 / 11 - 20_000 / 77);
}
