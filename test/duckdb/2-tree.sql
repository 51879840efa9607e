-- Calendar months, from a year before the first record to two years after the last.
create table month as
select strftime(day, '%Y-%m') as month, strftime(day, '%Y-%m-%d') as first, strftime(last_day(day), '%Y-%m-%d') as last
from (select unnest(generate_series(date '2020-01-01', date '2026-12-01', interval 1 month)) as day);

-- The calendar years that are asked about, by centre and structure.
create table asked_month as
select a.centre, a.structure, m.*
from (select centre, structure, min(list_min(months))[1:4] as first_year, max(list_max(months))[1:4] as last_year
  from place group by centre, structure) a
join month m on m.month[1:4] between a.first_year and a.last_year;

-- Where each unit stood in each month. Then: where it stood on the month's first day, which the former
-- place says that lasted to that day or beyond and ended first, or else today's. Today: where it stands
-- now, and what was merged stands under its successor ("absorbed").
create table stood as
with each_month as (select * from unit join asked_month using (centre))
select m.centre, 'then' as structure, m.month, m.code as unit, m.level, false as absorbed,
  case when f.until_on is null then m.parent else f.parent end as parent
from each_month m asof left join unit_past f on f.centre = m.centre and f.unit = m.code and m.first <= f.until_on
where m.structure = 'then'
union all
select centre, 'today', month, code, level, merged_into is not null, coalesce(merged_into, parent)
from each_month where structure = 'today';

-- Every unit with itself and all units above it in the month; `steps` up.
create table above as
with recursive up as (
  select centre, structure, month, unit, unit as scope, parent, 0 as steps from stood
  union all
  select up.centre, up.structure, up.month, up.unit, s.unit, s.parent, up.steps + 1
  from up join stood s on s.centre = up.centre and s.structure = up.structure and s.month = up.month and s.unit = up.parent
)
select centre, structure, month, unit, scope, steps from up;

-- The months of a window in which the unit belonged to the asked scope: always, unless it is asked for as
-- a part (`within`), and then while it stood directly under it.
create table place_month as
select p.p, p.centre, p.structure, p.unit, p."to", p.month, m.first, m.last
from (select *, unnest(months) as month from place) p
join month m using (month)
join stood s on s.centre = p.centre and s.structure = p.structure and s.month = p.month and s.unit = p.unit
where p.within is null or p.within = p.unit or s.parent is not distinct from p.within;

-- The units of a place, month by month, and how far below it they stand.
create table place_unit as
select pm.p, pm.centre, pm.structure, pm.month, a.unit, a.steps
from place_month pm
join above a on a.centre = pm.centre and a.structure = pm.structure and a.month = pm.month and a.scope = pm.unit;
