-- Payments of which money was given back. The row is what a change of their refunds locks, by counting.
CREATE TABLE gateway_payments (
    -- SHA-256 of what names the payment, as in gateway_inbox.
    payment      BLOB    NOT NULL PRIMARY KEY CHECK (length(payment) = 32),
    gateway      TEXT    NOT NULL,
    -- In the smallest unit of the currency.
    paid         INTEGER NOT NULL CHECK (paid > 0),
    currency     TEXT    NOT NULL,
    changes      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Money that goes back, once for each `once`. Times are milliseconds since 1970 by this database's clock.
CREATE TABLE gateway_refunds (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    payment      BLOB    NOT NULL REFERENCES gateway_payments (payment),
    -- SHA-256 of what makes two requests one.
    once         BLOB    NOT NULL UNIQUE CHECK (length(once) = 32),
    gateway      TEXT    NOT NULL,
    channel      TEXT    NOT NULL CHECK (channel IN ('online', 'batch', 'elsewhere')),
    amount       INTEGER NOT NULL CHECK (amount > 0),
    -- By what the gateway knows it again. NULL: it was given back elsewhere.
    reference    TEXT,
    -- What is sent, byte for byte each time. NULL: purged, or given back elsewhere.
    request      BLOB,
    state        TEXT    NOT NULL CHECK (state IN ('planned', 'sent', 'unknown', 'person', 'done', 'refused')),
    -- The newest claim's or change's; whoever asked under an older one cannot resolve.
    token        INTEGER NOT NULL DEFAULT 0,
    -- That of the newest claim to send; whoever sent under an older one cannot settle.
    sent_token   INTEGER NOT NULL DEFAULT 0,
    -- When the next one may take it: a claim puts it off by its lease, an answer that tells nothing by a while.
    due_at       INTEGER NOT NULL,
    -- How often it was sent, and how often it was asked for since.
    tries        INTEGER NOT NULL DEFAULT 0,
    asks         INTEGER NOT NULL DEFAULT 0,
    -- What the gateway said to the newest sending, where that decides nothing alone.
    heard        TEXT    CHECK (heard IN ('open', 'refused')),
    -- Why it stands as it does.
    note         TEXT,
    created_at   INTEGER NOT NULL,
    -- When it was sent first, and last.
    sent_at      INTEGER,
    last_sent_at INTEGER,
    settled_at   INTEGER,
    UNIQUE (gateway, reference)
) STRICT;

-- Of a payment one is out at a time: else the amounts that the gateway tells could be either's.
CREATE UNIQUE INDEX gateway_refunds_out ON gateway_refunds (payment)
    WHERE channel = 'online' AND state IN ('sent', 'unknown');
CREATE INDEX gateway_refunds_by_payment ON gateway_refunds (payment);
CREATE INDEX gateway_refunds_due ON gateway_refunds (due_at, id) WHERE state IN ('planned', 'sent', 'unknown');
CREATE INDEX gateway_refunds_doubtful ON gateway_refunds (id) WHERE state = 'person';
CREATE INDEX gateway_refunds_settled ON gateway_refunds (settled_at) WHERE request IS NOT NULL;
