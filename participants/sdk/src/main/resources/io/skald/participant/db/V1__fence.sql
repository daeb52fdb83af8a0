-- What became of each step that was asked of this participant. OPEN is written and settled within
-- one transaction, so nobody else ever reads it; should it be there, nothing has happened yet.
CREATE TABLE "${flyway:defaultSchema}".fence (
  saga_id              uuid        NOT NULL,
  step                 text        NOT NULL,
  item                 text        NOT NULL DEFAULT '',
  state                text        NOT NULL
    CHECK (state IN ('OPEN', 'DONE', 'REJECTED', 'COMPENSATED', 'TOMBSTONED')),
  action_type          text,
  action_version       integer,
  action_reply         text,
  compensation_type    text,
  compensation_version integer,
  compensation_reply   text,
  created_at           timestamptz NOT NULL DEFAULT now(),
  updated_at           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (saga_id, step, item),
  CHECK (state NOT IN ('DONE', 'REJECTED', 'COMPENSATED')
         OR (action_type IS NOT NULL AND action_version IS NOT NULL AND action_reply IS NOT NULL)),
  CHECK (state <> 'COMPENSATED'
         OR (compensation_type IS NOT NULL AND compensation_version IS NOT NULL
             AND compensation_reply IS NOT NULL))
) WITH (fillfactor = 70); -- each row is inserted, then updated in place

-- For retention. BRIN, because rows come in the order of time and because it keeps updates in place.
CREATE INDEX fence_created_at ON "${flyway:defaultSchema}".fence USING brin (created_at);
