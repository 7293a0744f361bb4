-- SHA-256 over what a plan is made from and what comes of it: the campaign's digest, and each vehicle with its wave. It
-- is taken in parts, so that no text has the whole fleet in it. Grain: one row.
with
part as (
  select left(md5(vin), 2) as part, sha256(string_agg(vin || ' ' || wave || chr(10), '' order by vin)) as digest
  from assignment
  where campaign = :campaign
  group by part
)
select sha256(
  (select digest from campaign where campaign = :campaign) || chr(10)
  || coalesce(string_agg(part || ' ' || digest || chr(10), '' order by part), ''))
from part;
