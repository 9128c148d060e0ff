-- What is asked of Paygate where it has not told the end, and what it answered last. `due_at` is in seconds since 1970 by this
-- database's clock.
CREATE TABLE inquiries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    method     TEXT    NOT NULL,
    -- In small letters.
    mid        TEXT    NOT NULL,
    trans_id   TEXT    NOT NULL,
    -- Empty: no callback has told it, and Paygate is asked by the TransID.
    pay_id     TEXT    NOT NULL,
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- A claim puts it off by its lease, an answer by the schedule. NULL: not asked again.
    due_at     INTEGER,
    -- 1: a person wants to know, however the payment stands here.
    wanted     INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1)),
    -- The newest claim's; whoever asked under an older one writes nothing.
    token      INTEGER NOT NULL DEFAULT 0,
    times      INTEGER NOT NULL DEFAULT 0,
    -- What the newest answer says, or why there is none.
    asked_at   TEXT,
    captured   INTEGER,
    credited   INTEGER,
    currency   TEXT,
    failure    TEXT,
    UNIQUE (method, mid, trans_id, pay_id)
) STRICT;

CREATE INDEX inquiries_due ON inquiries (due_at) WHERE due_at IS NOT NULL;

-- What waits already is asked about at once.
INSERT INTO inquiries (method, mid, trans_id, pay_id, created_at, due_at)
SELECT method, lower(mid), trans_id, '', created_at, unixepoch() FROM attempts
WHERE state = 'redirected' AND NOT EXISTS (SELECT 1 FROM payments WHERE attempt_id = attempts.id)
ON CONFLICT (method, mid, trans_id, pay_id) DO NOTHING;

INSERT INTO inquiries (method, mid, trans_id, pay_id, created_at, due_at)
SELECT a.method, lower(a.mid), a.trans_id, p.pay_id, a.created_at, unixepoch()
FROM payments p JOIN attempts a ON a.id = p.attempt_id
WHERE p.state = 'open'
ON CONFLICT (method, mid, trans_id, pay_id) DO NOTHING;

INSERT INTO inquiries (method, mid, trans_id, pay_id, due_at, wanted)
SELECT DISTINCT method, lower(mid), trans_id, pay_id, unixepoch(), 1
FROM callbacks JOIN people ON people.callback_id = callbacks.id
WHERE done_at IS NULL
ON CONFLICT (method, mid, trans_id, pay_id) DO UPDATE SET wanted = 1;

-- A matter may come from an inquiry alone, without any callback; a column cannot be freed of its NOT NULL here.
CREATE TABLE people_2 (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    callback_id INTEGER REFERENCES callbacks (id),
    -- The inquiry that shows more about it, or that it comes from. NULL: it was done before there were any.
    inquiry_id  INTEGER REFERENCES inquiries (id),
    reason      TEXT    NOT NULL,
    -- The order that waits for it. NULL: none does.
    order_id    INTEGER REFERENCES orders (id),
    created_at  TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note        TEXT,
    done_at     TEXT,
    UNIQUE (callback_id, reason),
    CHECK (callback_id IS NOT NULL OR inquiry_id IS NOT NULL)
) STRICT;

INSERT INTO people_2 (id, callback_id, inquiry_id, reason, order_id, created_at, note, done_at)
SELECT people.id, callback_id, inquiries.id, reason, order_id, people.created_at, note, done_at
FROM people JOIN callbacks c ON c.id = callback_id
LEFT JOIN inquiries ON inquiries.method = c.method AND inquiries.mid = lower(c.mid)
                   AND inquiries.trans_id = c.trans_id AND inquiries.pay_id = c.pay_id;

DROP TABLE people;

ALTER TABLE people_2 RENAME TO people;

CREATE INDEX people_by_order ON people (order_id);

CREATE UNIQUE INDEX people_by_inquiry ON people (inquiry_id, reason) WHERE callback_id IS NULL;
