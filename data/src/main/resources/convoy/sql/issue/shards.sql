-- The shards that are prepared and not issued and install something. carrying: how many of its manifests carry others.
-- Grain: one row per shard, in the order in which campaigns go first.
select m.campaign, m.wave, m.shard, m.withdrawal, m.rollback, count(*) as vehicles,
  count(*) filter ((m.vin, m.version) in (select k.vin, k.version from carried k)) as carrying
from manifest m
join campaign c on c.campaign = m.campaign and c.state = 'RUNNING'
where m.state = 'PREPARED' and m.withdrawal is null and m.rollback is null
  and list_contains(cast(cast(:campaigns as json) as varchar[]), m.campaign)
group by m.campaign, m.wave, m.shard, m.withdrawal, m.rollback, c.urgency, c.priority, c.created_at, c.campaign
order by {first}, m.wave, m.shard;
