-- Grain: one row.
insert into gate_decision (campaign, wave, decided_at, verdict, explanation, total, installed, failed, silent, declined,
  success_since, worst_group, worst_failures, worst_outcomes)
values (:campaign, :wave, :now, :verdict, :explanation, :total, :installed, :failed, :silent, :declined,
  :success_since, :worst_group, :worst_failures, :worst_outcomes);
