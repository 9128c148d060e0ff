//! Where the customer's browser goes: a URL, or a form that submits itself.

use super::outer_form::OuterForm;
use paygate_params::{BaseUrl, MerchantId};
use std::fmt;

/// The way to Paygate with a sealed request: `MerchantID`, `Len` and `Data`, by GET or POST.
///
/// A long `Data` makes a long URL; [`Redirect::form_html`] has no such limit and is the safer choice.
#[derive(Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The URL of the form's target, `?`, and the form.
    form: OuterForm,
    action_end: usize,
    origin_end: usize,
    merchant_id: MerchantId,
}

impl Redirect {
    /// For the form behind the URL of `file` at `base` and a `?`.
    pub(super) fn new(base: &BaseUrl, file: &str, merchant_id: MerchantId, form: OuterForm) -> Self {
        let action_end = base.as_str().len().saturating_add(file.len());
        Self { form, action_end, origin_end: base.origin().len(), merchant_id }
    }

    /// The URL to redirect to, with the three parameters as its query.
    ///
    /// Nothing but the encrypted `Data`, its length and the merchant id stands in it.
    #[must_use]
    pub fn url(&self) -> &str {
        self.form.as_str()
    }

    /// The same, without a copy.
    #[must_use]
    pub fn into_url(self) -> String {
        self.form.into_string()
    }

    /// A whole HTML page with a form that submits itself, and a button where scripts are off.
    ///
    /// `nonce` is the nonce of the page's Content-Security-Policy, for the one script and the one style in it; without
    /// a policy, give `None`. The policy's `form-action` must allow [`Redirect::form_action_origin`]; browsers that hold it
    /// against redirects too also need the origins to which Paygate leads on.
    ///
    /// ```
    /// # let merchant = paygate::testing::merchant();
    /// # let request = paygate::testing::request("order-1", 1999);
    /// let sealed = merchant.seal(&request)?;
    /// let page = sealed.redirect.form_html(Some("r4nd0m"));
    /// assert!(page.contains(r#"<script nonce="r4nd0m">"#));
    /// assert!(page.contains(r#"action="https://paygate.invalid/trustly.aspx""#));
    /// # Ok::<(), paygate::SealError>(())
    /// ```
    #[must_use]
    pub fn form_html(&self, nonce: Option<&str>) -> String {
        let nonce = nonce.map(|nonce| format!(r#" nonce="{}""#, Escaped(nonce))).unwrap_or_default();
        format!(
            r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>To the payment</title>
<style{nonce}>
:root {{ color-scheme: light dark }}
body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 28rem; padding: 0 1rem; text-align: center }}
button {{ font: inherit; padding: .75rem 1.5rem }}
</style>
</head>
<body>
<form id="paygate" method="post" action="{action}" accept-charset="utf-8">
<input type="hidden" name="MerchantID" value="{merchant_id}">
<input type="hidden" name="Len" value="{len}">
<input type="hidden" name="Data" value="{data}">
<p>You are being taken to the payment page.</p>
<p><button type="submit">Continue to the payment</button></p>
</form>
<script{nonce}>document.getElementById("paygate").submit()</script>
</body>
</html>
"#,
            action = Escaped(self.action()),
            merchant_id = Escaped(self.merchant_id.as_str()),
            len = self.form.len(),
            // Hex digits and a dash.
            data = self.form.data(),
        )
    }

    /// Scheme, host and port of the form's target, for `form-action` in a Content-Security-Policy.
    #[must_use]
    pub fn form_action_origin(&self) -> &str {
        self.form.as_str().get(..self.origin_end).unwrap_or_default()
    }

    /// The form's target.
    #[must_use]
    pub fn action(&self) -> &str {
        self.form.as_str().get(..self.action_end).unwrap_or_default()
    }

    /// The three parameters, not escaped.
    #[must_use]
    pub fn params(&self) -> [(&'static str, String); 3] {
        [
            ("MerchantID", self.merchant_id.as_str().to_owned()),
            ("Len", self.form.len().to_string()),
            ("Data", self.form.data().to_owned()),
        ]
    }
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect")
            .field("action", &self.action())
            .field("len", &self.form.len())
            .finish_non_exhaustive()
    }
}

/// Text inside an attribute with double quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate_crypto::{EncryptionKey, Plaintext};

    fn redirect(merchant_id: &str) -> Redirect {
        let id = MerchantId::new(merchant_id).unwrap();
        let (base, file) = (BaseUrl::COMPUTOP, "trustly.aspx");
        let key = EncryptionKey::blowfish(b"password").unwrap();
        let text = Plaintext::from(&b"plaintext"[..]);
        let form = OuterForm::new(&[base.as_str(), file, "?"], &id, 9, &key, text).unwrap();
        Redirect::new(&base, file, id, form)
    }

    const DATA: &str = "14EC7A6DA0FBB3E50A84B47302443328";

    #[test]
    fn all_parts_stand_in_the_url() {
        let redirect = redirect("shop");
        assert_eq!(redirect.action(), "https://www.computop-paygate.com/trustly.aspx");
        assert_eq!(redirect.form_action_origin(), "https://www.computop-paygate.com");
        let params = [("MerchantID", "shop"), ("Len", "9"), ("Data", DATA)];
        assert_eq!(redirect.params(), params.map(|(name, value)| (name, value.to_owned())));
        let url = format!("{}?MerchantID=shop&Len=9&Data={DATA}", redirect.action());
        assert_eq!((redirect.url(), redirect.clone().into_url()), (url.as_str(), url.clone()));
        assert!(redirect.form_html(None).contains(&format!(r#"name="Data" value="{DATA}""#)));
    }

    #[test]
    fn a_merchant_id_is_escaped_for_where_it_stands() {
        let redirect = redirect(r#"a "<b>' +%=c"#);
        assert!(redirect.url().ends_with(
            "?MerchantID=a%20%22%3Cb%3E%27%20%2B%25%3Dc&Len=9&Data=14EC7A6DA0FBB3E50A84B47302443328"
        ));
        assert!(redirect.form_html(None).contains(r#"value="a &quot;&lt;b&gt;&#39; +%=c""#));
    }

    #[test]
    fn a_nonce_cannot_leave_its_attribute() {
        assert!(
            redirect("m").form_html(Some(r#""><script>"#)).contains(r#"nonce="&quot;&gt;&lt;script&gt;""#)
        );
    }

    #[test]
    fn debug_shows_no_data() {
        assert!(!format!("{:?}", redirect("m")).contains(DATA));
    }
}
