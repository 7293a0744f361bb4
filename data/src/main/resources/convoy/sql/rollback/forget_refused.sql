-- What was refused is looked at anew: of vehicles that are to go back, or of those that are to be told so once more.
-- Grain: one row per vehicle.
delete from refused_rollback where campaign = :campaign and told = :told;
