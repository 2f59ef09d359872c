-- Targets: versions, each with the day and the paper that set it. Nothing is overwritten.
create table targets.target (
  id          bigint generated always as identity primary key,
  unit_id     int not null references units.unit,
  indicator   text not null,
  set_by      text not null check (set_by in ('assigned', 'own')),
  period      daterange not null check (not isempty(period)),
  value       bigint not null check (value >= 0),
  version     int not null,
  set_on      date not null,
  paper       text not null,
  recorded_at timestamptz not null default ledger.instant(),
  recorded_by int default access.me() references access.account,
  unique (unit_id, indicator, set_by, period, version)
);
comment on table targets.target is 'What a unit should reach on an indicator in a period: assigned from above, and its own. The result is never stored here.';
create index on targets.target (indicator);
select ledger.append_only('targets.target');
select ledger.fence('targets.target', 'unit_id');
grant select, insert on targets.target to ket_doan_app;
select ledger.audit('targets.target', 'id');

create table targets.indicator (
  code        text primary key check (code ~ '^[a-z0-9_]{1,80}$'),
  kind        text not null check (kind in ('flow', 'stock', 'ratio')),
  measure     text not null check (measure in ('people', 'unions', 'dong', 'other')),
  name_vi     text not null,
  name_en     text not null,
  recorded_at timestamptz not null default ledger.instant()
);
comment on table targets.indicator is 'Indicators that no ledger counts yet: units declare them, and they are marked as declared wherever they are shown.';
alter table targets.indicator enable row level security;
create policy everybody on targets.indicator for select using (true);
grant select on targets.indicator to ket_doan_app;
select ledger.audit('targets.indicator', 'code');

insert into targets.indicator (code, kind, measure, name_vi, name_en) values
  ('party_referred', 'flow', 'people', 'Đoàn viên ưu tú giới thiệu cho Đảng', 'Outstanding members referred to the Party'),
  ('party_admitted', 'flow', 'people', 'Đoàn viên được kết nạp Đảng', 'Members admitted to the Party'),
  ('grassroots_accounts_opened', 'stock', 'unions', 'CĐCS mở tài khoản trong phần mềm thu', 'Unions with an account in the collection software'),
  ('finance_remitted_rate', 'ratio', 'other', 'Nộp nghĩa vụ tài chính lên cấp trên', 'Remittance to the upper level'),
  ('fund_2_percent_rate', 'ratio', 'other', 'Thu kinh phí công đoàn 2%', 'Union fund (2%) collected'),
  ('agreements_signed_rate', 'ratio', 'other', 'CĐCS ký thỏa ước lao động tập thể', 'Unions with a signed collective agreement'),
  ('agreements_rated_a_b_rate', 'ratio', 'other', 'Thỏa ước xếp loại A, B', 'Agreements rated A or B'),
  ('welfare_total_vnd', 'flow', 'dong', 'Tổng kinh phí chăm lo', 'Welfare spending'),
  ('welfare_gift_cases', 'flow', 'other', 'Lượt tặng quà', 'Gifts, cases'),
  ('welfare_union_homes', 'flow', 'other', 'Mái ấm Công đoàn', 'Union Shelter homes'),
  ('welfare_health_checks', 'flow', 'people', 'Lượt khám sức khỏe', 'Health checks'),
  ('welfare_bicycles', 'flow', 'other', 'Xe đạp tặng con đoàn viên', 'Bicycles given'),
  ('community_stone_benches', 'flow', 'other', 'Ghế đá tặng cộng đồng', 'Stone benches given'),
  ('culture_spaces_opened', 'flow', 'other', 'Không gian văn hóa ra mắt', 'Culture spaces opened'),
  ('training_classes', 'flow', 'other', 'Lớp tập huấn', 'Training classes'),
  ('training_learners', 'flow', 'people', 'Học viên tập huấn', 'Learners trained'),
  ('women_cadres_reached', 'flow', 'people', 'Cán bộ nữ công tham gia', 'Women officers reached'),
  ('contest_entries_group', 'flow', 'other', 'Bài dự thi tập thể', 'Contest entries by groups'),
  ('contest_entries_individual', 'flow', 'other', 'Bài dự thi cá nhân', 'Contest entries by individuals'),
  ('contest_finalists', 'flow', 'other', 'Vào chung kết hội thi', 'Contest finalists');
