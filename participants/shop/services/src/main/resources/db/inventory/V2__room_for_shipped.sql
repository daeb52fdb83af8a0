-- Every reservation changes its state once: room on the same page, so that its index has no part in it.
alter table reservation set (fillfactor = 50);
