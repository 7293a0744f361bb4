-- The images that manifests of the campaign may name: those of every release for the modules of its update, because vehicles
-- that go back get those of other updates. Grain: one row per release and image.
-- install_order: that of the campaign's update, reversed where vehicles go back.
with
release as (
  select module, release_counter, update_name, update_version from update_target
  union all
  select module, release_counter, update_name, update_version from re_release
)
select r.module, r.release_counter, i.hardware, i.image_name,
  i.image_length, i.image_sha256, i.image_sha512,
  coalesce(e.encrypted_length, 0) as encrypted_length, coalesce(e.encrypted_sha256, '') as encrypted_sha256,
  coalesce(e.encrypted_sha512, '') as encrypted_sha512, t.to_version,
  case when :rollback then o.most - o.install_order else o.install_order end as install_order, o.install_group
from campaign c
join (
  select *, max(install_order) over (partition by update_name, update_version) as most from update_target
) o on o.update_name = c.update_name and o.update_version = c.update_version
join release r on r.module = o.module
join update_target t
  on t.update_name = r.update_name and t.update_version = r.update_version and t.module = r.module
join update_image i
  on i.update_name = t.update_name and i.update_version = t.update_version and i.module = t.module
-- An image that is not kept has no hash; the signer refuses it.
left join image e on e.sha256 = i.image_sha256
where c.campaign = :campaign
order by r.module, r.release_counter, i.image_name;
