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

-- The reporting unit of the place to which a unit's records of a month belong: itself, the nearest one above
-- it within the place, or else the place.
create table place_reporter_of as
select pu.p, f.family, pu.month, pu.unit,
  coalesce(arg_min(a.scope, a.steps) filter (r.unit is not null), any_value(place.unit)) as reporter
from place_unit pu
join place using (p)
cross join family f
join above a on a.centre = pu.centre and a.structure = pu.structure and a.month = pu.month and a.unit = pu.unit
join above inside on inside.centre = a.centre and inside.structure = a.structure and inside.month = a.month
  and inside.unit = a.scope and inside.scope = place.unit
left join reporting r on r.centre = a.centre and r.structure = a.structure and r.month = a.month
  and r.unit = a.scope and r.family = f.family
group by pu.p, f.family, pu.month, pu.unit;

-- Units whose records count per member, month by month.
create table counts_per_member as
select o.p, o.family, o.month, o.unit from place_reporter_of o
join place_members m on m.p = o.p and m.family = o.family and m.unit = o.reporter;

create table member_total as select p, family, sum(members) as members from place_members group by p, family;

-- What the KPIs come to, one row for each question that met a record; `cells.sql` adds what is silent.
create table figure (q integer, value double, numerator double, denominator double, records bigint, unknown bigint);
