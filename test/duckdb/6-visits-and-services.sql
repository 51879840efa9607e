create table asked_visit as
select q.q, q.p, q.kpi, q.per_member, pu.month, v.*
from question q
join place using (p)
join place_unit pu using (p)
join visit v on v.centre = pu.centre and v.unit = pu.unit and v.date[1:7] = pu.month
  and v.date between place."from" and place."to"
where q.kpi in ('visits', 'visit_issues_resolved_rate') and (q.kinds is null or list_contains(q.kinds, v.kind));

insert into figure
select q, count(*), count(*), null, count(*), 0 from asked_visit where kpi = 'visits' and not per_member group by q;

insert into figure
select v.q, count(c.unit) / nullif(any_value(t.members), 0), count(c.unit), coalesce(any_value(t.members), 0), count(*),
  count(*) - count(c.unit)
from asked_visit v
left join counts_per_member c on c.p = v.p and c.family = 'visit' and c.month = v.month and c.unit = v.unit
left join member_total t on t.p = v.p and t.family = 'visit'
where v.kpi = 'visits' and v.per_member group by v.q;

insert into figure
select q, sum(resolved) filter (known) / nullif(sum(raised) filter (known), 0),
  coalesce(sum(resolved) filter (known), 0), coalesce(sum(raised) filter (known), 0), count(*), count(*) filter (not known)
from (select *, raised is not null and resolved is not null as known from asked_visit where kpi = 'visit_issues_resolved_rate')
group by q;

-- Services have no kinds.
create table asked_service as
select q.q, q.p, q.kpi, q.per_member, pu.month, s.*
from question q
join place using (p)
join place_unit pu using (p)
join volunteering s on s.centre = pu.centre and s.unit = pu.unit and s.date[1:7] = pu.month
  and s.date between place."from" and place."to"
where q.kpi in ('volunteers', 'volunteer_hours');

-- "50余人" is at least fifty, and not known.
insert into figure
select q, coalesce(sum(coalesce(participants, participants_min)), 0), coalesce(sum(coalesce(participants, participants_min)), 0),
  null, count(*), count(*) filter (participants is null)
from asked_service where kpi = 'volunteers' and not per_member group by q;

insert into figure
select q, coalesce(sum(coalesce(participants, participants_min) * hours), 0),
  coalesce(sum(coalesce(participants, participants_min) * hours), 0), null, count(*),
  count(*) filter (participants is null or hours is null)
from asked_service where kpi = 'volunteer_hours' and not per_member group by q;

-- Per member nothing is counted by its lower bound.
insert into figure
select q, coalesce(sum(adds) filter (counts), 0) / nullif(any_value(members), 0), coalesce(sum(adds) filter (counts), 0),
  coalesce(any_value(members), 0), count(*), count(*) filter (not counts or adds is null)
from (
  select s.q, c.unit is not null as counts, t.members,
    case s.kpi when 'volunteers' then s.participants else s.participants * s.hours end as adds
  from asked_service s
  left join counts_per_member c on c.p = s.p and c.family = 'volunteering' and c.month = s.month and c.unit = s.unit
  left join member_total t on t.p = s.p and t.family = 'volunteering'
  where s.per_member
)
group by q;

insert into figure
select q.q, count(*), count(*), null, count(*), 0
from question q
join place using (p)
join place_unit pu using (p)
join contradiction d on d.centre = pu.centre and d.unit = pu.unit and d.date[1:7] = pu.month
  and d.date between place."from" and place."to"
where q.kpi = 'contradictions' group by q.q;
