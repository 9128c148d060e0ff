-- Which payment a refund of the ledger (`gateway_refunds`) is of, and the shop's own name for it: the ledger knows neither.
CREATE TABLE refunds (
    refund_id  INTEGER PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    trans_id   TEXT    NOT NULL UNIQUE,
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX refunds_by_payment ON refunds (payment_id);
