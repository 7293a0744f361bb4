-- Grain: one row per campaign of the update that is not over.
select campaign
from campaign
where update_name = :name and update_version = :version and state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
order by campaign;
