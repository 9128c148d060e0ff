//! What the attributes of a start tag must not hold.

use super::address::{candidates, is_absolute, script_scheme};
use super::css::{self, Finding};
use super::meta;
use super::problem::Rule;
use html5ever::tokenizer::Tag;

/// Attributes that lead somewhere, on whatever element.
const LINKS: &[&str] = &["href", "action", "formaction", "cite", "longdesc", "manifest", "attributionsrc"];
/// Attributes that hold one picture, sound or film, on whatever element.
const PICTURES: &[&str] = &["src", "poster", "background", "icon", "data"];
/// Attributes that hold several pictures.
const PICTURE_LISTS: &[&str] = &["srcset", "imagesrcset"];
/// Elements of SVG whose `href` is a picture.
const PICTURE_ELEMENTS: &[&str] = &["image", "feimage"];
/// Elements of SVG whose `href` names a part of the same page, which cannot be said in any other way.
const WITHIN_THE_PAGE: &[&str] =
    &["use", "lineargradient", "radialgradient", "pattern", "filter", "textpath"];
/// Links that load a script, or a document with its scripts.
const RELS: &[&str] = &["import", "modulepreload", "prerender", "serviceworker"];
/// Attributes that are shown or read out, or name something; `data: …` is a sentence there. So is what begins
/// with `aria-` or `data-`: scripts alone make more of it.
const SENTENCES: &[&str] =
    &["alt", "title", "placeholder", "label", "content", "summary", "abbr", "value", "class", "id"];

/// Calls back with every rule that the tag breaks.
pub(super) fn check(tag: &Tag, mut broken: impl FnMut(Rule)) {
    if tag.had_duplicate_attributes {
        broken(Rule::DoubledAttribute { element: cut(&tag.name) });
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
        } else if let Some(scheme) = script_scheme(self.value).filter(|_| !is_sentence(name)) {
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
        if name == "rel" && &*self.tag.name == "link" {
            let has =
                |rel: &&str| self.value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(rel));
            RELS.iter().copied().filter(has).for_each(|rel| broken(Rule::Rel { rel }));
        }
        if !is_sentence(name) {
            let mut address = false;
            css::check(self.value, |_, finding| address |= finding == Finding::Url);
            if address {
                broken(self.picture());
            }
        }
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

fn is_sentence(attribute: &str) -> bool {
    SENTENCES.contains(&attribute) || attribute.starts_with("aria-") || attribute.starts_with("data-")
}

/// The rule that a finding in the style of an element breaks.
pub(super) fn style_rule(element: &str, finding: Finding) -> Rule {
    let element = cut(element);
    match finding {
        Finding::Url => Rule::StyleUrl { element },
        Finding::Script(what) => Rule::StyleScript { element, what },
    }
}

/// `xlink:href` is `href`, and `svg:script` a script, for whoever reads the page as XML.
pub(super) fn without_prefix(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A name for an error: a broken quote can make a name of half the page.
pub(super) fn cut(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::page::tests::rules;

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
    fn a_sentence_may_begin_with_a_scheme_and_an_address_may_not() {
        for name in SENTENCES.iter().chain(&["aria-label", "aria-description", "data-text", "svg:title"]) {
            for sentence in ["Data: url(x)", "JavaScript: nicht nötig", "Bild: image(\"tee\")"] {
                assert_eq!(rules(&format!("<p {name}='{sentence}'>")), [], "{name}");
            }
        }
        for name in ["href", "src", "data", "ping", "usemap", "codebase", "unknown", "dynsrc"] {
            let (element, attribute) = ("p".to_owned(), name.to_owned());
            let rule = Rule::ScriptUrl { element, attribute, scheme: "javascript:" };
            assert_eq!(rules(&format!("<p {name}='JavaScript: x'>")), [rule]);
        }
        assert!(!rules("<p unknown='Bild: image(\"tee\")'>").is_empty());
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
