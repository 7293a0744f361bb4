-- What was refused is looked at anew: of vehicles that are to go back (told: false), or of those that were told so and are
-- to be told once more. Grain: one row per vehicle.
delete from refused_rollback r
where r.campaign = :campaign
  and r.vin not in (
    select a.vin from assignment a
    where a.campaign = :campaign and a.state = case when :told then 'ROLLBACK_DUE' else 'ROLLBACK_ISSUED' end);
