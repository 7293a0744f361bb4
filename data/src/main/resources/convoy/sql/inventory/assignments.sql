-- One vehicle in its campaigns. Grain: one row per campaign.
select campaign, wave, state, attempt, manifest_version, due_at, waiting_for, error_code, reason, state_at
from assignment
where vin = :vin
order by campaign;
