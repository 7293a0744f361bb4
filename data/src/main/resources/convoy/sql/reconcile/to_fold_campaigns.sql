-- The campaigns with assignments that wait to be folded. Grain: one row per campaign.
select c.campaign, c.state, c.definition, c.consent, c.forced_from, x.campaign is not null as has_ended
from campaign c
left join campaign_end x on x.campaign = c.campaign
where c.campaign in (select campaign from fold_queue)
order by c.campaign;
