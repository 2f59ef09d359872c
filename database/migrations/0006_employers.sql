-- Employers. The tax code is text; the same first ten digits are one legal entity.
create table employers.employer (
  id          bigint generated always as identity primary key,
  tax_code    text not null unique check (tax_code ~ '^(\d{10}|\d{10}-\d{3}|\d{12})$'),
  name        text not null,
  folded      text not null,
  kind        text not null check (kind in ('enterprise', 'cooperative', 'household_business', 'public_service_unit', 'non_public_service_unit', 'agency')),
  ownership   text not null check (ownership in ('state_owned', 'private', 'foreign_invested')),
  industry    text,
  ward        text,
  unit_id     int not null references units.unit,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account
);
comment on table employers.employer is 'Employers: wider than enterprises. unit_id is the upper unit that registered it and looks after it until it has a union.';
create index on employers.employer using gin (folded gin_trgm_ops);
create index on employers.employer (unit_id);
select ledger.fence('employers.employer', 'unit_id');
grant select, insert on employers.employer to ket_doan_app;
select ledger.audit('employers.employer', 'id');

create table employers.union_link (
  id            bigint generated always as identity primary key,
  employer_id   bigint not null references employers.employer,
  unit_id       int not null references units.unit,
  valid_from    date not null,
  valid_to      date not null default 'infinity',
  recorded_at   timestamptz not null default ledger.instant(),
  superseded_at timestamptz not null default 'infinity',
  constraint forward check (valid_from < valid_to),
  constraint one_union_a_day exclude using gist (employer_id with =, daterange(valid_from, valid_to) with &&) where (superseded_at = 'infinity')
);
comment on table employers.union_link is 'Which grassroots union an employer has, in dated spells. A joint union has several employers.';
create index on employers.union_link (unit_id);
create index on employers.union_link (employer_id);
select ledger.fence('employers.union_link', 'unit_id');
grant select, insert, update (superseded_at) on employers.union_link to ket_doan_app;
select ledger.audit('employers.union_link', 'id');

create table employers.workforce_count (
  id          bigint generated always as identity primary key,
  employer_id bigint not null references employers.employer,
  on_day      date not null,
  workers     int not null check (workers >= 0),
  source      text not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account
);
comment on table employers.workforce_count is 'How many people worked for an employer on a day, and who says so. The later entry of a day is the one shown.';
create index on employers.workforce_count (employer_id, on_day);
alter table employers.workforce_count enable row level security;
create policy with_employer on employers.workforce_count using (exists (select from employers.employer e where e.id = employer_id offset 0))
  with check (exists (select from employers.employer e where e.id = employer_id offset 0));
grant select, insert on employers.workforce_count to ket_doan_app;
select ledger.audit('employers.workforce_count', 'id');

-- An employer is also seen by whoever sees its union, wherever that was handed over to.
create policy with_union on employers.employer for select using (exists (select from employers.union_link l where l.employer_id = employer.id offset 0));

-- Workers under a union: each row is a change, so that the stock of any day is a sum.
create table employers.workforce_change (
  id          bigint generated always as identity primary key,
  unit_id     int not null references units.unit,
  employer_id bigint not null references employers.employer,
  quantity    int not null check (quantity <> 0),
  occurred_on date not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  reverses_id bigint unique references employers.workforce_change
);
comment on table employers.workforce_change is 'Append-only ledger. Workers of the employers that have a union = the quantities up to a day.';
create index on employers.workforce_change (unit_id, occurred_on);
create index on employers.workforce_change (employer_id);
select ledger.keep('employers.workforce_change');
select ledger.fence('employers.workforce_change', 'unit_id');
select ledger.tally('employers.workforce_change', array['workers'], array['l.quantity']);

-- What anybody may learn about a tax code: that it is registered, under which name, and whether it has a union today.
create function employers.known(asked text) returns table (id bigint, name text, "unionName" text, "isVisible" boolean)
  language sql stable security definer set search_path = ''
  begin atomic
    select e.id, e.name, (select u.name from employers.union_link l join units.unit u on u.id = l.unit_id
      where l.employer_id = e.id and l.superseded_at = 'infinity' and l.valid_to = 'infinity' limit 1), units.in_my_branch(e.unit_id)
    from employers.employer e where e.tax_code = asked;
  end;
