create table carrier (
    id       text primary key,
    priority int    not null,
    initial  bigint not null,
    capacity bigint not null check (capacity >= 0)
) with (fillfactor = 40);

create table undeliverable (
    country text primary key
);

create table shipment (
    id          bigint generated always as identity primary key,
    tracking_id text        not null,
    order_id    text        not null,
    carrier     text        not null,
    country     text        not null,
    at          timestamptz not null default now()
);

insert into carrier (id, priority, initial, capacity)
values ('NORDPOST', 1, 1000000, 1000000),
       ('SEAFREIGHT', 2, 1000000, 1000000);

insert into undeliverable (country)
values ('AQ');
