-- Orders and their attempts. What was asked of Paygate, and what it said, is never changed nor deleted here.

-- Whose database it is: one of play, or one of money. They never share one.
CREATE TABLE shop (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

-- A browser's cart, and the order that it became. That is forgotten once money is there or on its way.
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

-- All attempts at one cart. What the customer wants now is what the newest of them was for.
CREATE TABLE orders (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Names the order's page, and is all that one needs to see it.
    token      TEXT    NOT NULL UNIQUE,
    session    TEXT    NOT NULL,
    demo       INTEGER NOT NULL CHECK (demo IN (0, 1)),
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE INDEX orders_by_session ON orders (session);

-- One TransID is one basket at one price: a changed basket and a second try get a row of their own.
CREATE TABLE attempts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    -- The form that asked for it. Sent twice, it is answered with the same attempt.
    once       TEXT    NOT NULL UNIQUE,
    method     TEXT    NOT NULL,
    mid        TEXT    NOT NULL,
    trans_id   TEXT    NOT NULL,
    req_id     TEXT    NOT NULL,
    first_name TEXT    NOT NULL,
    last_name  TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    country    TEXT    NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    currency   TEXT    NOT NULL,
    -- Before Paygate has said anything: created or redirected.
    state      TEXT    NOT NULL,
    -- Whether its items have left the cart.
    bought     INTEGER NOT NULL DEFAULT 0 CHECK (bought IN (0, 1)),
    created_at TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (method, mid, trans_id)
) STRICT;

CREATE INDEX attempts_by_order ON attempts (order_id);

CREATE TABLE items (
    attempt_id INTEGER NOT NULL REFERENCES attempts (id),
    product    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    quantity   INTEGER NOT NULL,
    price      INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, product)
) STRICT;

-- What Paygate made of an attempt: one payment as a rule, and more where its redirect was followed more than once.
CREATE TABLE payments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt_id INTEGER NOT NULL REFERENCES attempts (id),
    mid        TEXT    NOT NULL,
    pay_id     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    flags      INTEGER NOT NULL,
    -- A payment belongs to one attempt.
    UNIQUE (mid, pay_id)
) STRICT;

CREATE INDEX payments_by_attempt ON payments (attempt_id);

-- Authentic results. The key is what the MAC covers; the same one again is one more in `count`.
CREATE TABLE callbacks (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    method      TEXT    NOT NULL,
    mid         TEXT    NOT NULL,
    pay_id      TEXT    NOT NULL,
    trans_id    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    code        TEXT    NOT NULL,
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

CREATE INDEX callbacks_by_attempt ON callbacks (trans_id);

-- What a person must look at, and what that person wrote.
CREATE TABLE people (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    callback_id INTEGER NOT NULL REFERENCES callbacks (id),
    reason      TEXT    NOT NULL,
    -- The order that waits for it. NULL: none does.
    order_id    INTEGER REFERENCES orders (id),
    created_at  TEXT    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note        TEXT,
    done_at     TEXT,
    UNIQUE (callback_id, reason)
) STRICT;

CREATE INDEX people_by_order ON people (order_id);

-- Who opened the shopkeeper's pages, and what was done there.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    action TEXT NOT NULL
) STRICT;
