-- One row: the verdict of one campaign on one vehicle, its reasons as JSON.
select verdict, to_json(reasons)::varchar as reasons from assess(:campaign) where vin = :vin;
