-- What came, once for each key. Times are milliseconds since 1970 by this database's clock.
CREATE TABLE gateway_inbox (
    id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    -- SHA-256 of the signed fields. It stays when all else is purged, so that an old callback is still known.
    key          bytea   NOT NULL UNIQUE CHECK (octet_length(key) = 32),
    gateway      text    NOT NULL,
    -- SHA-256 of what names the attempt, and the payment.
    attempt      bytea   NOT NULL CHECK (octet_length(attempt) = 32),
    payment      bytea   NOT NULL CHECK (octet_length(payment) = 32),
    rank         bigint NOT NULL,
    -- As it came. NULL: purged.
    payload      bytea,
    -- How often it came, and whether its sender was ever told that it is stored.
    count        bigint NOT NULL,
    acknowledged bigint NOT NULL CHECK (acknowledged IN (0, 1)),
    first_at     bigint NOT NULL,
    last_at      bigint NOT NULL,
    -- When the next one may take it: a claim puts it off by its lease, a failure by a while.
    due_at       bigint NOT NULL,
    tries        bigint NOT NULL DEFAULT 0,
    -- The newest claim's; whoever holds an older one cannot complete.
    token        bigint NOT NULL DEFAULT 0,
    -- Why the newest try failed.
    failure      text,
    done_at      bigint
);

CREATE INDEX gateway_inbox_unfinished ON gateway_inbox (rank DESC, id) WHERE done_at IS NULL;
CREATE INDEX gateway_inbox_done ON gateway_inbox (done_at) WHERE payload IS NOT NULL;
CREATE INDEX gateway_inbox_by_attempt ON gateway_inbox (attempt);
CREATE INDEX gateway_inbox_by_payment ON gateway_inbox (payment);
