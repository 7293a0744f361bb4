-- Grain: one row per vehicle that is not told to go back for that reason.
insert into refused_rollback
select :campaign, unnest(cast(cast(:vins as json) as varchar[])), false, :reason, :now;
