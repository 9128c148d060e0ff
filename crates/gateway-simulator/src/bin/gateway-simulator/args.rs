//! What may stand on the command line.

use crate::batch::Batch;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use gateway_simulator::paygate::{Builder, Fault, Simulator};
use paygate::Merchant;
use std::time::Duration;

const ENVIRONMENT: &str = "\
The account and its keys come from PAYGATE_MERCHANT_ID, PAYGATE_ENCRYPTION_KEY, PAYGATE_MAC_KEY and the other variables \
that the command `paygate` reads. Use test keys, never live ones. Where no variable PAYGATE_… is set at all, a throw-away \
account is made up, and its variables are printed for the shop.

Standard output gets one line, once it listens; banner and log go to standard error.

Exit code: 0 ended by Ctrl-C, 1 not started (the port is taken), 2 called or configured wrongly. The command `batch` has its \
own, which its help tells.

Example:
  gateway-simulator --port 8480 --fault doubled --time-scale 60";

/// What it does in place of listening.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Batch(Batch),
}

/// A Paygate to test a shop against, on this machine alone.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Parser)]
#[command(name = "gateway-simulator", version, after_help = ENVIRONMENT, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Listen on this port of 127.0.0.1; 0 is any that is free
    #[arg(long, value_name = "N", default_value_t = 8480)]
    pub(crate) port: u16,

    /// Let every payment go wrong in this way; may be given more than once
    #[arg(long = "fault", value_name = "NAME", value_parser = faults())]
    pub(crate) faults: Vec<Fault>,

    /// Send AUTHORIZE_REQUEST as a notify too
    #[arg(long)]
    pending_notify: bool,

    /// Let N seconds pass in one; 0 is a clock that only console and API move
    #[arg(long, value_name = "N", default_value_t = 1)]
    time_scale: u32,

    /// Settle a payment that is being processed after so long, by the simulator's clock
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    settle_after: u64,

    /// Leave a payment that is being processed open until it is settled in the console or by the API
    #[arg(long, conflicts_with = "settle_after")]
    settle_by_hand: bool,

    /// Refuse a TransID that came before, which Paygate does not by default
    #[arg(long)]
    refuse_repeated_trans_ids: bool,

    /// Take `Test:0000` in OrderDesc for a description like any other
    #[arg(long)]
    no_simulation: bool,

    /// Draw the order and the case of a result's parameters from this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Print {"listening":"http://…"} instead of the line for people
    #[arg(long)]
    pub(crate) json: bool,

    /// Print neither banner nor log
    #[arg(long)]
    pub(crate) quiet: bool,
}

/// Each fault with what it does.
fn faults() -> impl TypedValueParser<Value = Fault> {
    let values = Fault::ALL.iter().map(|fault| PossibleValue::new(fault.name()).help(fault.explanation()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Fault>())
}

impl Args {
    /// A simulator that behaves so.
    pub(crate) fn builder(&self, merchant: Merchant) -> Builder {
        let turned = |builder: Builder, on: bool, turn: fn(Builder) -> Builder| {
            if on { turn(builder) } else { builder }
        };
        let settle_after = Duration::from_secs(self.settle_after);
        let builder = Simulator::builder(merchant)
            .port(self.port)
            .time_scale(self.time_scale)
            .settle_after(settle_after)
            .seed(self.seed);
        let builder = turned(builder, self.settle_by_hand, Builder::settle_by_hand);
        let builder = turned(builder, self.pending_notify, Builder::pending_notify);
        let builder = turned(builder, self.refuse_repeated_trans_ids, Builder::refuse_repeated_trans_ids);
        let builder = turned(builder, self.no_simulation, Builder::no_simulation);
        self.faults.iter().copied().fold(builder, Builder::fault)
    }
}
