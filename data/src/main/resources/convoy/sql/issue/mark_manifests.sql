update manifest
set state = 'ISSUED'
where campaign = :campaign and wave = :wave and shard = :shard and state = 'PREPARED';
