-- Whatever these vehicles report later, nothing is issued to them any more. The first withdrawal that ended an assignment
-- stays its reason; one whose manifest is made anew has the new one.
-- left_too: whether also those do that are left alone, because they were named.
-- Grain: one row per assignment that the withdrawal is for.
update assignment a
set withdrawal = :withdrawal
from meant_vehicle t
where a.campaign = :campaign and t.vin = a.vin
  and (t.outcome <> 'LEFT' or (:left_too and a.withdrawal is null));
