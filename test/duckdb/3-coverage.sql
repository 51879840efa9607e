create table family as select unnest(['activity', 'visit', 'volunteering', 'rectification']) as family;

-- The ledger months that came in.
create table covered as
select distinct c.centre, c.unit, c.family, m.month from coverage c join month m on m.month between c.from_month and c.to_month;

-- A unit reports by its own ledger, a branch also by one that names a party group of its.
create table reported as
select s.centre, s.structure, s.month, s.unit, c.family
from stood s join covered c on c.centre = s.centre and c.month = s.month and c.unit = s.unit
union
select g.centre, g.structure, g.month, g.parent, c.family
from stood g join covered c on c.centre = g.centre and c.month = g.month and c.unit = g.unit
where g.level = 'group' and g.parent is not null;

-- Who has to report: branches with no branch under them (an absorbed one does not count); and who does
-- so of their own accord: any other unit that ever handed in such a ledger. Party groups never.
create table inner_unit as
select distinct centre, structure, month, parent as unit from stood
where level = 'branch' and not absorbed and parent is not null;

create table reporting as
select s.centre, s.structure, s.month, s.unit, s.level, f.family
from stood s cross join family f
left join inner_unit i on i.centre = s.centre and i.structure = s.structure and i.month = s.month and i.unit = s.unit
left join (select distinct centre, unit, family from coverage) h
  on h.centre = s.centre and h.unit = s.unit and h.family = f.family
where s.level <> 'group' and ((s.level = 'branch' and i.unit is null) or h.unit is not null);

create table place_reporter as
select pu.p, r.family, pu.centre, pu.structure, pu.month, pu.unit
from place_unit pu
join reporting r on r.centre = pu.centre and r.structure = pu.structure and r.month = pu.month and r.unit = pu.unit;

-- A place in which nobody has to report in any of its months (a party group) stands for itself.
insert into place_reporter
select pm.p, f.family, pm.centre, pm.structure, pm.month, pm.unit
from place_month pm cross join family f
left join (select distinct p, family from place_reporter) known on known.p = pm.p and known.family = f.family
where known.p is null;

-- Unit-months due: the unit exists on some day of the month.
create table due_month as
select r.p, r.family, r.month, r.unit, c.unit is not null as covered
from place_reporter r
join month m using (month)
join unit u on u.centre = r.centre and u.code = r.unit
left join reported c on c.centre = r.centre and c.structure = r.structure and c.month = r.month
  and c.unit = r.unit and c.family = r.family
where coalesce(u.opened_on, '0000') <= m.last and coalesce(u.closed_on, '9999') >= m.first;

create table ledger_coverage as
select p, family, count(*) as due, count(*) filter (covered) as covered from due_month group by p, family;
