-- Payments of which money was given back. The row is what a change of their refunds locks, by counting.
CREATE TABLE gateway_payments (
    -- SHA-256 of what names the payment, as in gateway_inbox.
    payment      bytea   NOT NULL PRIMARY KEY CHECK (octet_length(payment) = 32),
    gateway      text    NOT NULL,
    -- In the smallest unit of the currency.
    paid         bigint  NOT NULL CHECK (paid > 0),
    currency     text    NOT NULL,
    changes      bigint  NOT NULL DEFAULT 0
);

-- Money that goes back, once for each `once`. Times are milliseconds since 1970 by this database's clock.
CREATE TABLE gateway_refunds (
    id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    payment      bytea   NOT NULL REFERENCES gateway_payments (payment),
    -- SHA-256 of what makes two requests one.
    once         bytea   NOT NULL UNIQUE CHECK (octet_length(once) = 32),
    gateway      text    NOT NULL,
    channel      text    NOT NULL CHECK (channel IN ('online', 'batch', 'elsewhere')),
    amount       bigint  NOT NULL CHECK (amount > 0),
    -- By what the gateway knows it again. NULL: it was given back elsewhere.
    reference    text,
    -- What is sent, byte for byte each time. NULL: purged, or given back elsewhere.
    request      bytea,
    state        text    NOT NULL CHECK (state IN ('planned', 'sent', 'unknown', 'person', 'done', 'refused')),
    -- The newest claim's or change's; whoever asked under an older one cannot resolve.
    token        bigint  NOT NULL DEFAULT 0,
    -- That of the newest claim to send; whoever sent under an older one cannot settle.
    sent_token   bigint  NOT NULL DEFAULT 0,
    -- When the next one may take it: a claim puts it off by its lease, an answer that tells nothing by a while.
    due_at       bigint  NOT NULL,
    -- How often it was sent, and how often it was asked for since.
    tries        bigint  NOT NULL DEFAULT 0,
    asks         bigint  NOT NULL DEFAULT 0,
    -- What the gateway said to the newest sending, where that decides nothing alone.
    heard        text    CHECK (heard IN ('open', 'refused')),
    -- Why it stands as it does.
    note         text,
    created_at   bigint  NOT NULL,
    -- When it was sent first, and last.
    sent_at      bigint,
    last_sent_at bigint,
    settled_at   bigint,
    UNIQUE (gateway, reference)
);

-- Of a payment one is out at a time: else the amounts that the gateway tells could be either's.
CREATE UNIQUE INDEX gateway_refunds_out ON gateway_refunds (payment)
    WHERE channel = 'online' AND state IN ('sent', 'unknown');
CREATE INDEX gateway_refunds_by_payment ON gateway_refunds (payment);
CREATE INDEX gateway_refunds_due ON gateway_refunds (due_at, id) WHERE state IN ('planned', 'sent', 'unknown');
CREATE INDEX gateway_refunds_doubtful ON gateway_refunds (id) WHERE state = 'person';
CREATE INDEX gateway_refunds_settled ON gateway_refunds (settled_at) WHERE request IS NOT NULL;
