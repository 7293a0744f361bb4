-- The last requests for the campaign that came while the store was taken or were done at once, the latest first.
-- Grain: one row per request.
select *
from control_request
where campaign = :campaign
order by done_at desc, asked_at desc
limit :most;
