-- The tables of migrations/sqlite/1_shop.sql, column for column; what they are for stands there.

-- The two words of SQLite that our queries use, so that one query serves both.
CREATE FUNCTION datetime(moment timestamptz) RETURNS text LANGUAGE sql STABLE
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS');

CREATE FUNCTION unixepoch(moment timestamptz) RETURNS bigint LANGUAGE sql STABLE
    RETURN CAST(floor(extract(epoch FROM moment)) AS bigint);

CREATE FUNCTION unixepoch() RETURNS bigint LANGUAGE sql STABLE
    RETURN unixepoch(now());

CREATE TABLE shop (
    id   smallint PRIMARY KEY CHECK (id = 1),
    demo smallint NOT NULL CHECK (demo IN (0, 1))
);

CREATE TABLE orders (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token      text        NOT NULL UNIQUE,
    session    text        NOT NULL,
    demo       smallint    NOT NULL CHECK (demo IN (0, 1)),
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX orders_by_session ON orders (session);

CREATE TABLE carts (
    session  text PRIMARY KEY,
    order_id bigint REFERENCES orders (id)
);

CREATE INDEX carts_by_order ON carts (order_id);

-- "C" is what SQLite does everywhere: order by bytes, and upper and lower case of ASCII alone, whatever the server speaks.
CREATE TABLE cart_items (
    session  text             NOT NULL,
    product  text COLLATE "C" NOT NULL,
    quantity integer          NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (session, product)
);

CREATE TABLE attempts (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id   bigint           NOT NULL REFERENCES orders (id),
    once       text             NOT NULL UNIQUE,
    method     text             NOT NULL,
    mid        text COLLATE "C" NOT NULL,
    trans_id   text             NOT NULL,
    req_id     text             NOT NULL,
    first_name text             NOT NULL,
    last_name  text             NOT NULL,
    email      text             NOT NULL,
    country    text             NOT NULL,
    amount     bigint           NOT NULL CHECK (amount > 0),
    currency   text             NOT NULL,
    state      text             NOT NULL,
    bought     smallint         NOT NULL DEFAULT 0 CHECK (bought IN (0, 1)),
    created_at timestamptz      NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- Found in either case of the MID, so in neither case twice.
CREATE UNIQUE INDEX attempts_by_name ON attempts (trans_id, method, lower(mid));

CREATE INDEX attempts_by_order ON attempts (order_id);

CREATE TABLE items (
    attempt_id bigint           NOT NULL REFERENCES attempts (id),
    product    text COLLATE "C" NOT NULL,
    name       text             NOT NULL,
    quantity   integer          NOT NULL,
    price      bigint           NOT NULL,
    PRIMARY KEY (attempt_id, product)
);

CREATE TABLE payments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id bigint NOT NULL REFERENCES attempts (id),
    mid        text   NOT NULL,
    pay_id     text   NOT NULL,
    state      text   NOT NULL,
    flags      bigint NOT NULL,
    UNIQUE (mid, pay_id)
);

CREATE INDEX payments_by_attempt ON payments (attempt_id);

CREATE TABLE callbacks (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    method      text             NOT NULL,
    mid         text COLLATE "C" NOT NULL,
    pay_id      text             NOT NULL,
    trans_id    text             NOT NULL,
    status      text             NOT NULL,
    code        text             NOT NULL,
    applied     text,
    told_at     timestamptz,
    description text             NOT NULL DEFAULT '',
    count       bigint           NOT NULL DEFAULT 1,
    first_at    timestamptz      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_at     timestamptz      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (method, mid, pay_id, trans_id, status, code)
);

CREATE INDEX callbacks_by_attempt ON callbacks (trans_id);

CREATE TABLE people (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callback_id bigint      NOT NULL REFERENCES callbacks (id),
    reason      text        NOT NULL,
    order_id    bigint REFERENCES orders (id),
    created_at  timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    note        text,
    done_at     timestamptz,
    UNIQUE (callback_id, reason)
);

CREATE INDEX people_by_order ON people (order_id);

CREATE TABLE audit (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    action text        NOT NULL
);
