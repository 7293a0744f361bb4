-- What the images that were asked for are. Grain: one row per module and image; the highest version when one image
-- is registered for several.
select i.module, i.image_sha256, any_value(i.image_length) as image_length, arg_max(t.to_version, t.to_key) as to_version,
  max(t.to_key) as to_key
from update_image i
join update_target t
  on t.update_name = i.update_name and t.update_version = i.update_version and t.module = i.module
where i.image_sha256 in (select word from asked where kind = 'IMAGE')
group by i.module, i.image_sha256;
