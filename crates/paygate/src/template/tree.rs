//! Follows the parser's tree just far enough to know where the mandatory tag would be shown.
//!
//! A node is a number and its parent's number. Nothing here recurses, however deep a page is nested.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{EndTag, StartTag, TagKind};
use html5ever::tree_builder::{AppendNode, AppendText, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::problem::Rule;

/// What stands for the mandatory tag: text that is in no page, since noncharacters are refused. A parser may
/// emit the first of them by itself; a reference such as `&#xFDD0;` is never emitted with another character.
pub(super) const MARK: &str = "\u{fdd0}\u{fdd0}\u{fdd0}";
const TWO_OF_MARK: &str = "\u{fdd0}\u{fdd0}";

const MAX_DEPTH: u32 = 512;
const MAX_NODES: usize = 65536;

/// Elements whose content is not shown on the page, or not as markup.
const HIDING: &[&str] = &[
    "head",
    "title",
    "style",
    "script",
    "noscript",
    "template",
    "textarea",
    "select",
    "datalist",
    "option",
    "optgroup",
    "iframe",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "frameset",
    "object",
    "applet",
    "audio",
    "video",
    "canvas",
    "progress",
    "meter",
    "dialog",
    "rp",
];

#[derive(Clone)]
pub(super) struct Handle {
    id: usize,
    name: Rc<QualName>,
}

struct Node {
    parent: Option<usize>,
    /// Those that were put here; one that has been moved since has another parent.
    children: Vec<usize>,
    depth: u32,
    hides: bool,
    style: Option<usize>,
}

/// The text of a style element.
pub(super) struct Style {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) text: String,
}

/// The tree while the parser builds it.
pub(super) struct Tree {
    document: Handle,
    nodes: RefCell<Vec<Node>>,
    styles: RefCell<Vec<Style>>,
    marks: Cell<u32>,
    shown_marks: Cell<u32>,
    broken_limit: RefCell<Option<Rule>>,
    /// The line of the token that the parser works on.
    line: Cell<u64>,
    /// Whether the parser is between `<head>` and `</head>`, or the body's begin.
    in_head: Cell<bool>,
    /// Whether a `<head>` or the body has begun; a `<head>` after that is dropped by parsers.
    had_head: Cell<bool>,
    /// The same when the token came; a text in the head begins the body, and was not meant to be shown.
    came_in_head: Cell<bool>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let name = Rc::new(QualName::new(None, ns!(), LocalName::from("")));
        let tree = Self {
            document: Handle { id: 0, name },
            nodes: RefCell::default(),
            styles: RefCell::default(),
            marks: Cell::default(),
            shown_marks: Cell::default(),
            broken_limit: RefCell::default(),
            line: Cell::new(1),
            in_head: Cell::default(),
            had_head: Cell::default(),
            came_in_head: Cell::default(),
        };
        tree.add(false, None);
        tree
    }

    /// The limit that the page has broken; the parser should be given no more of it.
    pub(super) fn broken_limit(&self) -> Option<Rule> {
        self.broken_limit.borrow().clone()
    }

    /// Whether the mark was met once, as text that is shown.
    pub(super) fn shows_mark(&self) -> bool {
        self.marks.get() == 1 && self.shown_marks.get() == 1
    }

    pub(super) fn styles(&self) -> Vec<Style> {
        self.styles.take()
    }

    /// Takes the line of a token that comes, and its name and kind if it is a tag.
    pub(super) fn expect(&self, line: u64, tag: Option<(&str, TagKind)>) {
        self.line.set(line);
        self.came_in_head.set(self.in_head.get());
        match tag {
            Some(("head", StartTag)) => self.in_head.set(!self.had_head.replace(true)),
            Some(("head", EndTag)) => self.in_head.set(false),
            _ => {}
        }
    }

    fn add(&self, hides: bool, style: Option<usize>) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= MAX_NODES {
            self.broken_limit.replace(Some(Rule::TooManyElements));
        }
        nodes.push(Node { parent: None, children: Vec::new(), depth: 0, hides, style });
        nodes.len().saturating_sub(1)
    }

    fn parent(&self, id: usize) -> Option<usize> {
        self.nodes.borrow().get(id).and_then(|node| node.parent)
    }

    fn insert(&self, parent: usize, child: NodeOrText<Handle>) {
        match child {
            AppendNode(node) => self.hang(node.id, parent),
            AppendText(text) => self.text(parent, &text),
        }
    }

    fn hang(&self, child: usize, parent: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |node| node.depth).saturating_add(1);
        if depth > MAX_DEPTH {
            self.broken_limit.replace(Some(Rule::TooDeep));
        }
        if let Some(node) = nodes.get_mut(parent) {
            node.children.push(child);
        }
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
            node.depth = depth;
        }
    }

    fn text(&self, parent: usize, text: &str) {
        let nodes = self.nodes.borrow();
        if let Some(style) = nodes.get(parent).and_then(|node| node.style)
            && let Some(style) = self.styles.borrow_mut().get_mut(style)
        {
            style.text.push_str(text);
        }
        if text.contains(TWO_OF_MARK) {
            self.marks.set(self.marks.get().saturating_add(1));
            let mut ancestors =
                core::iter::successors(nodes.get(parent), |node| nodes.get(node.parent?)).take(MAX_NODES);
            if !self.came_in_head.get() && !ancestors.any(|node| node.hides) {
                self.shown_marks.set(self.shown_marks.get().saturating_add(1));
            }
        }
    }
}

fn hides(name: &QualName, attributes: &[Attribute]) -> bool {
    // In SVG and MathML, markup in place of the tag would not be shown as HTML.
    name.ns != ns!(html)
        || HIDING.contains(&&*name.local)
        || (&*name.local == "details" && !has(attributes, "open"))
        || has_hidden(attributes)
}

fn has_hidden(attributes: &[Attribute]) -> bool {
    has(attributes, "hidden") || has(attributes, "popover")
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| &*attribute.name.local == name)
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let style = (&*name.local == "style").then(|| {
            let mut styles = self.styles.borrow_mut();
            styles.push(Style { line: self.line.get(), text: String::new() });
            styles.len().saturating_sub(1)
        });
        if &*name.local == "body" {
            self.in_head.set(false);
            self.had_head.set(true);
        }
        Handle { id: self.add(hides(&name, &attributes), style), name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(false, None), name: Rc::clone(&self.document.name) }
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        self.insert(self.parent(element.id).unwrap_or(previous.id), child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The content hangs below the element itself, which hides it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, node: NodeOrText<Handle>) {
        if let Some(parent) = self.parent(sibling.id) {
            self.insert(parent, node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(target.id) {
            node.hides |= has_hidden(&attributes);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(target.id) {
            node.parent = None;
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children =
            self.nodes.borrow_mut().get_mut(node.id).map(|node| core::mem::take(&mut node.children));
        for child in children.unwrap_or_default() {
            if self.parent(child) == Some(node.id) {
                self.hang(child, new_parent.id);
            }
        }
    }

    /// A shadow root would have to be followed; as a plain template it is read all the same.
    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}
