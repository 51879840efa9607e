-- Activities of each question, in the months in which their unit belonged to the place, of the asked kinds.
create table asked_activity as
select q.q, q.p, q.kpi, q.per_member, pu.month, a.*
from question q
join place using (p)
join place_unit pu using (p)
join activity a on a.centre = pu.centre and a.unit = pu.unit and a.date[1:7] = pu.month
  and a.date between place."from" and place."to"
where q.kpi in ('study_sessions', 'study_hours_per_member', 'attendance_rate', 'available_attendance_rate', 'unexcused_rate')
  and (q.kinds is null or list_has_any(a.kinds, q.kinds));

create macro is_study(kinds) as list_has_any(kinds, ['first_topic', 'collective_study', 'expert_lecture', 'online_study',
  'group_study', 'party_lecture', 'site_study', 'theme_day']);

insert into figure
select q, count(*), count(*), null, count(*), 0
from asked_activity where kpi = 'study_sessions' and not per_member and is_study(kinds) group by q;

-- Study sessions per member: those of units that count, over the members.
insert into figure
select a.q, count(c.unit) / nullif(any_value(t.members), 0), count(c.unit), coalesce(any_value(t.members), 0), count(*),
  count(*) - count(c.unit)
from asked_activity a
left join counts_per_member c on c.p = a.p and c.family = 'activity' and c.month = a.month and c.unit = a.unit
left join member_total t on t.p = a.p and t.family = 'activity'
where a.kpi = 'study_sessions' and a.per_member and is_study(a.kinds) group by a.q;

insert into figure
select a.q, coalesce(sum(present * hours) filter (c.unit is not null), 0) / nullif(any_value(t.members), 0),
  coalesce(sum(present * hours) filter (c.unit is not null), 0), coalesce(any_value(t.members), 0), count(*),
  count(*) filter (c.unit is null or present is null or hours is null)
from asked_activity a
left join counts_per_member c on c.p = a.p and c.family = 'activity' and c.month = a.month and c.unit = a.unit
left join member_total t on t.p = a.p and t.family = 'activity'
where a.kpi = 'study_hours_per_member' and is_study(a.kinds) group by a.q;

insert into figure
select q, coalesce(sum(present) filter (expected is not null), 0) / nullif(sum(expected) filter (present is not null), 0),
  coalesce(sum(present) filter (expected is not null), 0), coalesce(sum(expected) filter (present is not null), 0),
  count(*), count(*) filter (present is null or expected is null)
from asked_activity where kpi = 'attendance_rate' group by q;

-- Those who could come: not on duty, not exempt.
insert into figure
select q, sum(present) filter (known) / nullif(sum(expected - on_duty - exempt) filter (known), 0),
  coalesce(sum(present) filter (known), 0), coalesce(sum(expected - on_duty - exempt) filter (known), 0),
  count(*), count(*) filter (not known)
from (select *, present is not null and expected is not null and on_duty is not null and exempt is not null as known
  from asked_activity where kpi = 'available_attendance_rate')
group by q;

insert into figure
select q, sum(unexcused) filter (known) / nullif(sum(expected) filter (known), 0),
  coalesce(sum(unexcused) filter (known), 0), coalesce(sum(expected) filter (known), 0), count(*), count(*) filter (not known)
from (select *, unexcused is not null and expected is not null as known from asked_activity where kpi = 'unexcused_rate')
group by q;
