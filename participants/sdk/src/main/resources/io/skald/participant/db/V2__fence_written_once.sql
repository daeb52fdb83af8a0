-- A row is inserted as it will stay, no longer as OPEN; only a compensation changes it once more.
-- Not partitioned by day: saga_id says nothing of the day, so each lookup would probe the index of
-- every day, and no primary key would hold across two of them, which is what the fence rests on.
ALTER TABLE "${flyway:defaultSchema}".fence SET (fillfactor = 90);
