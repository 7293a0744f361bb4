-- A campaign that issues nothing waits for nobody. Grain: one row per assignment that waited.
update assignment
set state = case state when 'WAITING' then 'PLANNED' else state end, waiting_for = null,
  state_at = case state when 'WAITING' then :now else state_at end
where campaign = :campaign and waiting_for is not null;
