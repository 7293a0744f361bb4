-- Reports that are played again: added to staged_rejection. The counter of an ECU only grows, and its time never goes
-- back; the very same report again is no fault. Grain: one row per staged report and fault.
insert into staged_rejection
with
fresh as (
  select *
  from staged_report f
  where f.sha256 = :sha256
    and not exists (select 1 from version_report k where k.report_sha256 = f.report_sha256)
  qualify row_number() over (partition by f.report_sha256 order by f.row_no) = 1
),
taken as (
  select vin, ecu_serial, max(counter) as last_counter, max(reported_at) as last_time
  from version_report
  where vin in (select vin from fresh)
  group by vin, ecu_serial
),
counted as (
  select f.*, t.last_time,
    -- Of two reports with one counter in one file the first is taken.
    case
      when f.counter <= t.last_counter then t.last_counter
      when row_number() over (partition by f.vin, f.ecu_serial, f.counter order by f.row_no) > 1 then f.counter
    end as counter_taken
  from fresh f
  left join taken t on t.vin = f.vin and t.ecu_serial = f.ecu_serial
),
timed as (
  select *,
    greatest(
      last_time,
      max(reported_at) over (
        partition by vin, ecu_serial order by counter rows between unbounded preceding and 1 preceding)) as time_taken
  from counted
  where counter_taken is null
)
select :sha256, 'ERROR', row_no, null, line, raw, 'counter', 'REPLAYED', ecu_serial || ' ' || counter,
  'a counter above ' || counter_taken || ', which was taken before'
from counted
where counter_taken is not null
union all
select :sha256, 'ERROR', row_no, null, line, raw, 'time', 'REPLAYED',
  ecu_serial || ' ' || strftime(reported_at, '%Y-%m-%dT%H:%M:%SZ'),
  'a time not before ' || strftime(time_taken, '%Y-%m-%dT%H:%M:%SZ') || ', which was taken before'
from timed
where reported_at < time_taken;
