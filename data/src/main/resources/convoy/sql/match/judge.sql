-- What speaks against one campaign in each vehicle of vehicle_profile, as the bits of the reasons: none when it is
-- eligible. The eligible set, the counts by reason, the last look before issuing and the explanation of one vehicle all
-- come from here. Grain: one row per vehicle.
-- Filled in: the campaign; a join for each item of the campaign; the bits of the items together; what the audience asks for beyond the
-- kind of vehicle, and whom it leaves out (AudienceSql); the bits of the items apart.
select {campaign} as campaign, p.vin,
  v.faults
    | case when p.heard_at < :stale_before then {STALE_DATA} else 0 end
    | {faults}{audience} as faults{parts}
from vehicle_profile p
join vehicle_fault v on v.campaign = {campaign} and v.kind = p.vehicle_kind{joins}
