-- Keeps what was found of a root, a key or the list of images. Grain: one row.
insert into repository_part (position, repository, what, role, keyid, state, ends_at, warning, checked_at)
values (:position, :repository, :what, :role, :keyid, :state, :ends, :warning, :now);
