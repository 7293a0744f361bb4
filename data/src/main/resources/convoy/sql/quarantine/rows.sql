-- The rejected rows of a file that have not landed since, with :rule only those that broke it; the rules are all that the row broke.
-- Grain: one row per rejected row, in file order.
select row_no, any_value(sheet) as sheet, any_value(line) as line, any_value(raw) as raw, list(rule order by rule) as rules
from quarantine
where sha256 = :sha256 and file = :file and released_at is null
group by row_no
having :rule::varchar is null or list_contains(list(rule), :rule)
order by row_no;
