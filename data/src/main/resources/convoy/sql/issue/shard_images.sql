-- The images that the manifests of one shard name, each by its module and the counter of its release, which may be that of
-- another update when vehicles go back. Grain: one row per image and hardware part that gets it.
-- install_order: that of the campaign's update, reversed where vehicles go back.
with
named as (
  select distinct k.module, k.hardware_part, coalesce(k.release_counter, t.release_counter) as release_counter,
    case when m.rollback is null then t.install_order else t.most - t.install_order end as install_order,
    t.install_group
  from manifest m
  join manifest_target k on k.vin = m.vin and k.version = m.version
  join campaign c on c.campaign = m.campaign
  join (
    select *, max(install_order) over (partition by update_name, update_version) as most from update_target
  ) t on t.update_name = c.update_name and t.update_version = c.update_version and t.module = k.module
  where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.withdrawal is null
),
release as (
  select module, release_counter, update_name, update_version from update_target
  union all
  select module, release_counter, update_name, update_version from re_release
)
select n.module, n.release_counter, n.hardware_part, i.image_name,
  i.image_length, i.image_sha256, i.image_sha512,
  coalesce(e.encrypted_length, 0) as encrypted_length, coalesce(e.encrypted_sha256, '') as encrypted_sha256,
  coalesce(e.encrypted_sha512, '') as encrypted_sha512, t.to_version, n.install_order, n.install_group
from named n
join release r on r.module = n.module and r.release_counter = n.release_counter
join update_target t
  on t.update_name = r.update_name and t.update_version = r.update_version and t.module = r.module
join update_image i
  on i.update_name = t.update_name and i.update_version = t.update_version and i.module = t.module
  and (len(i.hardware) = 0 or list_contains(i.hardware, n.hardware_part))
-- An image that is not kept has no hash; the signer refuses it.
left join image e on e.sha256 = i.image_sha256
order by n.install_order, n.module, n.release_counter, n.hardware_part, i.image_name;
