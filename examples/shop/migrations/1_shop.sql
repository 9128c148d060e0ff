-- Orders and their attempts. What was asked of Paygate, and what it said, is never changed nor deleted here.

-- A browser's cart. `once` names the checkout that it goes through; it is forgotten when the order is paid.
CREATE TABLE carts (
    session  TEXT PRIMARY KEY,
    order_id INTEGER REFERENCES orders (id)
) STRICT;

CREATE TABLE cart_items (
    session  TEXT    NOT NULL,
    product  TEXT    NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (session, product)
) STRICT;

CREATE TABLE orders (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Names the order's page, and is all that one needs to see it.
    token      TEXT    NOT NULL UNIQUE,
    session    TEXT    NOT NULL,
    first_name TEXT    NOT NULL,
    last_name  TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    country    TEXT    NOT NULL,
    -- What the order costs now. What was paid for is the attempt's.
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT    NOT NULL,
    demo       INTEGER NOT NULL CHECK (demo IN (0, 1)),
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX orders_by_session ON orders (session);

CREATE TABLE items (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    product  TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    quantity INTEGER NOT NULL,
    price    INTEGER NOT NULL,
    PRIMARY KEY (order_id, product)
) STRICT;

-- One TransID is one amount: a changed basket and a second try get a row of their own.
CREATE TABLE attempts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    -- The form that asked for it. Sent twice, it is answered with the same attempt.
    once       TEXT    NOT NULL UNIQUE,
    method     TEXT    NOT NULL,
    mid        TEXT    NOT NULL,
    trans_id   TEXT    NOT NULL,
    req_id     TEXT    NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT    NOT NULL,
    pay_id     TEXT,
    state      TEXT    NOT NULL,
    flags      INTEGER NOT NULL DEFAULT 0,
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (method, mid, trans_id)
) STRICT;

CREATE INDEX attempts_by_order ON attempts (order_id);

-- A payment belongs to one attempt.
CREATE UNIQUE INDEX attempts_by_payment ON attempts (mid, pay_id) WHERE pay_id IS NOT NULL;

-- Authentic results. The key is what the MAC covers; the same one again is one more in `count`.
CREATE TABLE callbacks (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    method      TEXT    NOT NULL,
    mid         TEXT    NOT NULL,
    pay_id      TEXT    NOT NULL,
    trans_id    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    attempt_id  INTEGER REFERENCES attempts (id),
    -- What was made of it. NULL: nothing.
    applied     TEXT,
    -- When Paygate's server told it first. NULL: only a browser has brought it.
    told_at     TEXT,
    -- Unsigned: somebody else's words, to be shown and not to be believed.
    description TEXT    NOT NULL DEFAULT '',
    count       INTEGER NOT NULL DEFAULT 1,
    first_at    TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_at     TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (method, mid, pay_id, trans_id, status, code)
) STRICT;

CREATE INDEX callbacks_by_attempt ON callbacks (attempt_id);

-- What a person must look at, and what that person wrote.
CREATE TABLE people (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    callback_id INTEGER NOT NULL REFERENCES callbacks (id),
    reason      TEXT    NOT NULL,
    created_at  TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note        TEXT,
    done_at     TEXT,
    UNIQUE (callback_id, reason)
) STRICT;

-- Who opened the shopkeeper's pages, and what was done there.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    action TEXT NOT NULL
) STRICT;
