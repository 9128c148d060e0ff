-- What came, once for each key. Times are milliseconds since 1970 by this database's clock.
CREATE TABLE gateway_inbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the signed fields. It stays when all else is purged, so that an old callback is still known.
    key          BLOB    NOT NULL UNIQUE CHECK (length(key) = 32),
    gateway      TEXT    NOT NULL,
    -- SHA-256 of what names the attempt, and the payment.
    attempt      BLOB    NOT NULL CHECK (length(attempt) = 32),
    payment      BLOB    NOT NULL CHECK (length(payment) = 32),
    rank         INTEGER NOT NULL,
    -- As it came. NULL: purged.
    payload      BLOB,
    -- How often it came, and whether its sender was ever told that it is stored.
    count        INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL CHECK (acknowledged IN (0, 1)),
    first_at     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    -- When the next one may take it: a claim puts it off by its lease, a failure by a while.
    due_at       INTEGER NOT NULL,
    tries        INTEGER NOT NULL DEFAULT 0,
    -- The newest claim's; whoever holds an older one cannot complete.
    token        INTEGER NOT NULL DEFAULT 0,
    -- Why the newest try failed.
    failure      TEXT,
    done_at      INTEGER
) STRICT;

CREATE INDEX gateway_inbox_unfinished ON gateway_inbox (rank DESC, id) WHERE done_at IS NULL;
CREATE INDEX gateway_inbox_done ON gateway_inbox (done_at) WHERE payload IS NOT NULL;
CREATE INDEX gateway_inbox_by_attempt ON gateway_inbox (attempt);
CREATE INDEX gateway_inbox_by_payment ON gateway_inbox (payment);
