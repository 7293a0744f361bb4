-- Grain: one row: how many rejections of the campaign the audit log has more than the signed acts.
select
  (select count(*) from audit_log where act = 'SIGNED_REJECTED' and subject = :campaign)
  - (select count(*) from signed_act where act = 'REJECTED' and subject = 'campaign ' || :campaign) as missing
