-- event is the OrderCreated as it is published. published says that Kafka has it.
create table purchase (
    id              text primary key,
    event           text        not null,
    idempotency_key text unique,
    created_at      timestamptz not null default now(),
    published       boolean     not null default false
) with (fillfactor = 80);

create index purchase_unpublished on purchase (created_at) where not published;

-- What is known about an order. Rows are only added, so it does not matter in which order they come, or how often.
create table fact (
    order_id text        not null,
    name     text        not null,
    at       timestamptz not null,
    detail   text,
    primary key (order_id, name)
);
