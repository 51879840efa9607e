-- The tables of all centres of chance, each row with the number of its centre, as the product stores
-- them; and what was asked. Days are ISO text: it sorts and cuts as it stands.

create table unit (centre integer, code text, level text, parent text, opened_on text, closed_on text, merged_into text);
create table unit_past (centre integer, unit text, until_on text, parent text);
create table coverage (centre integer, unit text, family text, from_month text, to_month text);
create table headcount (centre integer, unit text, id text, date text, members integer);
create table norm (centre integer, id integer, layer text, unit text, kind text, every text, per text,
  min_members integer, from_on text, to_on text);
create table exemption (centre integer, unit text, kind text, from_on text, to_on text);

create table activity (centre integer, unit text, id text, date text, kinds text[], expected integer, present integer,
  on_duty integer, unexcused integer, exempt integer, hours double);
create table visit (centre integer, unit text, id text, date text, kind text, raised integer, resolved integer);
create table volunteering (centre integer, unit text, id text, date text, participants integer, participants_min integer,
  hours double);
create table rectification (centre integer, unit text, id text, date text, nature text, due_on text, closed_on text);
create table contradiction (centre integer, unit text, id text, date text);

-- Whose figures, when, and seen how: a scope (with `within`, a part of that scope) over a window that
-- the calendar has cut. `months` are those that have begun by the cut.
create table place (p integer primary key, centre integer, structure text, unit text, within text,
  "from" text, "end" text, cut text, "to" text, months text[]);
create table question (q integer primary key, p integer, kpi text, kinds text[], per_member boolean);
