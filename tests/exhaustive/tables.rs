//! The tables, and what of their columns matters: no time, no counter of how often something came, no random name.

/// What a column is to a content.
#[derive(Clone, Copy, Debug)]
pub(crate) enum As {
    /// Set or not, whatever it is set to.
    Always(&'static str),
    /// The row of another table.
    Of(&'static str),
    /// A name that is random in fact: after the number of its row.
    Named,
    /// Nothing.
    Never,
    /// When somebody may take it, in milliseconds: now, or since so long that what allowed it is over.
    Due,
    /// When it was sent, in milliseconds: just now, or so long ago that it may be sent again.
    Age,
    /// The fencing token of the row, by which all others of it are counted.
    Token,
    /// Another one of the same row: the same or an older one.
    OlderToken,
    /// How often was asked, where that is almost or quite as often as may be.
    Asks,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The column of the row's number, which the order of arrival makes, and what names the row otherwise.
    pub(crate) number: Option<(&'static str, &'static [&'static str])>,
    /// All columns that are not named here count as they are.
    pub(crate) columns: &'static [(&'static str, As)],
}

const TIME: As = As::Always("'2026-01-01 00:00:00'");
const ZERO: As = As::Always("0");

/// Those that refer to others stand behind them. Left out: `shop`, which never changes, and `audit`, which nobody reads.
pub(crate) const TABLES: &[Table] = &[
    Table { name: "orders", number: None, columns: &[("created_at", TIME)] },
    Table { name: "attempts", number: None, columns: &[("created_at", TIME)] },
    Table { name: "items", number: None, columns: &[] },
    Table { name: "carts", number: None, columns: &[] },
    Table { name: "cart_items", number: None, columns: &[] },
    Table {
        name: "callbacks",
        number: Some(("id", &["mid", "pay_id", "trans_id", "status", "code"])),
        columns: &[("told_at", TIME), ("first_at", TIME), ("last_at", TIME)],
    },
    Table { name: "payments", number: Some(("id", &["mid", "pay_id"])), columns: &[] },
    Table {
        name: "inquiries",
        number: Some(("id", &["mid", "trans_id", "pay_id"])),
        columns: &[("created_at", TIME), ("due_at", ZERO), ("asked_at", TIME)],
    },
    Table {
        name: "people",
        number: Some(("id", &["callback_id", "inquiry_id", "reason"])),
        columns: &[
            ("callback_id", As::Of("callbacks")),
            ("inquiry_id", As::Of("inquiries")),
            ("created_at", TIME),
            ("done_at", TIME),
        ],
    },
    Table {
        name: "gateway_inbox",
        number: Some(("id", &["key"])),
        columns: &[
            ("count", As::Always("1")),
            ("first_at", ZERO),
            ("last_at", ZERO),
            ("done_at", ZERO),
            // A lease may run out at any moment: here it has, at once.
            ("due_at", ZERO),
            ("tries", ZERO),
            ("failure", As::Never),
            ("token", As::Token),
        ],
    },
    Table { name: "gateway_payments", number: None, columns: &[("changes", ZERO)] },
    Table {
        name: "gateway_refunds",
        number: Some(("id", &["once"])),
        columns: &[
            ("reference", As::Named),
            ("request", As::Always("x'00'")),
            ("note", As::Never),
            ("token", As::Token),
            ("sent_token", As::OlderToken),
            ("due_at", As::Due),
            ("asks", As::Asks),
            ("created_at", ZERO),
            ("sent_at", As::Age),
            ("last_sent_at", As::Age),
            ("settled_at", ZERO),
        ],
    },
    Table {
        name: "refunds",
        number: None,
        columns: &[("refund_id", As::Of("gateway_refunds")), ("trans_id", As::Named), ("created_at", TIME)],
    },
];
