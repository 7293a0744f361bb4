-- Grain: one row per manifest that was prepared and not issued.
delete from manifest
where campaign = :campaign and state = 'PREPARED';
