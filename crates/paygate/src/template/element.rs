//! What a start tag must not be, and what its attributes must not hold.

use super::address::{candidates, is_absolute, script_scheme};
use super::css::{self, Finding};
use super::meta;
use super::problem::Rule;
use html5ever::tokenizer::Tag;

/// The elements that no page may have.
const FORBIDDEN: &[&str] = &[
    // The vendor's own list.
    "script",
    "iframe",
    "frame",
    "frameset",
    "object",
    "applet",
    // What belongs to these: it gives them parameters, or is shown in their place.
    "param",
    "noframes",
    "noembed",
    // They load a document, a plugin or a sound, or did so in browsers of old.
    "embed",
    "portal",
    "fencedframe",
    "layer",
    "ilayer",
    "bgsound",
    "xml",
    "import",
    // It moves every address of the page.
    "base",
    // Scripts of SVG Tiny.
    "handler",
    "listener",
    // What follows them is text for one reader and markup for another.
    "plaintext",
    "xmp",
    // Forms of old that need no action.
    "isindex",
    "keygen",
];

/// Attributes that lead somewhere, on whatever element.
const LINKS: &[&str] = &["href", "action", "formaction", "cite", "longdesc", "manifest", "attributionsrc"];
/// Attributes that hold one picture, sound or film, on whatever element.
const PICTURES: &[&str] = &["src", "poster", "background", "lowsrc", "dynsrc", "icon", "data"];
/// Attributes that hold several pictures.
const PICTURE_LISTS: &[&str] = &["srcset", "imagesrcset"];
/// Elements of SVG whose `href` is a picture.
const PICTURE_ELEMENTS: &[&str] = &["image", "feimage"];
/// Elements of SVG whose `href` names a part of the same page, which cannot be said in any other way.
const WITHIN_THE_PAGE: &[&str] = &[
    "use",
    "lineargradient",
    "radialgradient",
    "pattern",
    "filter",
    "textpath",
    "mpath",
    "animate",
    "set",
    "animatemotion",
    "animatetransform",
];
const ANIMATIONS: &[&str] = &["animate", "set", "animatemotion", "animatetransform", "animatecolor"];
/// Attributes that are shown or read out; `data: …` is a sentence there.
const SENTENCES: &[&str] = &[
    "alt",
    "title",
    "placeholder",
    "label",
    "content",
    "summary",
    "abbr",
    "value",
    "aria-label",
    "aria-description",
];

/// Calls back with every rule that the tag breaks.
pub(super) fn check(tag: &Tag, mut broken: impl FnMut(Rule)) {
    let element = cut(&tag.name);
    if FORBIDDEN.contains(&without_prefix(&tag.name)) {
        broken(Rule::Element { element: element.clone() });
    }
    if tag.had_duplicate_attributes {
        broken(Rule::DoubledAttribute { element });
    }
    if &*tag.name == "meta" {
        meta::check(tag, &mut broken);
    }
    for attribute in &tag.attrs {
        Attribute { tag, full_name: &attribute.name.local, value: &attribute.value }.check(&mut broken);
    }
}

struct Attribute<'a> {
    tag: &'a Tag,
    full_name: &'a str,
    value: &'a str,
}

impl Attribute<'_> {
    fn check(&self, broken: &mut impl FnMut(Rule)) {
        let name = without_prefix(self.full_name);
        let in_page = WITHIN_THE_PAGE.contains(&&*self.tag.name) && self.value.starts_with('#');
        let picture = PICTURE_ELEMENTS.contains(&&*self.tag.name);
        if name.starts_with("on") || self.full_name.starts_with("on") {
            broken(Rule::EventHandler { element: self.element(), attribute: self.attribute() });
        } else if name == "srcdoc" || self.full_name == "xml:base" {
            broken(Rule::Attribute { element: self.element(), attribute: self.attribute() });
        } else if let Some(scheme) = self.script() {
            broken(Rule::ScriptUrl { element: self.element(), attribute: self.attribute(), scheme });
        } else if LINKS.contains(&name) && !picture {
            if !is_absolute(self.value) && !in_page {
                broken(self.link());
            }
        } else if PICTURES.contains(&name) || LINKS.contains(&name) {
            if !is_absolute(self.value) {
                broken(self.picture());
            }
        } else if PICTURE_LISTS.contains(&name) {
            if !candidates(self.value).into_iter().all(is_absolute) {
                broken(self.picture());
            }
        } else if name == "ping" {
            if !self.value.split_ascii_whitespace().all(is_absolute) {
                broken(self.link());
            }
        } else if name == "style" {
            css::check(self.value, |_, finding| broken(style_rule(&self.tag.name, finding)));
        } else {
            self.check_other(name, broken);
        }
    }

    /// Attributes whose meaning hangs on the element, and those of SVG that take a value of CSS.
    fn check_other(&self, name: &str, broken: &mut impl FnMut(Rule)) {
        let element = &*self.tag.name;
        if name == "attributename" && ANIMATIONS.contains(&element) && sets_more_than_looks(self.value) {
            broken(Rule::Animation { element: self.element() });
        }
        let is_import = |word: &str| word.eq_ignore_ascii_case("import");
        if name == "rel" && element == "link" && self.value.split_ascii_whitespace().any(is_import) {
            broken(Rule::Import);
        }
        if !SENTENCES.contains(&name) {
            let mut address = false;
            css::check(self.value, |_, finding| address |= finding == Finding::Url);
            if address {
                broken(self.picture());
            }
        }
    }

    fn script(&self) -> Option<&'static str> {
        script_scheme(self.value).filter(|scheme| *scheme != "data:" || !SENTENCES.contains(&self.full_name))
    }

    fn link(&self) -> Rule {
        Rule::Link { element: self.element(), attribute: self.attribute() }
    }

    fn picture(&self) -> Rule {
        Rule::Picture { element: self.element(), attribute: self.attribute() }
    }

    fn element(&self) -> String {
        cut(&self.tag.name)
    }

    fn attribute(&self) -> String {
        cut(self.full_name)
    }
}

/// The rule that a finding in the style of an element breaks.
pub(super) fn style_rule(element: &str, finding: Finding) -> Rule {
    let element = cut(element);
    match finding {
        Finding::Url => Rule::StyleUrl { element },
        Finding::Import => Rule::StyleImport { element },
        Finding::Script(what) => Rule::StyleScript { element, what },
    }
}

/// Whether an animation of this attribute does more than change how something looks.
fn sets_more_than_looks(attribute: &str) -> bool {
    let name = attribute.trim().to_ascii_lowercase();
    let name = without_prefix(&name);
    name.starts_with("on")
        || ["style", "base"].contains(&name)
        || LINKS.contains(&name)
        || PICTURES.contains(&name)
}

/// `xlink:href` is `href`, and `svg:script` a script, for whoever reads the page as XML.
fn without_prefix(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A name for an error: a broken quote can make a name of half the page.
pub(super) fn cut(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Problem, Template};

    fn rules(html: &str) -> Vec<Rule> {
        let page = format!("<!--TRUSTLY-PAYMENT-PAGE-GOES-HERE-->{html}");
        let error = Template::parse(page).err();
        let problems: &[Problem] = error.as_ref().map_or(&[], |error| error.problems());
        problems.iter().map(|problem| problem.rule().clone()).collect()
    }

    #[test]
    fn every_element_of_the_list_is_refused_in_any_case() {
        for name in FORBIDDEN {
            let rule = Rule::Element { element: (*name).to_owned() };
            assert_eq!(rules(&format!("<{name}>")), std::slice::from_ref(&rule));
            assert_eq!(rules(&format!("<p><{}/></p>", name.to_ascii_uppercase())), [rule]);
        }
    }

    #[test]
    fn every_address_of_the_lists_must_be_absolute() {
        for (names, is_link) in [(LINKS, true), (PICTURES, false), (PICTURE_LISTS, false)] {
            for name in names {
                assert_eq!(rules(&format!("<p {name}='https://shop.example/'>")), []);
                let (element, attribute) = ("p".to_owned(), (*name).to_owned());
                let rule = if is_link {
                    Rule::Link { element, attribute }
                } else {
                    Rule::Picture { element, attribute }
                };
                assert_eq!(rules(&format!("<p {name}='a.png'>")), [rule]);
            }
        }
    }

    #[test]
    fn a_part_of_the_page_may_be_named_within_svg_alone() {
        for name in WITHIN_THE_PAGE {
            assert_eq!(rules(&format!("<svg><{name} href='#a'/></svg>")), []);
            assert!(!rules(&format!("<svg><{name} href='a.svg#a'/></svg>")).is_empty());
        }
    }

    #[test]
    fn an_animation_may_change_looks_alone() {
        for name in ANIMATIONS {
            assert_eq!(rules(&format!("<svg><{name} attributeName=opacity to=1 /></svg>")), []);
            for attribute in ["HREF", "xlink:href", " src ", "onclick", "style", "xml:base", "action"] {
                let rule = Rule::Animation { element: (*name).to_owned() };
                assert_eq!(rules(&format!("<svg><{name} attributeName='{attribute}' to=1 /></svg>")), [rule]);
            }
        }
    }

    #[test]
    fn a_sentence_may_begin_with_data_and_an_address_may_not() {
        for name in SENTENCES {
            assert_eq!(rules(&format!("<p {name}='Data: url(x)'>")), []);
        }
        assert!(!rules("<p class='data:x'>").is_empty());
    }

    #[test]
    fn a_name_is_cut_in_an_error() {
        let long = format!("on{}", "x".repeat(100));
        let attribute = long.get(..40).unwrap().to_owned();
        assert_eq!(
            rules(&format!("<p {long}=x>")),
            [Rule::EventHandler { element: "p".to_owned(), attribute }]
        );
    }
}
