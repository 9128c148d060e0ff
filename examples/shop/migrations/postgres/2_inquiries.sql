-- The tables of migrations/sqlite/2_inquiries.sql, column for column; what they are for stands there.

CREATE TABLE inquiries (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    method     text             NOT NULL,
    mid        text COLLATE "C" NOT NULL,
    trans_id   text             NOT NULL,
    pay_id     text             NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT CURRENT_TIMESTAMP,
    due_at     bigint,
    wanted     smallint         NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1)),
    token      bigint           NOT NULL DEFAULT 0,
    times      bigint           NOT NULL DEFAULT 0,
    asked_at   timestamptz,
    captured   bigint,
    credited   bigint,
    currency   text,
    failure    text,
    UNIQUE (method, mid, trans_id, pay_id)
);

CREATE INDEX inquiries_due ON inquiries (due_at) WHERE due_at IS NOT NULL;

INSERT INTO inquiries (method, mid, trans_id, pay_id, created_at, due_at)
SELECT method, lower(mid), trans_id, '', created_at, unixepoch() FROM attempts
WHERE state = 'redirected' AND NOT EXISTS (SELECT 1 FROM payments WHERE attempt_id = attempts.id);

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

ALTER TABLE people ALTER COLUMN callback_id DROP NOT NULL;

ALTER TABLE people ADD COLUMN inquiry_id bigint REFERENCES inquiries (id);

ALTER TABLE people ADD CHECK (callback_id IS NOT NULL OR inquiry_id IS NOT NULL);

UPDATE people SET inquiry_id = inquiries.id
FROM callbacks c, inquiries
WHERE c.id = people.callback_id AND inquiries.method = c.method AND inquiries.mid = lower(c.mid)
  AND inquiries.trans_id = c.trans_id AND inquiries.pay_id = c.pay_id;

CREATE UNIQUE INDEX people_by_inquiry ON people (inquiry_id, reason) WHERE callback_id IS NULL;
