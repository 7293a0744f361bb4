-- Grain: one row per run and check.
insert into audit_finding_count
select :run, :check, :severity, :title, findings, :rows, :now from audit_found;
