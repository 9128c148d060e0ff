-- The file in which it went. NULL: in none.
ALTER TABLE gateway_refunds ADD COLUMN file text;
-- Whose money it is: a file holds the refunds of one account.
ALTER TABLE gateway_refunds ADD COLUMN account text NOT NULL DEFAULT '';

CREATE INDEX gateway_refunds_by_file ON gateway_refunds (file, id) WHERE file IS NOT NULL;
CREATE INDEX gateway_refunds_for_files ON gateway_refunds (gateway, account, id) WHERE channel = 'batch' AND state = 'planned';
