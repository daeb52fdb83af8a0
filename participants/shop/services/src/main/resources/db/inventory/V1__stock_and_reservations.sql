-- on_hand is what can still be reserved.
create table stock (
    product_id text primary key,
    initial    bigint not null,
    on_hand    bigint not null check (on_hand >= 0)
) with (fillfactor = 40);

-- Not unique: should the fence ever let a command through twice, the books must show it.
create table reservation (
    id             bigint generated always as identity primary key,
    reservation_id text        not null,
    order_id       text        not null,
    product_id     text        not null,
    quantity       bigint      not null check (quantity > 0),
    state          text        not null default 'RESERVED' check (state in ('RESERVED', 'RELEASED', 'SHIPPED')),
    at             timestamptz not null default now()
);

create index reservation_by_id on reservation (reservation_id);

insert into stock (product_id, initial, on_hand)
values ('PROD-456', 1000000, 1000000),
       ('PROD-RARE', 1, 1);
