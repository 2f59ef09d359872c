-- The record of a person: what was said of them, statement by statement. The row of members.person is the fold of what stands.
alter table members.person
  alter column birth_date drop not null,
  alter column identity_hash drop not null,
  alter column identity_sealed drop not null,
  alter column identity_tail drop not null,
  add column birth_year smallint check (birth_year between 1900 and 2999),
  add column identity_kind text not null default 'citizen' check (identity_kind in ('citizen', 'passport')),
  add column citizenship text not null default 'VN' check (citizenship ~ '^[A-Z]{2}$'),
  add column record jsonb not null default '{}',
  add column has_photo boolean not null default false,
  add column import_id bigint references imports.import,
  add column merged_into bigint references members.person,
  add constraint birth_known check ((birth_date is null) <> (birth_year is null)),
  add constraint identity_whole check ((identity_hash is null) = (identity_sealed is null) and (identity_hash is null) = (identity_tail is null)),
  add constraint merged_into_another check (merged_into <> id);
comment on column members.person.birth_year is 'Said where only the year of birth is known; else null.';
comment on column members.person.record is 'Fields of the joining form and the member record by code; a sensitive one as {"sealed", "match"}.';
comment on column members.person.merged_into is 'The person this row turned out to be, too. Their history stands there.';
create index on members.person (name_key, birth_date);
create index on members.person (identity_tail, id);
create index on members.person ((record ->> 'cardNumber')) where record ? 'cardNumber';
create index on members.person (import_id) where import_id is not null;
create index on members.person (merged_into) where merged_into is not null;

create table members.statement (
  id          bigint generated always as identity primary key,
  person_id   bigint not null references members.person,
  said        jsonb not null,
  source      text not null check (source in ('registered', 'form', 'import', 'staff_list', 'merge', 'reversal')),
  import_id   bigint references imports.import,
  reason      text,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  reverses_id bigint unique references members.statement,
  constraint a_reversal_says_nothing check ((source = 'reversal') = (reverses_id is not null) and (reverses_id is null or said = '{}'))
);
comment on table members.statement is 'Append-only. What somebody said of a person: field by field, null where a field was cleared. The last that stands speaks; a reversal takes one back.';
create index on members.statement (person_id, id);
create index on members.statement (import_id) where import_id is not null;
create unique index registered_once on members.statement (person_id) where source = 'registered';
select ledger.append_only('members.statement');
alter table members.statement enable row level security;
create policy with_person on members.statement using (exists (select from members.person p where p.id = person_id offset 0))
  with check (exists (select from members.person p where p.id = person_id offset 0));
grant select, insert on members.statement to ket_doan_app;
select ledger.audit('members.statement', 'id');

-- Fields that are columns of the person; everything else said stands in the record.
create function members.core_fields() returns text[] language sql immutable parallel safe
  return array['fullName', 'nameKey', 'birthDate', 'birthYear', 'sex', 'citizenship', 'identityKind', 'identityHash', 'identitySealed', 'identityTail'];

-- What stands of people's records, folded from their statements: the first is what they were registered with.
create function members.fold_statements(people bigint[]) returns table (person_id bigint, now jsonb) language sql stable security definer set search_path = ''
  begin atomic
    select x.person_id, jsonb_object_agg(x.key, x.value) filter (where x.value <> 'null')
    from (select distinct on (s.person_id, e.key) s.person_id, e.key, e.value
      from members.statement s cross join lateral jsonb_each(s.said) e
      where s.person_id = any(people) and s.reverses_id is null and not exists (select from members.statement r where r.reverses_id = s.id)
      order by s.person_id, e.key, s.source <> 'registered' desc, s.id desc) x
    group by x.person_id;
  end;
revoke execute on function members.fold_statements(bigint[]) from public;

create function members.apply_statements() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  touched bigint[];
begin
  select array_agg(distinct f.person_id) into touched from fresh f where f.source <> 'registered';
  if touched is null then return null; end if;
  perform 1 from members.person p where p.id = any(touched) order by p.id for no key update;
  -- Whoever was never spoken of before: their row as it was registered becomes the first statement.
  insert into members.statement (person_id, said, source, import_id, recorded_at, recorded_by)
    select p.id, jsonb_strip_nulls(jsonb_build_object('fullName', p.full_name, 'nameKey', p.name_key, 'birthDate', p.birth_date, 'birthYear', p.birth_year,
      'sex', p.sex, 'citizenship', p.citizenship, 'identityKind', p.identity_kind, 'identityHash', encode(p.identity_hash, 'hex'),
      'identitySealed', encode(p.identity_sealed, 'hex'), 'identityTail', p.identity_tail)) || p.record, 'registered', p.import_id, p.recorded_at, p.recorded_by
    from members.person p where p.id = any(touched)
      and not exists (select from members.statement s where s.person_id = p.id and s.source = 'registered');
  insert into members.name (folded) select distinct f.said ->> 'nameKey' from fresh f where f.said ? 'nameKey'
      and not exists (select from members.name n where n.folded = f.said ->> 'nameKey') order by 1 on conflict do nothing;
  update members.person p set
    full_name = s.now ->> 'fullName', name_key = s.now ->> 'nameKey',
    given_key = array_to_string(array_reverse(string_to_array(s.now ->> 'nameKey', ' ')), ' '),
    name_id = (select n.id from members.name n where n.folded = s.now ->> 'nameKey'),
    birth_date = (s.now ->> 'birthDate')::date,
    birth_year = case when s.now ? 'birthDate' then null else (s.now ->> 'birthYear')::smallint end,
    sex = s.now ->> 'sex', citizenship = s.now ->> 'citizenship', identity_kind = s.now ->> 'identityKind',
    identity_hash = decode(s.now ->> 'identityHash', 'hex'), identity_sealed = decode(s.now ->> 'identitySealed', 'hex'), identity_tail = s.now ->> 'identityTail',
    record = s.now - members.core_fields()
  from members.fold_statements(touched) s where p.id = s.person_id;
  perform members.recount_sex(touched);
  return null;
end $$;
-- A corrected sex is corrected in the ledger, too: each movement that stands is taken back and recorded anew.
create function members.recount_sex(people bigint[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  wrong bigint[] := array(select m.id from members.movement m join members.person p on p.id = m.person_id
    where m.person_id = any(people) and m.is_woman <> (p.sex = 'female') and m.reverses_id is null
      and not exists (select from members.movement r where r.reverses_id = m.id) order by m.id);
begin
  if cardinality(wrong) = 0 then return; end if;
  insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, import_id, reverses_id)
    select m.person_id, m.unit_id, m.kind, -m.quantity, m.occurred_on, m.is_woman, m.in_occupational, m.other_unit_id, m.cause, m.decision_id, m.officer_id, m.reason, m.import_id, m.id
    from members.movement m where m.id = any(wrong) order by m.id;
  insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, import_id)
    select m.person_id, m.unit_id, m.kind, m.quantity, m.occurred_on, not m.is_woman, m.in_occupational, m.other_unit_id, m.cause, m.decision_id, m.officer_id, m.reason, m.import_id
    from members.movement m where m.id = any(wrong) order by m.id;
end $$;
revoke execute on function members.recount_sex(bigint[]) from public;

create trigger apply after insert on members.statement referencing new table as fresh for each statement execute function members.apply_statements();

create table members.photo (
  id          bigint generated always as identity primary key,
  person_id   bigint not null references members.person,
  media_type  text check (media_type in ('image/jpeg', 'image/png')),
  content     bytea check (octet_length(content) between 100 and 3000000),
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  constraint a_picture_or_its_removal check ((media_type is null) = (content is null))
);
comment on table members.photo is 'Append-only. Portraits for the member card; the newest speaks, one without content says that it was taken away.';
create index on members.photo (person_id, id);
select ledger.append_only('members.photo');
alter table members.photo enable row level security;
create policy with_person on members.photo using (exists (select from members.person p where p.id = person_id offset 0))
  with check (exists (select from members.person p where p.id = person_id offset 0));
grant select, insert on members.photo to ket_doan_app;
select ledger.audit('members.photo', 'id');
create function members.note_photo() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update members.person p set has_photo = f.content is not null from (select distinct on (person_id) * from fresh order by person_id, id desc) f where p.id = f.person_id;
  return null;
end $$;
create trigger note after insert on members.photo referencing new table as fresh for each statement execute function members.note_photo();

-- Rows of a list that wait to be written. What was typed is sealed; what is needed to match and to write stands beside it.
create unlogged table members.import_row (
  import_id       bigint not null references imports.import,
  line            int not null,
  typed_sealed    bytea not null,
  full_name       text,
  name_key        text,
  birth_date      date,
  birth_year      smallint,
  sex             text,
  citizenship     text,
  identity_kind   text,
  identity_hash   bytea,
  identity_sealed bytea,
  identity_tail   text,
  said            jsonb not null default '{}',
  union_typed     text,
  unit_id         int,
  on_day          date,
  person_id       bigint,
  verdict         text check (verdict in ('new', 'returns', 'same', 'changed', 'arrives', 'elsewhere', 'refused', 'gone', 'moved', 'ineligible', 'unclear')),
  faults          jsonb,
  warnings        jsonb,
  refusals        jsonb,
  changes         jsonb,
  where_now       text,
  notes           jsonb,
  is_new          boolean not null default false,
  is_left_out     boolean not null default false,
  done_at         timestamptz,
  primary key (import_id, line)
);
comment on column members.import_row.faults is 'What the row itself has wrong; refusals: what the register has against it; changes: field by field, was and would be.';
comment on table members.import_row is 'Rows of a list between reading and writing: what each would do. Emptied when the list is written or given up; unlogged, since the file can be read again.';
create index on members.import_row (import_id, verdict, line);
alter table members.import_row enable row level security;
create policy with_import on members.import_row using (exists (select from imports.import i where i.id = import_id offset 0))
  with check (exists (select from imports.import i where i.id = import_id offset 0));
grant select, insert, update on members.import_row to ket_doan_app;
select ledger.audit('members.import_row', 'import_id');

create function members.drop_rows(import bigint, but_verdicts text[]) returns void language sql security definer set search_path = ''
  begin atomic
    delete from members.import_row r using imports.import i
    where i.id = import and r.import_id = import and units.in_my_branch(i.unit_id) and (r.verdict is null or r.verdict <> all(but_verdicts));
  end;

-- What taking an import back did with each thing it had done.
create table members.undo_line (
  id          bigint generated always as identity primary key,
  import_id   bigint not null references imports.import,
  person_id   bigint not null references members.person,
  outcome     text not null check (outcome in ('reversed', 'kept', 'impossible')),
  what        text not null check (what in ('movement', 'fields')),
  why         jsonb not null default '{}',
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account
);
comment on table members.undo_line is 'Append-only. The three lists of an undo: reversed; kept, because somebody worked on it since; impossible, and why.';
create index on members.undo_line (import_id, outcome, id);
select ledger.append_only('members.undo_line');
alter table members.undo_line enable row level security;
create policy with_import on members.undo_line using (exists (select from imports.import i where i.id = import_id offset 0))
  with check (exists (select from imports.import i where i.id = import_id offset 0));
grant select, insert on members.undo_line to ket_doan_app;
select ledger.audit('members.undo_line', 'id');

-- Who is behind an identity number; a person who was merged is the one they were merged into.
drop function members.whereabouts(bytea[]);
create function members.whereabouts(hashes bytea[]) returns table (identity_hash bytea, person_id bigint, full_name text, birth text, sex text,
    unit_id int, unit_name text, since date, left_on date, left_kind text, on_road boolean, road_to int, visible boolean)
  language sql stable security definer set search_path = ''
  begin atomic
    select h.identity_hash, p.id, p.full_name, coalesce(p.birth_date::text, p.birth_year::text), p.sex, m.unit_id, u.name, lower(m.during), upper(m.during), c.kind,
      l.id is not null, l.to_unit_id, coalesce(units.in_my_branch(m.unit_id), false)
    from members.person h
    join members.person p on p.id = coalesce(h.merged_into, h.id)
    left join lateral (select x.unit_id, x.during, x.closed_by from members.membership x where x.person_id = p.id order by lower(x.during) desc limit 1) m on true
    left join units.unit u on u.id = m.unit_id
    left join members.movement c on c.id = m.closed_by
    left join members.leg l on l.person_id = p.id and l.closed_by is null
    where h.identity_hash = any(hashes);
  end;

-- Who opened a record, once an account and day; and who read what is masked, each time.
create table members.look (
  person_id  bigint not null references members.person,
  account_id int not null default access.me() references access.account,
  on_day     date not null,
  at         timestamptz not null default now(),
  primary key (person_id, account_id, on_day)
);
comment on table members.look is 'Who opened the page of a person on which day.';
alter table members.look enable row level security;
create policy own on members.look using (account_id = access.me()) with check (account_id = access.me());
grant select, insert on members.look to ket_doan_app;
select ledger.audit('members.look', 'person_id');
alter table members.identity_reading add column what text not null default 'identity' check (what in ('identity', 'sensitive'));

create function members.looks(person bigint) returns table (at timestamptz, by text, what text, reason text)
  language sql stable security definer set search_path = ''
  begin atomic
    select l.at, coalesce(a.name, ''), l.what, l.reason from (
      select k.at, k.account_id, 'record' as what, null::text as reason from members.look k where k.person_id = person
      union all
      select r.read_at, r.read_by, r.what, r.reason from members.identity_reading r where r.person_id = person) l
    left join access.account a on a.id = l.account_id
    where access.sees_all() or exists (select from members.membership m where m.person_id = person and units.in_my_branch(m.unit_id))
    order by l.at desc limit 100;
  end;
