-- The table of migrations/sqlite/3_refunds.sql, column for column; what it is for stands there.
CREATE TABLE refunds (
    refund_id  bigint PRIMARY KEY,
    payment_id bigint      NOT NULL REFERENCES payments (id),
    trans_id   text        NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX refunds_by_payment ON refunds (payment_id);
