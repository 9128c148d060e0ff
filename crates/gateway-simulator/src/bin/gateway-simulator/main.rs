//! The program `gateway-simulator`: a Paygate to test a shop against, on this machine alone.

mod account;
mod args;
mod banner;
mod batch;

use account::Account;
use args::{Args, Command};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

/// It could not start, as where the port is taken; or a batch file was not answered.
const NOT_STARTED: u8 = 1;
/// It was called or configured wrongly.
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version come this way too. Who cannot be told learns it from the exit code.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(MISUSED).into();
        }
    };
    if let Some(Command::Batch(batch)) = args.command {
        return batch.run();
    }
    let account = match Account::from_env() {
        Ok(account) => account,
        Err(errors) => {
            say("some PAYGATE_ variables are set, and these are missing or wrong; set all or none:");
            for error in errors {
                say(&format!("  {error}"));
            }
            return MISUSED.into();
        }
    };
    let simulator = match args.builder(account.merchant().clone()).start() {
        Ok(simulator) => simulator,
        Err(error) => {
            say(&format!("cannot listen on port {} of 127.0.0.1: {error}", args.port));
            return NOT_STARTED.into();
        }
    };
    let url = [simulator.url().trim_end_matches('/'), "/"].concat();
    if !args.quiet {
        for line in banner::lines(&url, &account, &args) {
            say(&line);
        }
        simulator.report(say);
    }
    announce(&url, args.json);
    wait_for_the_end();
    ExitCode::SUCCESS
}

/// One line on standard error, which may be closed.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// The one line on standard output: from then on it answers.
fn announce(url: &str, json: bool) {
    let line = if json {
        serde_json::json!({ "listening": url }).to_string()
    } else {
        format!("listening on {url}")
    };
    let mut out = io::stdout().lock();
    // Whoever does not read it found the port otherwise.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Waits for Ctrl-C, or for what an operating system or a container ends a program with.
fn wait_for_the_end() {
    actix_web::rt::System::new().block_on(async {
        let interrupted = actix_web::rt::signal::ctrl_c();
        #[cfg(unix)]
        {
            use actix_web::rt::signal::unix::{SignalKind, signal};
            if let Ok(mut terminated) = signal(SignalKind::terminate()) {
                let interrupted = std::pin::pin!(interrupted);
                let terminated = std::pin::pin!(terminated.recv());
                futures_util::future::select(interrupted, terminated).await;
                return;
            }
        }
        let _ = interrupted.await;
    });
}
