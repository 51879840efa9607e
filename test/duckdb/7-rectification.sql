-- Problems raised in the window, looked at on the day of the cut. Long-term ones are shown apart.
create table asked_problem as
select q.q, q.kpi, place.cut, r.date, r.due_on, coalesce(r.closed_on <= place.cut, false) as closed, r.closed_on
from question q
join place using (p)
join place_unit pu using (p)
join rectification r on r.centre = pu.centre and r.unit = pu.unit and r.date[1:7] = pu.month
  and r.date between place."from" and place."to"
where q.kpi in ('rectification_closure_rate', 'rectification_on_time_rate', 'rectification_median_days')
  and r.nature is distinct from 'long_term';

insert into figure
select q, count(*) filter (closed) / count(*), count(*) filter (closed), count(*), count(*), 0
from asked_problem where kpi = 'rectification_closure_rate' group by q;

-- Of those that have fallen due, by their original date.
insert into figure
select q, count(*) filter (closed and closed_on <= due_on) / count(*), count(*) filter (closed and closed_on <= due_on),
  count(*), count(*), 0
from asked_problem where kpi = 'rectification_on_time_rate' and due_on <= cut group by q;

-- Open past their date on the window's last day, whenever raised, in the units that then belonged to the place.
insert into figure
select q.q, count(*), count(*), null, count(*), 0
from question q
join place using (p)
join place_unit pu on pu.p = q.p and pu.month = place."to"[1:7]
join rectification r on r.centre = pu.centre and r.unit = pu.unit and r.date <= place."to"
where q.kpi = 'rectification_overdue' and r.nature is distinct from 'long_term' and r.due_on < place."to"
  and (r.closed_on is null or r.closed_on > place."to")
group by q.q;

-- Kaplan–Meier: a problem lives from the day on which it was raised to that of its closing, and is censored at
-- the cut while it is open. The median is the first age at which no more than half stay open.
create table life as
select q, closed, date_diff('day', date::date, (case when closed then closed_on else cut end)::date) as days
from asked_problem where kpi = 'rectification_median_days';

create table survival as
with ended as (
  select q, days, count(*) filter (closed) as closed, count(*) as gone from life group by q, days
), at_risk as (
  select q, days, closed, sum(gone) over (partition by q order by days desc) as at_risk from ended
)
select q, days, closed, product(1 - closed / at_risk) over (partition by q order by days) as stays_open from at_risk;

insert into figure
select l.q, any_value(m.days), count(*) filter (l.closed), count(*), count(*), 0
from life l
left join (select q, min(days) as days from survival where closed > 0 and stays_open <= 0.5 + 1e-12 group by q) m on m.q = l.q
group by l.q;
