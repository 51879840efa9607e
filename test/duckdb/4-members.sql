-- The list in force on the first day of each month in which a unit exists.
create table members_in as
select m.centre, m.code as unit, m.month, h.members
from (select * from unit cross join month) m
asof join headcount h on h.centre = m.centre and h.unit = m.code and m.first >= h.date
where coalesce(m.opened_on, '0000') <= m.last and coalesce(m.closed_on, '9999') >= m.first;

-- Members of a place by reporting unit: the mean over the whole window, weighed by the part of it in which
-- the unit existed here. Only of units that handed in the ledger here, and that have members.
create table place_members as
with here as (
  select p, family, unit, count(*) as months_here from due_month group by p, family, unit having bool_or(covered)
), mean as (
  select h.p, h.family, h.unit, avg(i.members) as members
  from here h
  join (select p, centre, unnest(months) as month from place) w using (p)
  join members_in i on i.centre = w.centre and i.month = w.month and i.unit = h.unit
  group by h.p, h.family, h.unit
)
select h.p, h.family, h.unit, mean.members * h.months_here / len(place.months) as members
from here h join mean using (p, family, unit) join place using (p)
where mean.members > 0;

-- The reporting unit to which a unit's records of a month belong: itself, or the nearest one above it.
create table record_month as
select distinct centre, unit, date[1:7] as month, 'activity' as family from activity
union all select distinct centre, unit, date[1:7], 'visit' from visit
union all select distinct centre, unit, date[1:7], 'volunteering' from volunteering;

create table nearest_reporter as
select r.centre, a.structure, r.month, r.unit, r.family, min(a.steps) as steps, arg_min(a.scope, a.steps) as reporter
from record_month r
join above a on a.centre = r.centre and a.month = r.month and a.unit = r.unit
join reporting on reporting.centre = a.centre and reporting.structure = a.structure and reporting.month = a.month
  and reporting.unit = a.scope and reporting.family = r.family
group by all;

-- Within a place: where there is none up to the place's own unit, the place stands for itself.
create table place_reporter_of as
select pu.p, r.family, pu.month, pu.unit, case when n.steps <= pu.steps then n.reporter else place.unit end as reporter
from place_unit pu
join place using (p)
join record_month r on r.centre = pu.centre and r.unit = pu.unit and r.month = pu.month
left join nearest_reporter n on n.centre = pu.centre and n.structure = pu.structure and n.month = pu.month
  and n.unit = pu.unit and n.family = r.family;

-- Units whose records count per member, month by month.
create table counts_per_member as
select o.p, o.family, o.month, o.unit from place_reporter_of o
join place_members m on m.p = o.p and m.family = o.family and m.unit = o.reporter;

create table member_total as select p, family, sum(members) as members from place_members group by p, family;

-- What the KPIs come to, one row for each question that met a record; `cells.sql` adds what is silent.
create table figure (q integer, value double, numerator double, denominator double, records bigint, unknown bigint);
