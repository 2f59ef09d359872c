-- The ledger of units' lives: what stood before the records, what was founded or established, what ended.
create table units.event (
  id          bigint generated always as identity primary key,
  unit_id     int not null references units.unit,
  kind        text not null check (kind in ('opened', 'founded', 'established', 'ended', 'reclassified')),
  quantity    smallint not null check (quantity in (1, -1)),
  unit_kind   text not null,
  sector      text check (sector in ('state', 'non_state')),
  occurred_on date not null,
  decision_id bigint references units.decision,
  officer_id  int references access.account,
  reason      text,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  reverses_id bigint unique references units.event
);
comment on table units.event is 'Append-only ledger. Units standing on a day = the quantities up to that day; a union that stood before the records is opened, not founded.';
create index on units.event (unit_id, occurred_on);
select ledger.keep('units.event');
select ledger.fence('units.event', 'unit_id');
select ledger.tally('units.event', array['standing', 'state', 'nonstate', 'occupational'], array[
  'case when l.unit_kind in (''grassroots'', ''occupational'') then l.quantity else 0 end',
  'case when l.unit_kind in (''grassroots'', ''occupational'') and l.sector = ''state'' then l.quantity else 0 end',
  'case when l.unit_kind in (''grassroots'', ''occupational'') and l.sector = ''non_state'' then l.quantity else 0 end',
  'case when l.unit_kind = ''occupational'' then l.quantity else 0 end']);

-- The day a unit began and the day it ended, from the ledger; infinity where it still stands.
create function units.began_on(unit int, known timestamptz default null) returns date language sql stable
  return (select min(e.occurred_on) from units.event e where e.unit_id = unit and e.quantity = 1 and e.kind <> 'reclassified' and e.reverses_id is null
    and (known is null or e.recorded_at <= known)
    and not exists (select from units.event r where r.reverses_id = e.id and (known is null or r.recorded_at <= known)));
create function units.ended_on(unit int, known timestamptz default null) returns date language sql stable
  return (select max(e.occurred_on) from units.event e where e.unit_id = unit and e.kind = 'ended' and e.reverses_id is null
    and (known is null or e.recorded_at <= known)
    and not exists (select from units.event r where r.reverses_id = e.id and (known is null or r.recorded_at <= known)));
-- What a trait of a unit was on a day, as known now or at an instant. Before its first spell a unit bore its first name.
create function units.trait_on(unit int, asked text, on_day date, known timestamptz default null) returns text language sql stable
  return (select s.value from units.spell s where s.unit_id = unit and s.trait = asked
      and case when known is null then s.superseded_at = 'infinity' else s.recorded_at <= known and known < s.superseded_at end
    order by s.valid_from > on_day, case when s.valid_from <= on_day then s.valid_from end desc, s.valid_from limit 1);

create table units.rule_value (
  key         text not null,
  value       int not null,
  valid_from  date not null,
  valid_to    date not null default 'infinity',
  legal_basis text not null,
  constraint one_rule_a_day exclude using gist (key with =, daterange(valid_from, valid_to) with &&)
);
comment on table units.rule_value is 'Dated rule values with their legal basis. Values change by new rows, never in code.';
alter table units.rule_value enable row level security;
create policy everybody on units.rule_value for select using (true);
grant select on units.rule_value to ket_doan_app;
select ledger.audit('units.rule_value', 'key');
insert into units.rule_value (key, value, valid_from, legal_basis) values
  ('members_min_grassroots', 5, '2013-07-30', 'Điều lệ Công đoàn Việt Nam XII, XIII; HD 03/HD-TLĐ (2020)'),
  ('members_min_occupational', 10, '2013-07-30', 'Điều lệ Công đoàn Việt Nam; chưa đối chiếu văn bản mới'),
  ('large_from', 25, '2013-07-30', 'Chỉ tiêu của LĐLĐ thành phố Hà Nội: từ 25 đoàn viên trở lên'),
  ('rejoin_months', 3, '2013-07-30', 'HD 38/HD-TLĐ (2024), mục 3.1'),
  ('age_min', 15, '2013-07-30', 'Bộ luật Lao động 45/2019/QH14, Điều 3');
