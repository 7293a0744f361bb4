-- Grain: one row per vehicle that the campaign's update fits.
insert into eligible
select :campaign, vin from assessed where verdict = 'ELIGIBLE';
