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
) with (fillfactor = 20, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- The structure of each version that has ever run here (law L10).
create table definition (
    name        text        not null,
    version     integer     not null,
    fingerprint text        not null,
    structure   text        not null,
    first_seen  timestamptz not null,
    primary key (name, version)
);

-- Every saga that has not ended: a small table, however many have been run. What never changes
-- comes first, so that the log of an update is short; of what changes with most updates only the
-- wake-up time has an index (ADR 0007). No index but the key's has the id: with one, a
-- planner that thinks the table empty would look for ids there. Rows come and go thousands of times
-- a second, so the vacuum of this small table must be quick, and must not lock it to give back space.
create table saga (
    id          uuid        primary key,
    shard       integer     not null,
    version     integer     not null,
    created_at  timestamptz not null,
    place       bigint      not null default 0,
    definition  text        not null,
    saga_key    text        not null,
    status      text        not null,
    seq         bigint      not null,
    updated_at  timestamptz not null,
    next_due_at timestamptz,
    data        text        not null,
    state       text        not null,
    constraint saga_status_is_known check (
        status in ('QUEUED', 'RUNNING', 'COMPENSATING', 'PARKED', 'HELD')),
    -- Law L8: what moves by itself has a wake-up time, and nothing else has one.
    constraint saga_active_has_wake_up check (
        (status in ('QUEUED', 'PARKED', 'HELD')) = (next_due_at is null))
) with (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = off
);

create index saga_due on saga (shard, next_due_at) where next_due_at is not null;
create index saga_parked on saga (shard) where status = 'PARKED';
-- The lines of exclusive definitions (ADR 0015); of all other sagas the place is 0.
create index saga_line on saga (shard, definition, saga_key, place) where place > 0;
create index saga_listing on saga (created_at desc);
create index saga_not_running on saga (status, created_at desc) where status <> 'RUNNING';

-- The sagas that have ended, by the week of their end: a week is archived and dropped as a whole.
-- A start with a key looks into each of them, so they are few (ADR 0012).
create table saga_ended (
    id         uuid        not null,
    shard      integer     not null,
    version    integer     not null,
    created_at timestamptz not null,
    place      bigint      not null default 0,
    definition text        not null,
    saga_key   text        not null,
    status     text        not null,
    seq        bigint      not null,
    updated_at timestamptz not null,
    ended_at   timestamptz not null,
    data       text        not null,
    state      text        not null,
    primary key (id, ended_at),
    constraint saga_ended_status_is_known check (status in ('COMPLETED', 'COMPENSATED', 'ABORTED'))
) partition by range (ended_at);

create index saga_ended_listing on saga_ended (created_at desc);
create index saga_ended_by_definition on saga_ended (definition, created_at desc);
create index saga_ended_line on saga_ended (definition, saga_key) where place > 0;
create index saga_ended_not_completed on saga_ended (status, created_at desc)
    where status <> 'COMPLETED';

-- Where a row goes for whose week no partition has been made; it should stay empty.
create table saga_ended_default partition of saga_ended default;

-- All sagas, for those who read.
create view sagas as
    select id, shard, version, created_at, place, definition, saga_key, status, seq, updated_at,
        next_due_at, data, state
    from saga
    union all
    select id, shard, version, created_at, place, definition, saga_key, status, seq, updated_at,
        null::timestamptz, data, state
    from saga_ended;

-- One row for each transition: the entries it made, and so the messages it sends. Within a shard
-- the sequence has no gaps and commits in order, for a shard has one writer.
create table journal (
    shard    integer     not null,
    seq      bigint      not null,
    saga_seq bigint      not null,
    at       timestamptz not null,
    saga_id  uuid        not null,
    cause    text        not null,
    body     text        not null,
    primary key (shard, seq, at)
) partition by range (at);

create index journal_by_saga on journal (saga_id, saga_seq);

-- Where a row goes for whose day no partition has been made; it should stay empty.
create table journal_default partition of journal default;

-- Makes the partitions of a table that has one for each day or week in UTC, from the present one on;
-- weeks begin on Monday. Safe to call at any time. What is only ever added to and dropped as a whole
-- needs no vacuum, and few statistics.
create function make_partitions(parent text, width text, ahead integer) returns void
language plpgsql as $$
declare
    step interval := ('1 ' || width)::interval;
    first timestamp := date_trunc(width, now() at time zone 'UTC');
begin
    -- Several orchestrators may be at it at once, and "if not exists" looks before it locks.
    perform pg_advisory_xact_lock(hashtext('make_partitions ' || parent));
    for i in 0 .. ahead loop
        execute format(
            'create table if not exists %I partition of %I for values from (%L) to (%L)'
                ' with (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 1)',
            parent || '_' || to_char(first + i * step, 'YYYYMMDD'),
            parent,
            to_char(first + i * step, 'YYYY-MM-DD') || ' 00:00:00+00',
            to_char(first + (i + 1) * step, 'YYYY-MM-DD') || ' 00:00:00+00');
    end loop;
end;
$$;

-- Fails, and so undoes all that was sent along, unless a lane still owns every shard that it writes.
-- The detail names those that it has lost.
create function require_shards(wanted integer[], written integer[]) returns void
language plpgsql as $$
declare
    lost text := (
        select string_agg(w::text, ',') from unnest(wanted) w where w <> all (coalesce(written, '{}')));
begin
    if lost is not null then
        raise exception 'Another owner has taken shards %', lost using errcode = 'SK001', detail = lost;
    end if;
end;
$$;

-- Fails, and so undoes all that was sent along, unless a statement has met all of its rows.
create function require_rows(what text, wanted bigint, met bigint) returns void
language plpgsql as $$
begin
    if met <> wanted then
        raise exception 'Expected to % % sagas, but found only %', what, wanted, met
            using errcode = 'SK002';
    end if;
end;
$$;
