-- What speaks against one campaign in each vehicle of vehicle_profile, as the bits of the reasons: none when it is
-- eligible. The eligible set, the counts by reason, the last look before issuing and the explanation of one vehicle all
-- come from here. Grain: one row per vehicle.
-- Filled in: what the audience asks for beyond the kind of vehicle (AudienceSql); a join for each item of the campaign; the bits of the items together; and apart.
select p.vin,
  v.faults
    | case when p.heard_at < :stale_before then {STALE_DATA} else 0 end
    | case when p.vin in (select unnest(excluded_vins) from campaign where campaign = :campaign) then {EXCLUDED} else 0 end{audience}
    | {faults} as faults{parts}
from vehicle_profile p
join vehicle_fault v on v.campaign = :campaign and v.kind = p.vehicle_kind{joins}
