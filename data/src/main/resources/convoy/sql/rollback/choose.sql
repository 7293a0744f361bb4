-- What becomes of each vehicle that a person means. DUE: it has something of the campaign that can go back. LEFT: it has
-- not, or may still act on its manifest, or has gone back, or is to. Grain: one row per assignment.
create or replace temp table meant_back as
select b.vin, b.state,
  case
    when b.state = 'ROLLBACK_DUE'
        and (b.rollback is null or b.vin in (select vin from refused_rollback where campaign = :campaign and not told))
      then 'DUE'
    when b.state in ('INSTALLED', 'FAILED', 'RETRY_DUE', 'DECLINED', 'EXPIRED', 'CANCELLED', 'SERVICE_REQUIRED')
        and b.vin in (select vin from back_part)
        and b.vin not in (
          select vin from back_part where newer is not null)
        and not exists (
          select 1 from manifest m
          where m.campaign = :campaign and m.vin = b.vin and m.rollback is not null and m.state = 'ISSUED')
      then 'DUE'
    else 'LEFT' end as outcome
from back_vehicle b;
