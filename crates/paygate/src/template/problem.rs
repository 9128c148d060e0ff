//! What a page can break, and on which line.

/// A rule that a page breaks, and where.
///
/// ```
/// use paygate::template::{Rule, Template};
/// let error = Template::parse("<p>\n<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->\n<p onclick='pay()'>").unwrap_err();
/// let problem = &error.problems()[0];
/// assert_eq!(problem.line(), 3);
/// assert!(matches!(problem.rule(), Rule::EventHandler { attribute, .. } if attribute == "onclick"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("line {line}: {rule}")]
pub struct Problem {
    line: u64,
    rule: Rule,
}

impl Problem {
    pub(super) fn new(line: u64, rule: Rule) -> Self {
        Self { line, rule }
    }

    /// The line, counted from 1, where the tag begins that is to be changed. A tag that is missing is missed
    /// on the last line.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }
}

/// A rule that a page breaks.
///
/// It names elements and attributes and never a value, which may hold a token. A name is cut after 40
/// characters. Where the vendor's page (Trustly, row URLTemplate) has the rule itself, its words are given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    /// "The page must contain the following tag at any place", and it does not.
    #[error("the tag <!--TRUSTLY-PAYMENT-PAGE-GOES-HERE--> is missing")]
    TagMissing,
    /// The tag stands there once more; which of them Trustly takes is not known.
    #[error("the tag TRUSTLY-PAYMENT-PAGE-GOES-HERE stands there again")]
    TagTwice,
    /// The tag's name stands there, and not in one of the spellings.
    #[error("TRUSTLY-PAYMENT-PAGE-GOES-HERE must stand between <!-- and -->, with nothing else")]
    TagMisspelt,
    /// What the tag is replaced by would not be shown: it stands in a comment, an attribute, the head, a
    /// title, a style, a form's field, an element that is hidden …
    #[error("the tag TRUSTLY-PAYMENT-PAGE-GOES-HERE stands where nothing is shown")]
    TagHidden,
    /// "tags like script, iframe, frame, frameset, object, applet, etc are not allowed"; not even in a comment,
    /// an attribute or a style, since parsers disagree on where these end.
    #[error("<{element}> is not allowed")]
    Element {
        /// The element.
        element: String,
    },
    /// Anything but `option`, `optgroup` and `hr` in a `<select>`: some of today's parsers drop it there, and
    /// with it differ in what is markup after it.
    #[error("<{element}> is not allowed within <select>")]
    WithinSelect {
        /// The element.
        element: String,
    },
    /// A doctype that holds definitions (`[`), which can make markup of harmless text.
    #[error("a doctype with definitions of its own ([) is not allowed")]
    Doctype,
    /// An attribute that no element may have, since it holds a document (`srcdoc`) or moves all addresses
    /// (`xml:base`).
    #[error("{attribute} is not allowed (on <{element}>)")]
    Attribute {
        /// The element.
        element: String,
        /// The attribute.
        attribute: String,
    },
    /// An attribute that begins with `on` runs a script.
    #[error("the event handler {attribute} is not allowed (on <{element}>)")]
    EventHandler {
        /// The element.
        element: String,
        /// The attribute.
        attribute: String,
    },
    /// An attribute's value is an address that is itself a script or a document.
    #[error("{scheme} is not allowed in {attribute} of <{element}>")]
    ScriptUrl {
        /// The element.
        element: String,
        /// The attribute.
        attribute: String,
        /// `javascript:`, `vbscript:` or `data:`.
        scheme: &'static str,
    },
    /// "all links must start with https".
    #[error("{attribute} of <{element}> must start with https:// and a host")]
    Link {
        /// The element.
        element: String,
        /// The attribute.
        attribute: String,
    },
    /// "all pictures need an absolute URL"; with https, since the page around them is loaded that way.
    #[error("{attribute} of <{element}> must be an absolute URL that starts with https://")]
    Picture {
        /// The element.
        element: String,
        /// The attribute.
        attribute: String,
    },
    /// A `meta` that orders what a header would, and more than to name a type, a language or a policy:
    /// `refresh` leads the customer elsewhere.
    #[error("this http-equiv of <meta> is not allowed")]
    HttpEquiv,
    /// The page says that it has another encoding than the UTF-8 in which it was checked.
    #[error("<meta> names another encoding than UTF-8")]
    Charset,
    /// A `<link>` that loads a script, or a document with its scripts.
    #[error("rel={rel} is not allowed on <link>")]
    Rel {
        /// `import`, `modulepreload`, `prerender` or `serviceworker`.
        rel: &'static str,
    },
    /// An attribute stands twice on an element, and readers differ in which one counts.
    #[error("an attribute stands twice on <{element}>")]
    DoubledAttribute {
        /// The element.
        element: String,
    },
    /// A style holds an address that is not absolute with https, or one that cannot be told. Another style
    /// may be taken in (`@import`) as a `<link>` may take it in.
    #[error("an address in the style of <{element}> must start with https:// and a host")]
    StyleUrl {
        /// The element.
        element: String,
    },
    /// A style that runs a script, in the browsers that know how.
    #[error("{what} is not allowed in the style of <{element}>")]
    StyleScript {
        /// The element.
        element: String,
        /// `expression`, `behavior`, `-moz-binding`, `-o-link`, `javascript:` or `vbscript:`.
        what: &'static str,
    },
    /// A comment that some readers carry out: `<!--[if …]>`, `<?…>`.
    #[error("a comment that some browsers carry out ([if or <?) is not allowed")]
    ActiveComment,
    /// A character that HTML does not allow, such as NUL.
    #[error("a control character, or one that is no character, is not allowed")]
    Character,
    /// Elements are nested more than 512 deep, as deep as browsers go; the rest was not looked at.
    #[error("elements are nested more than 512 deep; the rest was not checked")]
    TooDeep,
    /// More than 65536 elements; the rest was not looked at.
    #[error("there are more than 65536 elements; the rest was not checked")]
    TooManyElements,
    /// More than 256 attributes on an element; the rest was not looked at.
    #[error("<{element}> has more than 256 attributes; the rest was not checked")]
    TooManyAttributes {
        /// The element.
        element: String,
    },
    /// A tag or a comment does not end within 32 KiB; the rest was not looked at.
    #[error("a tag or a comment does not end within 32 KiB; the rest was not checked")]
    TooLong,
}
