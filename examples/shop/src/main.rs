//! The program `shop`: reads the environment, starts the shop, and waits for the end.

use clap::Parser;
use shop::store::OpenError;
use shop::{Config, Shop, StartError};
use std::io::{self, Write};
use std::process::ExitCode;

const ENVIRONMENT: &str = "\
Where no variable PAYGATE_… is there, the shop is a demo: a simulated Paygate in the same process, with throw-away keys. Where an \
account is named (as for the command `paygate`), it asks that account; where it is named in part, it does not start.

  SHOP_PUBLIC_URL       where customers and Paygate reach the shop: https://…; must be set with an account, and not without
  SHOP_DATA             the folder of the database, a file of SQLite's; by default shop-data
  DATABASE_URL          in its place, a PostgreSQL database, which several shops may share: postgres://USER:PASSWORD@HOST/NAME, with \
TLS where the server has it; add ?sslmode=verify-full for TLS always, and to no other server
  SHOP_KEEPER_PASSWORD  opens /keeper; by default one is made up and printed

Exit code: 0 ended by Ctrl-C, 1 not started, 2 called or configured wrongly.";

/// An example shop, on this machine alone; before a real one stands a proxy with TLS.
#[derive(Debug, Parser)]
#[command(name = "shop", version, after_help = ENVIRONMENT)]
struct Args {
    /// Listen on this port of 127.0.0.1; 0 is any that is free
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
}

/// It could not start, as where the port is taken.
const NOT_STARTED: u8 = 1;
/// It was called or configured wrongly.
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    let args = Args::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    let config = match Config::from_env() {
        Ok(config) => config.port(args.port),
        Err(error) => {
            say(&error.to_string());
            return MISUSED.into();
        }
    };
    match Shop::start(config) {
        Ok(shop) => {
            announce(&shop);
            wait_for_the_end();
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&error.to_string());
            let misused = matches!(
                error,
                StartError::Database(OpenError::RealOrders | OpenError::DemoOrders | OpenError::Url(_))
                    | StartError::Url(_)
            );
            if misused { MISUSED } else { NOT_STARTED }.into()
        }
    }
}

/// One line on standard error, which may be closed.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn announce(shop: &Shop) {
    if let Some(simulator) = shop.simulator() {
        say("A demo: no money moves, and keys and simulator end with this process.");
        say(&format!("The simulated Paygate: {}/console", simulator.url()));
    }
    if let Some(password) = shop.made_up_password() {
        say(&format!("The shopkeeper's password for {}/keeper, told only here: {password}", shop.url()));
    }
    let mut out = io::stdout().lock();
    // Whoever does not read it found the port otherwise.
    let _ = writeln!(out, "listening on {}", shop.url()).and_then(|()| out.flush());
}

fn wait_for_the_end() {
    actix_web::rt::System::new().block_on(async {
        let interrupted = actix_web::rt::signal::ctrl_c();
        #[cfg(unix)]
        {
            use actix_web::rt::signal::unix::{SignalKind, signal};
            if let Ok(mut terminated) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
                return;
            }
        }
        let _ = interrupted.await;
    });
}
