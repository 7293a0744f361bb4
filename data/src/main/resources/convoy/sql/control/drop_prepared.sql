-- What withdraws a manifest stays: it is wanted whatever becomes of the campaign.
-- Grain: one row per manifest that was prepared and not issued.
delete from manifest
where campaign = :campaign and state = 'PREPARED' and withdrawal is null;
