-- The tree through time. Spells are never edited: a change supersedes rows and adds new ones, so the tree of any day can be
-- asked as it was known at any instant.
create table units.decision (
  id             bigint generated always as identity primary key,
  issuer_id      int not null,
  number         text not null,
  kind           text not null check (kind in ('founding', 'recognition', 'admission', 'departure', 'structure', 'target')),
  signed_on      date not null,
  effective_on   date not null,
  handed_over_on date,
  signer         text,
  recorded_at    timestamptz not null default ledger.instant(),
  recorded_by    int default access.me() references access.account,
  withdrawn_at   timestamptz,
  constraint effective_from_signing check (effective_on >= signed_on)
);
comment on table units.decision is 'Papers that acts rest on. Signed, effective, handed over and recorded are four dates; a withdrawn paper frees its number.';
comment on column units.decision.effective_on is 'The day that counts in every figure.';

create table units.unit (
  id          int generated always as identity primary key,
  code        text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  kind        text not null check (kind in ('general_confederation', 'provincial', 'central_sector', 'corporation', 'district', 'local_sector',
                'industrial_zone', 'commune', 'grassroots', 'occupational', 'component', 'section', 'group')),
  name        text not null,
  recorded_at timestamptz not null default ledger.instant(),
  is_upper    boolean not null generated always as
                (kind not in ('grassroots', 'occupational', 'component', 'section', 'group')) stored
);
comment on table units.unit is 'One row a unit for ever. Code, kind and name are those of today, kept from units.spell; an upper unit manages others and has tallies.';
alter table units.decision add foreign key (issuer_id) references units.unit;
create unique index decision_number on units.decision (issuer_id, lower(number), (extract(year from signed_on))) where withdrawn_at is null;
alter table access.account add foreign key (unit_id) references units.unit;
create index on access.account (unit_id);

create table units.spell (
  id            bigint generated always as identity primary key,
  unit_id       int not null references units.unit,
  trait         text not null check (trait in ('name', 'kind', 'code', 'sector', 'ownership', 'area')),
  value         text,
  folded        text,
  valid_from    date not null,
  valid_to      date not null default 'infinity',
  decision_id   bigint references units.decision,
  recorded_at   timestamptz not null default ledger.instant(),
  superseded_at timestamptz not null default 'infinity',
  constraint forward check (valid_from < valid_to),
  constraint one_value_a_day exclude using gist (unit_id with =, trait with =, daterange(valid_from, valid_to) with &&)
    where (superseded_at = 'infinity')
);
comment on table units.spell is 'What a unit was called, was, and where it stood, in dated spells that never overlap. valid_to is the first day after.';
create index on units.spell (unit_id, trait);
create index on units.spell using gin (folded gin_trgm_ops) where trait = 'name';

create table units.placement (
  id            bigint generated always as identity primary key,
  unit_id       int not null references units.unit,
  manager_id    int not null references units.unit,
  valid_from    date not null,
  valid_to      date not null default 'infinity',
  decision_id   bigint references units.decision,
  recorded_at   timestamptz not null default ledger.instant(),
  superseded_at timestamptz not null default 'infinity',
  constraint forward check (valid_from < valid_to),
  constraint not_itself check (unit_id <> manager_id),
  constraint one_manager_a_day exclude using gist (unit_id with =, daterange(valid_from, valid_to) with &&)
    where (superseded_at = 'infinity')
);
comment on table units.placement is 'Who manages a unit, in dated spells. The area a unit stands in is another question: units.spell, trait area.';
create index on units.placement (unit_id);
create index on units.placement (manager_id);

-- A cohort: the units that stood under an ancestor over one and the same stretch of days. Tallies are kept by cohort, so the
-- figures of any day in the structure of any other are sums over a few cohorts, and a move touches only what moved.
create table units.cohort (
  id          int generated always as identity primary key,
  ancestor_id int not null references units.unit,
  valid_from  date not null,
  valid_to    date not null,
  shard       smallint not null default 0,
  unique (ancestor_id, valid_from, valid_to, shard)
);
comment on table units.cohort is 'Units under an ancestor over the same days. The root has 16 shards, so that writers all over the country do not queue on one row.';

-- One restructuring at a time, and none while somebody counts on the tree: who restructures holds it alone, who records holds it
-- together with others. What was asked before holding it is stale.
create function units.hold_tree() returns void language sql return pg_advisory_xact_lock_shared(7239512);
create function units.hold_tree_alone() returns void language sql return pg_advisory_xact_lock(7239512);

create table units.branch (
  unit_id       int not null references units.unit,
  ancestor_id   int not null references units.unit,
  valid_from    date not null,
  valid_to      date not null,
  cohort_id     int references units.cohort,
  recorded_at   timestamptz not null default ledger.instant(),
  superseded_at timestamptz not null default 'infinity',
  primary key (unit_id, ancestor_id, valid_from, recorded_at)
);
comment on table units.branch is 'Closure of units.placement: every ancestor of a unit, itself included, on every day. A unit stands on its first place before its first spell and on its last after its last, so the parts always add up to the whole.';
create index branch_now on units.branch (ancestor_id, unit_id) include (valid_from, valid_to) where superseded_at = 'infinity';
create index branch_superseded on units.branch (superseded_at) where superseded_at <> 'infinity';
create index branch_past on units.branch (ancestor_id) where superseded_at <> 'infinity';
create index branch_recorded on units.branch (recorded_at);

-- True for a unit in the branch of whoever asks, today. For single rows; lists use the policy below, which an index serves.
create function units.in_my_branch(unit int) returns boolean language sql stable security definer set search_path = ''
  begin atomic
    select access.sees_all() or exists (
      select from units.branch b where b.ancestor_id = access.my_unit() and b.unit_id = unit and b.superseded_at = 'infinity'
        and b.valid_from <= access.today() and access.today() < b.valid_to);
  end;

-- The fence of a table whose rows belong to a unit: who asks sees and writes the rows of their branch. The column is named with
-- its table: alone, unit_id would be the closure's own, and the fence would stand open. `offset 0` keeps the question one look-up
-- a row: without it the planner hashes the whole branch, a thousand times the work for a page of fifty.
create function ledger.fence(relation regclass, unit_column text) returns void language plpgsql as $$
declare
  inside text := format('(select access.sees_all()) or exists (select from units.branch b where b.ancestor_id = (select access.my_unit())
    and b.unit_id = %s.%I and b.superseded_at = ''infinity'' and b.valid_from <= (select access.today()) and (select access.today()) < b.valid_to offset 0)', relation, unit_column);
begin
  execute format('alter table %s enable row level security', relation);
  execute format('create policy own_branch on %s using (%s) with check (%s)', relation, inside, inside);
end $$;

alter table units.branch enable row level security;
create policy own_branch on units.branch for select using ((select access.sees_all()) or ancestor_id = (select access.my_unit()) or units.in_my_branch(ancestor_id));
grant select on units.branch to ket_doan_app;
alter table units.cohort enable row level security;
create policy nobody on units.cohort using (false);

alter table units.unit enable row level security;
create policy own_branch on units.unit for select using ((select access.sees_all()) or exists (
  select from units.branch b where b.ancestor_id = (select access.my_unit()) and b.unit_id = unit.id and b.superseded_at = 'infinity'
    and b.valid_from <= (select access.today()) and (select access.today()) < b.valid_to offset 0));
-- A unit without a place is seen by nobody; placing it needs the manager's branch.
create policy found on units.unit for insert with check (true);
create policy rename on units.unit for update using (units.in_my_branch(id));
grant select, insert, update (code, kind, name) on units.unit to ket_doan_app;
grant usage on sequence units.unit_id_seq to ket_doan_app;

select ledger.fence('units.decision', 'issuer_id');
-- Who issued a paper is printed on it, by the name of the day it was signed: whoever may see the paper may read that, even where
-- the issuer is not in their branch, and a later renaming does not reprint it.
create function units.issuer_of(decision bigint) returns json language sql stable security definer set search_path = ''
  begin atomic
    select json_build_object('id', u.id::text, 'code', u.code, 'name', coalesce((
        select s.value from units.spell s where s.unit_id = u.id and s.trait = 'name' and s.recorded_at <= d.recorded_at and d.recorded_at < s.superseded_at
        order by s.valid_from > d.signed_on, case when s.valid_from <= d.signed_on then s.valid_from end desc, s.valid_from limit 1), u.name))
    from units.decision d join units.unit u on u.id = d.issuer_id where d.id = decision;
  end;
grant select, insert, update (withdrawn_at) on units.decision to ket_doan_app;

alter table units.spell enable row level security;
create policy own_branch on units.spell for select using ((select access.sees_all()) or exists (
  select from units.branch b where b.ancestor_id = (select access.my_unit()) and b.unit_id = spell.unit_id and b.superseded_at = 'infinity' offset 0));
create policy describe on units.spell for insert with check (units.in_my_branch(unit_id));
create policy supersede on units.spell for update using (units.in_my_branch(unit_id));
grant select, insert, update (superseded_at) on units.spell to ket_doan_app;

alter table units.placement enable row level security;
create policy own_branch on units.placement for select using ((select access.sees_all()) or exists (
  select from units.branch b where b.ancestor_id = (select access.my_unit()) and b.unit_id = placement.unit_id and b.superseded_at = 'infinity' offset 0));
create policy place on units.placement for insert with check (units.in_my_branch(manager_id));
create policy supersede on units.placement for update using (units.in_my_branch(unit_id)) with check (true);
grant select, insert, update (superseded_at) on units.placement to ket_doan_app;

select ledger.fence('access.account', 'unit_id');
grant select (id, username, name, role, unit_id, ended_on, is_demo) on access.account to ket_doan_app;

select ledger.audit('units.decision', 'id'), ledger.audit('units.unit', 'id'), ledger.audit('units.spell', 'id'),
  ledger.audit('units.placement', 'id'), ledger.audit('units.cohort', 'id'), ledger.audit('units.branch', 'unit_id');

-- Who a session belongs to, and whether their unit is the root, which sees all.
create function access.session_account(hash bytea) returns table (id int, username text, name text, role text, unit_id int, unit_code text, unit_name text, sees_all boolean)
  language sql security definer set search_path = ''
  begin atomic
    update access.session s set seen_at = now() where s.token_hash = hash and s.expires_at > now() and s.seen_at < now() - interval '5 minutes';
    select a.id, a.username, a.name, a.role, a.unit_id, u.code, u.name,
      not exists (select from units.placement p where p.unit_id = a.unit_id and p.superseded_at = 'infinity')
    from access.session s join access.account a on a.id = s.account_id join units.unit u on u.id = a.unit_id
    where s.token_hash = hash and s.expires_at > now() and (a.ended_on is null or a.ended_on > access.today());
  end;

create function access.demo_accounts() returns table (username text, name text, role text, unit_name text)
  language sql stable security definer set search_path = ''
  begin atomic
    select a.username, a.name, a.role, u.name from access.account a join units.unit u on u.id = a.unit_id
    where a.is_demo and a.password_hash is not null order by a.id limit 12;
  end;
