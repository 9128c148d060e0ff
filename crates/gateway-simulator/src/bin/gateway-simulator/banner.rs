//! What is said at the start: that nothing here is real, where the console is, and what a shop needs.

use crate::account::Account;
use crate::args::Args;
use paygate::testing::{ENCRYPTION_KEY, MAC_KEY};

/// The lines. Keys stand in them only where they protect nothing.
pub(crate) fn lines(url: &str, account: &Account, args: &Args) -> Vec<String> {
    let mid = account.merchant().id().as_str();
    let mut lines = vec![
        format!("A simulated Paygate for the account {mid}, on this machine alone. No money moves."),
        format!("Console: {url}console"),
        String::new(),
    ];
    match account {
        Account::ThrowAway(_) => lines.extend([
            "No PAYGATE_ variable is set, so the account is made up; its keys are public and protect nothing."
                .to_owned(),
            "What a shop needs:".to_owned(),
            String::new(),
            format!("  export PAYGATE_MERCHANT_ID='{mid}'"),
            format!("  export PAYGATE_ENCRYPTION_KEY='{ENCRYPTION_KEY}'"),
            format!("  export PAYGATE_MAC_KEY='{MAC_KEY}'"),
        ]),
        Account::Own(_) => lines.extend([
            "The keys come from the environment: use test keys, never live ones.".to_owned(),
            "What a shop needs, besides the same account and keys:".to_owned(),
            String::new(),
        ]),
    }
    lines.extend([format!("  export PAYGATE_ENDPOINT='{url}'"), String::new()]);
    if !args.faults.is_empty() {
        let names: Vec<_> = args.faults.iter().map(|fault| fault.name()).collect();
        lines.extend([format!("Faults: {}", names.join(", ")), String::new()]);
    }
    lines
}
