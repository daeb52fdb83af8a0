-- initial is what the books are checked against. Updated for every payment: room for new row versions on the same page.
create table account (
    id      text primary key,
    initial numeric(14, 2) not null,
    balance numeric(14, 2) not null check (balance >= 0)
) with (fillfactor = 40);

-- Double entry: each row moves an amount from one account to another. No foreign keys: they would lock
-- the accounts' rows, and no unique order: should the fence ever let a command through twice, the books must show it.
create table ledger (
    id         bigint generated always as identity primary key,
    payment_id text           not null,
    order_id   text           not null,
    debit      text           not null,
    credit     text           not null,
    amount     numeric(14, 2) not null check (amount > 0),
    at         timestamptz    not null default now()
);

insert into account (id, initial, balance)
values ('USR-123', 1000000.00, 1000000.00),
       ('USR-POOR', 1.00, 1.00);
