//! What the help says below the options: what a command needs, what it means, an example.
//!
//! Paragraphs are one line each, since clap wraps them to the width of the terminal.

/// For all commands.
pub(crate) const PAYGATE: &str = "\
Account and keys, never taken from arguments, which other users of the machine can read:
  PAYGATE_MERCHANT_ID              the merchant id
  PAYGATE_ENCRYPTION_KEY           the encryption password: text, or hex:… for any bytes
  PAYGATE_MAC_KEY                  the HMAC password, in the same way
  PAYGATE_ENCRYPTION_KEY_PREVIOUS  the passwords before these, while they are being
  PAYGATE_MAC_KEY_PREVIOUS         exchanged; where one is not set, it did not change
  PAYGATE_CIPHER                   blowfish (default) or aes
  PAYGATE_CIPHER_PREVIOUS          the same for the previous encryption password; must be
                                   set where the current one is for aes
  PAYGATE_ENDPOINT                 where Paygate is, whatever the profile says
  PAYGATE_PROFILE                  a TOML file with the merchant's profile, which says what
                                   the account allows; Computop's own rules by default; a
                                   relative path begins at the working directory

A file for --env-file has lines NAME=VALUE; a value that holds # behind a blank stands in quotes. The variables of the \
environment are then not looked at.

Exit code: 0 done, 1 refused (or not paid), 2 called or configured wrongly.

Example:
  printf 'TransID=order-1&Amount=1999' | paygate --env-file shop.env encrypt";

/// For `encrypt`.
pub(crate) const ENCRYPT: &str = "\
Needs PAYGATE_ENCRYPTION_KEY alone. Len counts bytes. Under Blowfish an empty text becomes an empty Data, which nobody \
takes for a message.

Example:
  printf 'TransID=order-1&Amount=1999' | paygate encrypt";

/// For `decrypt`.
pub(crate) const DECRYPT: &str = "\
Needs PAYGATE_ENCRYPTION_KEY alone, and uses no previous one: without a MAC nothing tells which key was the right one, \
and a wrong key gives noise without an error.

What is only decrypted is not authentic; see `paygate open`. With --json, `plaintext` is null where the bytes are not \
UTF-8; `plaintext_hex` always has them.

Example, with PAYGATE_ENCRYPTION_KEY=16CharKeyLength!:
  paygate decrypt --len 23 4105AAFDC6445BF2EB8242371136F4886413347EEB8731B9";

/// For `mac`.
pub(crate) const MAC: &str = "\
Example:
  paygate mac request --trans-id order-1 --amount 1999 --currency EUR";

/// For `mac request`.
pub(crate) const MAC_REQUEST: &str = "\
Needs PAYGATE_MERCHANT_ID and PAYGATE_MAC_KEY. A part that is not given is empty.

Example:
  paygate mac request --trans-id order-1 --amount 1999 --currency EUR";

/// For `mac response`.
pub(crate) const MAC_RESPONSE: &str = "\
Needs PAYGATE_MERCHANT_ID and PAYGATE_MAC_KEY. A part that is not given is empty.

Example:
  paygate mac response --pay-id 7bbb448155234d8cbee323778952ce28 --trans-id order-1 \\
    --status OK --code 00000000";

/// For `seal`.
pub(crate) const SEAL: &str = "\
MerchantID, MAC and Response are filled in. Amount is in the smallest unit of the currency.

Every rule that the request breaks is told on standard error, one a line; with --json they are also printed as \
{\"errors\":[{\"parameter\":…,\"message\":…},…]}.

Names and addresses do not belong into arguments, which other users of the machine can read: give real ones as lines on \
standard input.

Examples:
  paygate seal trustly - <request.txt
  paygate seal trustly TransID=order-1 Amount=1999 Currency=EUR OrderDesc=Tea \\
    FirstName=Anna LastName=Müller Email=anna@example.com \\
    URLSuccess=https://shop.example/success URLFailure=https://shop.example/failure \\
    URLNotify=https://shop.example/notify";

/// For `params`.
pub(crate) const PARAMS: &str = "\
Needs no account. Formats are written as on the vendor's pages: a letters, n digits, s special characters, and the \
length, `..30` for at most 30.

Example:
  paygate params trustly";

/// For `code`.
pub(crate) const CODE: &str = "\
Needs no account. For people to read, not for programs to decide by: a code alone does not tell how a payment went, \
and Paygate sends codes that no table has. A part that is unknown is null with --json.

Example:
  paygate code 20110005";

/// For `template`.
pub(crate) const TEMPLATE: &str = "\
Example:
  paygate template check page.html";

/// For `template check`.
pub(crate) const TEMPLATE_CHECK: &str = "\
Needs no account. Every rule that the page breaks is a line FILE:LINE: text, and the exit code is then 1. Of a page that \
is accepted, the line of Trustly's tag is told and how the tag begins there.

The check is stricter than the vendor's words where those are open, and looks at no other page: what stands behind the \
addresses is not fetched.

Example:
  paygate template check page.html";

/// For `doctor`.
pub(crate) const DOCTOR: &str = "\
Sends nothing and looks up no name: neither Paygate nor a DNS server hears of it. The profile's file and the system's \
root certificates are read (those of SSL_CERT_FILE or SSL_CERT_DIR, where one is set).

Each line is ok, note (unusual, and worth a look) or PROBLEM; with a PROBLEM the exit code is 1. No value is shown, only \
lengths.

Example:
  paygate --env-file shop.env doctor";

/// For `completions`.
pub(crate) const COMPLETIONS: &str = "\
Example:
  paygate completions bash >paygate.bash";

/// For `man`.
pub(crate) const MAN: &str = "\
Example:
  mkdir -p man1 && paygate man --out man1";

/// For `open`.
pub(crate) const OPEN: &str = "\
Exits with 0 only if the payment is paid and, with --trans-id, the callback is that attempt's. All keys are tried, \
previous ones too.

The callback must be one for the payment method of --method.

With --json, `parameter` is there only if Paygate refused one, `outside` only if something stands beside Data, and \
`key` only if a previous key held.

The MAC covers no amount and no time: compare the amount with your own record of the attempt, and expect the same \
callback to open again tomorrow.

A query, the body of a form, or a whole URL is taken. Values are text, or an array where a name stands twice.

Example:
  paygate open --trans-id order-1 - <callback.txt";

#[cfg(test)]
mod tests {
    use crate::args::Cli;
    use clap::{Command, CommandFactory};

    fn assert_examples(command: &mut Command) {
        let name = command.get_display_name().unwrap_or_default().to_owned();
        assert!(command.render_long_help().to_string().contains("Example"), "{name}");
        for subcommand in command.get_subcommands_mut() {
            assert_examples(subcommand);
        }
    }

    #[test]
    fn every_command_has_an_example_in_its_help() {
        let mut command = Cli::command().disable_help_subcommand(true);
        command.build();
        assert_examples(&mut command);
    }

    #[test]
    fn clap_finds_nothing_wrong_with_the_commands() {
        Cli::command().debug_assert();
    }
}
