-- What holds the subjects back, for people. Grain: one row per campaign, vehicle and reason.
select h.campaign, h.reason,
  case h.reason
    when 'BUSY_WITH_OTHER_CAMPAIGN' then 'campaign ' || h.holder || ', over ' || coalesce(h.modules, 'one ECU of both')
    else 'region ' || v.region end as found,
  case h.reason
    when 'BUSY_WITH_OTHER_CAMPAIGN' then 'none that goes first or has an open manifest there'
    else 'a local time from ' || strftime(c.window_begins, '%Y-%m-%dT%H:%M') || ' to ' || strftime(c.window_ends, '%Y-%m-%dT%H:%M')
    end as expected
from held_vehicle h
join campaign c on c.campaign = h.campaign
join subject_vehicle v on v.vin = h.vin
order by h.campaign, h.reason;
