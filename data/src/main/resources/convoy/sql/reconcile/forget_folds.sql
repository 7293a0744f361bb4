delete from fold_queue q
using offered_folds() f
where q.campaign = f.campaign and q.vin = f.vin;
