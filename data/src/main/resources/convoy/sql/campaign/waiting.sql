-- Who waits for whom because of this campaign. Grain: one row per pair of campaigns.
select campaign, waiting_for, count(*) as vehicles
from assignment
where waiting_for is not null and (campaign = :campaign or waiting_for = :campaign)
group by campaign, waiting_for
order by campaign, waiting_for;
