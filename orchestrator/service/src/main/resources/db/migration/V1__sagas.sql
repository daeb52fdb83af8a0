-- Everything the lanes write and the REST API reads. Every hot row carries its shard and nothing
-- joins across shards, so the same schema spreads over a distributed PostgreSQL.

-- One row for each shard. Each lane transaction writes it first, WHERE epoch = mine: its lock and
-- its epoch keep a former owner out. Small and always updated in place, hence the fill factor.
create table shard (
    id            integer     primary key,
    epoch         bigint      not null,
    owner         text        not null,
    journal_seq   bigint      not null,
    published_seq bigint      not null,
    offsets       text        not null,
    claimed_at    timestamptz not null,
    check (published_seq <= journal_seq)
) with (fillfactor = 20);

-- The structure of each version that has ever run here (law L10).
create table definition (
    name        text        not null,
    version     integer     not null,
    fingerprint text        not null,
    structure   text        not null,
    first_seen  timestamptz not null,
    primary key (name, version)
);

create table saga (
    id          uuid        primary key,
    shard       integer     not null,
    definition  text        not null,
    version     integer     not null,
    status      text        not null,
    saga_key    text        not null,
    seq         bigint      not null,
    data        text        not null,
    state       text        not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    next_due_at timestamptz,
    constraint saga_status_is_known check
        (status in ('RUNNING', 'COMPENSATING', 'PARKED', 'COMPLETED', 'COMPENSATED', 'ABORTED')),
    -- Law L8: what moves by itself has a wake-up time, and nothing else has one.
    constraint saga_active_has_wake_up check
        ((status in ('RUNNING', 'COMPENSATING')) = (next_due_at is not null))
) with (fillfactor = 60);

create index saga_due on saga (shard, next_due_at) where next_due_at is not null;
create index saga_parked on saga (shard) where status = 'PARKED';
create index saga_listing on saga (created_at desc, id desc);
create index saga_by_definition on saga (definition, created_at desc, id desc);
create index saga_by_key on saga (saga_key);

-- One row for each transition: the entries it made, and so the messages it sends. Within a shard
-- the sequence has no gaps and commits in order, for a shard has one writer.
create table journal (
    shard    integer     not null,
    seq      bigint      not null,
    saga_id  uuid        not null,
    saga_seq bigint      not null,
    cause    text        not null,
    body     text        not null,
    at       timestamptz not null,
    primary key (shard, seq, at)
) partition by range (at);

create index journal_by_saga on journal (saga_id, saga_seq);

-- Where a row goes for whose day no partition has been made; it should stay empty.
create table journal_default partition of journal default;

-- Makes the journal's partitions, one a day in UTC, from today on. Safe to call at any time.
create function make_journal_partitions(days integer) returns void language plpgsql as $$
declare
    day date := (now() at time zone 'UTC')::date;
begin
    for i in 0 .. days - 1 loop
        execute format(
            'create table if not exists journal_%s partition of journal for values from (%L) to (%L)',
            to_char(day + i, 'YYYYMMDD'),
            to_char(day + i, 'YYYY-MM-DD') || ' 00:00:00+00',
            to_char(day + i + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
    end loop;
end;
$$;
