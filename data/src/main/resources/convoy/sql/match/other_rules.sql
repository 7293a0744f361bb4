-- Whether today's rules of the campaign judge a kind of vehicle or ECU otherwise than those of the last matching did.
select exists (
    select item, kind, faults from ecu_fault where campaign = :campaign
    except
    select item, kind, faults from judged_ecu_fault where campaign = :campaign)
  or exists (
    select kind, faults from vehicle_fault where campaign = :campaign
    except
    select kind, faults from judged_vehicle_fault where campaign = :campaign)
  or (select max(item) from ecu_fault where campaign = :campaign)
    is distinct from (select max(item) from judged_ecu_fault where campaign = :campaign)
