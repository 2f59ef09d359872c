-- Files that come in: kept sealed until what they say is written, with how they were read and how far the work is. What their
-- rows mean is the business of the room they are for; rows wait in that room's own table.
create schema imports;
comment on schema imports is 'Lists that arrive as files: how they were read, what became of them, and the way back.';
grant usage on schema imports to ket_doan_app;

create table imports.import (
  id           bigint generated always as identity primary key,
  purpose      text not null check (purpose in ('members', 'staff_list')),
  unit_id      int not null references units.unit,
  state        text not null default 'received' check (state in ('received', 'reading', 'ready', 'committing', 'done', 'undoing', 'undone', 'failed', 'discarded')),
  file_name    text not null,
  file_bytes   bigint not null,
  file_digest  bytea not null,
  head         jsonb not null,
  settings     jsonb not null default '{}',
  counts       jsonb not null default '{}',
  steps_done   bigint not null default 0,
  steps_total  bigint not null default 0,
  step_at      timestamptz,
  trouble      jsonb,
  recorded_at  timestamptz not null default ledger.instant(),
  recorded_by  int not null default access.me() references access.account,
  committed_at timestamptz,
  undone_at    timestamptz,
  undone_by    int references access.account,
  undo_reason  text
);
comment on table imports.import is 'One file that came in: read, checked, committed whole or not at all, and undone. head: how it was read; counts: rows by verdict.';
comment on column imports.import.steps_done is 'Progress of the work under way: bytes read, or rows written, of steps_total.';
create index on imports.import (unit_id, id);
create index on imports.import (id) where state in ('reading', 'committing', 'undoing');
select ledger.fence('imports.import', 'unit_id');
grant select, insert, update (state, settings, head, counts, steps_done, steps_total, step_at, trouble, committed_at, undone_at, undone_by, undo_reason)
  on imports.import to ket_doan_app;
select ledger.audit('imports.import', 'id');

create table imports.file_part (
  import_id bigint not null references imports.import,
  part      int not null,
  content   bytea not null,
  primary key (import_id, part)
);
comment on table imports.file_part is 'The file as it came, sealed, in parts; dropped when its rows are written or the import is given up. A list of people is personal data.';
alter table imports.file_part enable row level security;
create policy with_import on imports.file_part using (exists (select from imports.import i where i.id = import_id offset 0))
  with check (exists (select from imports.import i where i.id = import_id offset 0));
grant select, insert on imports.file_part to ket_doan_app;
select ledger.audit('imports.file_part', 'import_id');

create function imports.drop_file(import bigint) returns void language sql security definer set search_path = ''
  begin atomic
    delete from imports.file_part p using imports.import i where i.id = import and p.import_id = import and units.in_my_branch(i.unit_id);
  end;

create table imports.layout (
  id          bigint generated always as identity primary key,
  purpose     text not null,
  unit_id     int not null references units.unit,
  layout      text not null,
  columns     jsonb not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int not null default access.me() references access.account
);
comment on table imports.layout is 'Which field each column of a layout means, as somebody said last. The newest row of a unit and layout speaks.';
create index on imports.layout (unit_id, purpose, layout, id);
select ledger.append_only('imports.layout');
select ledger.fence('imports.layout', 'unit_id');
grant select, insert on imports.layout to ket_doan_app;
select ledger.audit('imports.layout', 'id');

-- Work that a stopped program left half done wrote nothing: it is told so at the next start.
create function imports.tell_interrupted() returns int language sql security definer set search_path = ''
  begin atomic
    with told as (
      update imports.import i set state = case when i.state = 'undoing' then 'done' when i.state = 'committing' then 'ready' else 'failed' end,
        trouble = '{"name": "import-interrupted"}'
      where i.state in ('reading', 'committing', 'undoing') returning 1)
    select count(*)::int from told;
  end;
revoke execute on function imports.tell_interrupted() from public;
