-- Questions that met no record: nothing, of something that is counted.
create table whole_figure as
select q.*, f.value, coalesce(f.numerator, 0) as numerator, coalesce(f.records, 0) as records, coalesce(f.unknown, 0) as unknown,
  case
    when q.kpi in ('study_sessions', 'visits', 'volunteers', 'volunteer_hours', 'rectification_overdue', 'contradictions')
      and not q.per_member then null
    else coalesce(f.denominator, t.members, 0)
  end as denominator
from (
  select *, case when per_member or kpi = 'study_hours_per_member' then ledger end as member_ledger
  from (select *, case
    when kpi in ('visits', 'visit_issues_resolved_rate') then 'visit'
    when kpi in ('volunteers', 'volunteer_hours') then 'volunteering'
    when starts_with(kpi, 'rectification') then 'rectification'
    else 'activity' end as ledger
  from question)
) q
left join figure f using (q)
left join member_total t on t.p = q.p and t.family = q.member_ledger;

create table judged as
select f.*, coalesce(c.covered, 0) as covered, coalesce(c.due, 0) as due,
  case
    when denominator is null then numerator
    when f.kpi = 'rectification_median_days' then f.value
    else numerator / nullif(denominator, 0)
  end as figure,
  -- Known though no ledger covers the period: contradictions, what is still open, meetings that were held.
  case
    when f.kpi in ('contradictions', 'rectification_overdue') then f.records > 0
    when f.kpi = 'norm_compliance' then f.numerator > 0
    else false
  end as told
from whole_figure f left join ledger_coverage c on c.p = f.p and c.family = f.ledger;

-- The four states. What is not reported has no figure; what is due stays known.
create table cell as
select q,
  case when state in ('ok', 'partial') then figure end as value,
  case when silent then null else numerator end as numerator,
  case when silent then null else denominator end as denominator,
  case when silent then 0 else records end as records,
  case when silent then 0 else unknown end as unknown,
  covered, due, state as status,
  -- The unit stood elsewhere in some month of the window.
  (select len(p.months) from place p where p.p = s.p) > (select count(*) from place_month m where m.p = s.p) as partly
from (
  select *, state = 'none' and kpi not in ('norm_compliance', 'ledger_completeness') or (state = 'na' and due = 0 and not told) as silent
  from (
    select *, case
      when not told and due = 0 then 'na'
      when not told and covered = 0 then 'none'
      when figure is null then 'na'
      when due > 0 and covered = due then 'ok'
      else 'partial' end as state
    from judged
  )
) s;
