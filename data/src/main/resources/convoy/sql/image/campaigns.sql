-- Grain: one row per campaign that is approved or running and whose update needs the image.
select distinct c.campaign
from campaign c
join update_image i on i.update_name = c.update_name and i.update_version = c.update_version
where i.image_sha256 = :sha256 and c.state in ('APPROVED', 'RUNNING')
order by c.campaign;
