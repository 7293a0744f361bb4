-- The images that are kept or that a registered update needs. Grain: one row per image; null columns: not kept.
with
used as (
  select image_sha256 as sha256, list_sort(list(distinct update_name || ' ' || update_version)) as updates,
    min(image_name) as name
  from update_image
  group by image_sha256
)
select coalesce(i.sha256, u.sha256) as sha256, i.length, i.sha512, i.encrypted_length, i.encrypted_sha256,
  i.encrypted_sha512, i.stored_at, i.verified_at, coalesce(to_json(u.updates), '[]')::varchar as updates,
  coalesce(u.name, '') as name
from image i
full join used u on u.sha256 = i.sha256
order by name, sha256;
