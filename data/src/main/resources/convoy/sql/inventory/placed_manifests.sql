-- Where the manifests of one vehicle stand in the outbox, oldest first. reason: why one takes back what an earlier one
-- asked for, or the vehicle to its earlier versions. Grain: one row per manifest.
select m.version, m.campaign, m.wave, m.shard, m.state, m.issued_at, m.withdraws, m.rollback is not null as rolls_back,
  coalesce(w.reason, r.reason) as reason
from manifest m
left join withdrawal w on w.withdrawal = m.withdrawal
left join rollback r on r.rollback = m.rollback
where m.vin = :vin
order by m.version;
