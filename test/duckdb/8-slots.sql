-- The norms' own periods: calendar months, quarters and years, each with its last month.
create table norm_period as
select 'month' as every, month as last_month, first as "from", last as "to", 1 as length from month
union all
select 'quarter', z.month, a.first, z.last, 3 from month z
join month a on a.first = strftime(z.first::date - interval 2 month, '%Y-%m-%d') where z.month[6:7] in ('03', '06', '09', '12')
union all
select 'year', z.month, a.first, z.last, 12 from month z
join month a on a.first = strftime(z.first::date - interval 11 month, '%Y-%m-%d') where z.month[6:7] = '12';

-- Branches of which something may be asked at the end of a month.
create table branch_month as
select distinct r.centre, r.structure, r.month, r.unit from place_unit pu
join reporting r on r.centre = pu.centre and r.structure = pu.structure and r.month = pu.month and r.unit = pu.unit
where r.family = 'activity' and r.level = 'branch';

-- The norm that decides on the month's last day: of those in force that bind the branch or one above it, the
-- most particular layer; in it the one that names the nearest unit; then the latest to begin; then the latest written.
create table deciding as
select b.centre, b.structure, b.month, b.unit, n.kind,
  arg_max(n, struct_pack(
    layer := list_position(['central', 'system', 'centre', 'unit'], n.layer),
    nearness := coalesce(-a.steps, -1000),
    begins := coalesce(n.from_on, ''),
    id := n.id
  )) as norm
from branch_month b
join month m using (month)
join norm n on n.centre = b.centre and coalesce(n.from_on, '0000') <= m.last and coalesce(n.to_on, '9999') >= m.last
left join above a on a.centre = b.centre and a.structure = b.structure and a.month = b.month and a.unit = b.unit
  and a.scope = n.unit
where n.unit is null or a.scope is not null
group by b.centre, b.structure, b.month, b.unit, n.kind;

-- The branch itself and its party groups, who meet in its stead, month by month.
create table filler as
select centre, structure, month, unit as branch, unit from stood
union all
select centre, structure, month, parent, unit from stood where level = 'group' and parent is not null;

create table held as
select f.centre, f.structure, f.month, f.branch, e.kind, count(*) as events
from filler f
join (select centre, unit, date[1:7] as month, unnest(kinds) as kind from activity) e
  on e.centre = f.centre and e.unit = f.unit and e.month = f.month
group by all;

-- What is asked of a branch in a period that it lives through.
create table slot_asked as
select d.centre, d.structure, d.month, d.unit, d.kind, p."from", p."to", p.length, d.norm.per as per, d.norm.min_members as min_members
from deciding d
join norm_period p on p.last_month = d.month and p.every = d.norm.every
join unit u on u.centre = d.centre and u.code = d.unit
where coalesce(u.opened_on, '0000') <= p."from" and coalesce(u.closed_on, '9999') >= p."to";

create table group_count as
select s.centre, s.structure, s.month, s.unit, s.kind, count(*) as groups
from slot_asked s
join stood g on g.centre = s.centre and g.structure = s.structure and g.month = s.month and g.parent = s.unit and g.level = 'group'
join unit u on u.centre = g.centre and u.code = g.unit
where coalesce(u.opened_on, '0000') <= s."from" and coalesce(u.closed_on, '9999') >= s."to"
group by all;

create table slot as
with wanted as (
  select s.*, case when s.per = 'group' then coalesce(g.groups, 0) else 1 end as wanted
  from slot_asked s
  left join group_count g using (centre, structure, month, unit, kind)
  left join members_in h on h.centre = s.centre and h.unit = s.unit and h.month = s."from"[1:7]
  where not (coalesce(h.members < s.min_members, false))
    and not exists (
      from exemption e join above a on a.scope = e.unit and a.centre = e.centre
      where e.centre = s.centre and e.kind = s.kind and s."to" >= e.from_on and s."to" <= coalesce(e.to_on, '9999')
        and a.structure = s.structure and a.month = s.month and a.unit = s.unit
    )
), done as (
  select w.*,
    least(w.wanted, (select coalesce(sum(h.events), 0) from held h where h.centre = w.centre and h.structure = w.structure
      and h.branch = w.unit and h.kind = w.kind and h.month between w."from"[1:7] and w."to"[1:7])) as met,
    (select count(*) from reported r where r.centre = w.centre and r.structure = w.structure and r.unit = w.unit
      and r.family = 'activity' and r.month between w."from"[1:7] and w."to"[1:7]) = w.length as whole
  from wanted w where w.wanted > 0
)
select *, case when whole then wanted else met end as due from done;

-- Every slot whose period ends in the window, of the branches that report for the place in the period's last month.
insert into figure
select q.q, sum(s.met) / nullif(sum(s.due), 0), sum(s.met), sum(s.due), count(*), sum(s.wanted - s.due)
from question q
join place using (p)
join place_unit pu using (p)
join slot s on s.centre = pu.centre and s.structure = pu.structure and s.month = pu.month and s.unit = pu.unit
  and s."to" between place."from" and place."to"
where q.kpi = 'norm_compliance' and (q.kinds is null or list_contains(q.kinds, s.kind))
group by q.q;

insert into figure
select q.q, c.covered / nullif(c.due, 0), c.covered, c.due, c.due, 0
from question q join ledger_coverage c on c.p = q.p and c.family = 'activity'
where q.kpi = 'ledger_completeness';
