-- Named vehicles that the campaign did not plan join its last wave, to leave it there: so neither plan/join_last_wave.sql
-- nor a later import brings them back. Grain: one row per such vehicle.
insert into assignment (campaign, vin, wave, state, attempt, state_at)
select :campaign, n.vin, (select max(wave) from wave where campaign = :campaign), 'PLANNED', 0, :now
from (select unnest(cast(cast(:vins as json) as varchar[])) as vin) n
where not exists (select 1 from assignment a where a.campaign = :campaign and a.vin = n.vin);
