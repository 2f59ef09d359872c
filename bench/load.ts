/** The first load of a whole register: rows by COPY, then indexes, closure, tallies, keys; and the same rows by COPY and index
 *  alone, to measure it by. */
import { rmSync } from 'node:fs'
import type pg from 'pg'
import { openChance } from '#demo/chance.ts'
import { fold } from '#kernel/fold.ts'
import {
  buildForeignKeys,
  buildIndexes,
  connect,
  eachOfTwo,
  loadSettings,
  openCopy,
  strip,
  type Writer,
} from './copy.ts'
import {
  dayNumber,
  dayText,
  firstDay,
  lastDay,
  leaderOf,
  makeCountry,
  restructuredOn,
  rootLeader,
  type Country,
  type Size,
} from './country.ts'
import { kindOf, live, openRecording } from './lives.ts'

/** Tables that rows are copied into, and the columns given. The rest of a table is its defaults. */
const copied = {
  account: ['access.account', 'id, username, name, role, unit_id, recorded_at'],
  unit: ['units.unit', 'id, code, kind, name, recorded_at'],
  spell: ['units.spell', 'unit_id, trait, value, folded, valid_from, recorded_at'],
  placement: ['units.placement', 'unit_id, manager_id, valid_from, valid_to, recorded_at'],
  decision: ['units.decision', 'id, issuer_id, number, kind, signed_on, effective_on, recorded_at, recorded_by'],
  event: [
    'units.event',
    'unit_id, kind, quantity, unit_kind, sector, occurred_on, decision_id, officer_id, recorded_at, recorded_by',
  ],
  employer: ['employers.employer', 'id, tax_code, name, folded, kind, ownership, ward, unit_id, recorded_at'],
  link: ['employers.union_link', 'employer_id, unit_id, valid_from, valid_to, recorded_at'],
  workforceCount: ['employers.workforce_count', 'employer_id, on_day, workers, source, recorded_at'],
  workforceChange: ['employers.workforce_change', 'unit_id, employer_id, quantity, occurred_on, recorded_at'],
  founding: [
    'founding.founding',
    'unit_id, quantity, occurred_on, unit_kind, sector, employer_id, employer_kind, members, is_large, decision_id, officer_id, recorded_at, recorded_by',
  ],
  target: ['targets.target', 'unit_id, indicator, set_by, period, value, version, set_on, paper, recorded_at'],
  declaration: ['progress.declaration', 'unit_id, indicator, from_day, to_day, result, recorded_at'],
  name: ['members.name', 'id, folded'],
  person: [
    'members.person',
    'id, full_name, name_id, name_key, given_key, birth_date, sex, identity_hash, identity_sealed, identity_tail, recorded_at, recorded_by',
  ],
  movement: [
    'members.movement',
    'id, person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, decision_id, officer_id, recorded_at, recorded_by, reverses_id',
  ],
  membership: ['members.membership', 'person_id, unit_id, during, opened_by, closed_by'],
} as const satisfies Record<string, readonly [table: string, columns: string]>
type Copied = keyof typeof copied
const tables = Object.values(copied).map(([table]) => table)
const ofUnits: string[] = tables.filter((table) => table.startsWith('units.') || table.startsWith('access.'))

export type Loaded = {
  size: Size
  rows: Record<string, number>
  rowsTotal: number
  seconds: {
    copy: number
    closure: number
    indexesAndTallies: number
    foreignKeys: number
    whole: number
    analyze: number
  }
  detail: Record<string, number>
  plain: { copy: number; indexes: number; whole: number } | null
  tallyRows: Record<string, number>
}

export async function load(url: string, size: Size, seed: number, say: (text: string) => void): Promise<Loaded> {
  const country = makeCountry(size, seed)
  const owner = await connect(url, loadSettings)
  const detail: Record<string, number> = {}
  const timed = async (what: string, work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    const seconds = (performance.now() - from) / 1000
    detail[what] = seconds
    say(`  ${what}: ${seconds.toFixed(1)} s`)
    return seconds
  }
  const { rows: ledgers } = await owner.query<{
    recount: string
    tallies: string[]
  }>(`select format('%I.%I', n.nspname, c.relname || '_recount') as recount,
    array[format('%I.%I', n.nspname, c.relname || '_day'), format('%I.%I', n.nspname, c.relname || '_month')] as tallies
    from ledger.tallied t join pg_class c on c.oid = t.relation join pg_namespace n on n.oid = c.relnamespace order by n.nspname = 'members' desc`)
  const tallyTables = ledgers.flatMap((ledger) => ledger.tallies)
  const begun = performance.now()
  const stripped = await strip(owner, tables)
  const tallies = await strip(owner, tallyTables)
  const rows: Record<string, number> = {}
  const copy = await timed('copy', async () => {
    const writers = await Promise.all(
      Object.entries(copied).map(
        async ([name, [table, columns]]) => [name, await openCopy(url, table, columns)] as const,
      ),
    )
    const out = Object.fromEntries(writers) as Record<Copied, Writer>
    await standing(country, seed, out)
    await live(country, seed, out)
    for (const [name, writer] of writers) {
      await writer.end()
      rows[copied[name as Copied][0]] = writer.rows()
    }
  })
  const isOfUnits = (index: { schema: string; name: string }) => ofUnits.includes(`${index.schema}.${index.name}`)
  const closure = await timed('closure', async () => {
    await timed('indexes of units', () => buildIndexes(url, stripped.standing.filter(isOfUnits)))
    await owner.query('analyze units.placement, units.unit')
    await closeTree(owner)
    await renumber(owner)
  })
  // The tallies are counted on one core while the indexes are built on the other; the largest ledger's own indexes come last.
  const indexesAndTallies = await timed('indexes and tallies', async () => {
    const byTable = [
      ...Map.groupBy(
        stripped.standing.filter((index) => !isOfUnits(index)),
        ({ schema, name }) => `${schema}.${name}`,
      ),
    ]
    byTable.sort(([a], [b]) => buildOrder(a) - buildOrder(b) || (rows[b] ?? 0) - (rows[a] ?? 0))
    const jobs = [
      ...ledgers.slice(0, 1).map(
        ({ recount }) =>
          () =>
            timed(recount, () => recountLedger(url, recount)),
      ),
      ...byTable.map(
        ([table, made]) =>
          () =>
            timed(`indexes of ${table}`, () => buildIndexes(url, made)),
      ),
      ...ledgers.slice(1).map(
        ({ recount }) =>
          () =>
            timed(recount, () => recountLedger(url, recount)),
      ),
    ]
    await eachOfTwo(url, jobs, async (_, job) => void (await job()))
    await timed('indexes of tallies', () => buildIndexes(url, tallies.standing))
  })
  const foreignKeys = await timed('foreign keys', () =>
    buildForeignKeys(url, [...stripped.foreign, ...tallies.foreign]),
  )
  const whole = (performance.now() - begun) / 1000
  say(`  whole path: ${whole.toFixed(1)} s`)
  const analyze = await timed('vacuum and analyze', () => owner.query('vacuum (analyze)'))
  await timed('completeness', () => countCompleteness(owner))
  const tallyRows: Record<string, number> = {}
  for (const table of tallyTables)
    tallyRows[table] = Number((await owner.query(`select count(*) from ${table}`)).rows[0].count)
  await owner.end()
  const rowsTotal = Object.values(rows).reduce((sum, count) => sum + count, 0)
  return {
    size,
    rows,
    rowsTotal,
    seconds: { copy, closure, indexesAndTallies, foreignKeys, whole, analyze },
    detail,
    plain: null,
    tallyRows,
  }
}

/** How complete records are is counted when asked; for a whole register once, set by set. */
async function countCompleteness(owner: pg.Client) {
  await owner.query(`insert into members.completeness
    select c.* from (select array_agg(u.id) as ids from units.unit u where u.kind in ('grassroots', 'occupational')) a, members.count_completeness(a.ids) c`)
  await owner.query('vacuum (analyze) members.completeness')
}

/** The longest first: every membership is checked against every other by its exclusion constraint. */
const buildOrder = (table: string) => (table === 'members.membership' ? 0 : table === 'members.movement' ? 2 : 1)

async function recountLedger(url: string, recount: string) {
  const client = await connect(url, { ...loadSettings, session_replication_role: 'replica' })
  try {
    await client.query(`select ${recount}()`)
  } finally {
    await client.end()
  }
}

/** The same rows from files into bare tables, then the same indexes: what PostgreSQL does at its best on this machine. */
export async function loadPlainly(
  url: string,
  folder: string,
  say: (text: string) => void,
): Promise<NonNullable<Loaded['plain']>> {
  const owner = await connect(url, loadSettings)
  const scratch = (table: string) => `scratch.${table.replace('.', '_')}`
  const file = (table: string) => `${folder}/${table}.copy`
  const { rows: standing } = await owner.query(
    `select n.nspname as schema, t.relname as name, quote_ident(i.relname) as key, case when c.oid is null then 'create' else 'alter' end as kind,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(x.indexrelid)) as definition
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
       left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x')
     where x.indrelid = any($1::regclass[]) order by x.indisprimary desc`,
    [tables],
  )
  await owner.query('drop schema if exists scratch cascade; create schema scratch')
  const { rows: bySize } = await owner.query<{ table: string }>(
    `select t as table from unnest($1::text[]) t order by pg_relation_size(t::regclass) desc`,
    [tables],
  )
  let copy = 0
  await eachOfTwo(url, bySize, async (client, { table }) => {
    await client.query(`create table ${scratch(table)} (like ${table} including defaults including generated)`)
    await client.query(`copy ${table} to '${file(table)}'`)
  })
  const begun = performance.now()
  await eachOfTwo(
    url,
    bySize,
    async (client, { table }) => void (await client.query(`copy ${scratch(table)} from '${file(table)}'`)),
  )
  copy = (performance.now() - begun) / 1000
  say(`  plain copy: ${copy.toFixed(1)} s`)
  for (const table of tables) rmSync(file(table), { force: true })
  const between = performance.now()
  const byTable = [...Map.groupBy(standing, ({ schema, name }) => `${schema}.${name}`)].sort(
    ([a], [b]) => buildOrder(a) - buildOrder(b),
  )
  await eachOfTwo(url, byTable, async (_, [, made]) => buildIndexes(url, made, scratch))
  const indexes = (performance.now() - between) / 1000
  say(`  plain indexes: ${indexes.toFixed(1)} s`)
  await owner.query('drop schema scratch cascade')
  await owner.end()
  return { copy, indexes, whole: copy + indexes }
}

/** The closure of the whole tree at once, as units.restate() makes it for what moved. */
async function closeTree(owner: pg.Client) {
  await owner.query(`begin;
    set local session_replication_role = replica;
    create temp table closure on commit drop as select * from units.closure_of(array(select id from units.unit));
    insert into units.cohort (ancestor_id, valid_from, valid_to, shard)
      select distinct c.ancestor_id, c.valid_from, c.valid_to, case when p.unit_id is null then c.unit_id % 16 else 0 end
      from closure c join units.unit u on u.id = c.ancestor_id and u.is_upper left join (select distinct unit_id from units.placement) p on p.unit_id = u.id;
    insert into units.branch (unit_id, ancestor_id, valid_from, valid_to, cohort_id, recorded_at)
      select c.unit_id, c.ancestor_id, c.valid_from, c.valid_to, h.id, u.recorded_at
      from closure c join units.unit u on u.id = c.unit_id left join (select distinct unit_id from units.placement) p on p.unit_id = c.ancestor_id
      left join units.cohort h on h.ancestor_id = c.ancestor_id and h.valid_from = c.valid_from and h.valid_to = c.valid_to
        and h.shard = case when p.unit_id is null then c.unit_id % 16 else 0 end;
    commit; analyze units.branch, units.cohort`)
}

/** Sequences go on after the ids that were given. */
async function renumber(owner: pg.Client) {
  const { rows } = await owner.query<{ table: string; sequence: string }>(
    `select a.attrelid::regclass::text as table, pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) as sequence
    from pg_attribute a where a.attrelid = any($1::regclass[]) and a.attname = 'id' and a.attidentity <> ''`,
    [tables],
  )
  for (const { table, sequence } of rows)
    await owner.query(`select setval('${sequence}', (select coalesce(max(id), 1) from ${table}))`)
}

/** What stands before anybody moves: units, their names and places, officers, employers and their workers, targets. */
async function standing(country: Country, seed: number, out: Record<Copied, Writer>) {
  const chance = openChance(seed, 'standing')
  const recording = openRecording(chance.next)
  const [begin, end] = [dayNumber(firstDay), dayNumber(lastDay)]
  const openedAt = `${firstDay} 00:00:00+00`
  const unit = (
    id: number,
    code: string,
    kind: string,
    name: string,
    from: string,
    recordedAt: string,
    more: Record<string, string> = {},
  ) => {
    out.unit.row([id, code, kind, name, recordedAt])
    for (const [trait, value] of Object.entries({ name, kind, code, ...more }))
      out.spell.row([id, trait, value, trait === 'name' ? fold(value) : null, from, recordedAt])
  }
  const upper = (id: number, code: string, kind: string, name: string) => {
    unit(id, code, kind, name, firstDay, openedAt)
    out.event.row([id, 'opened', 1, kind, null, firstDay, null, null, openedAt, rootLeader])
  }
  const target = (unitId: number, indicator: string, value: number) =>
    out.target.row([
      unitId,
      indicator,
      'assigned',
      '[2026-01-01,2027-01-01)',
      value,
      1,
      '2026-01-10',
      '01/KH-LĐLĐ',
      '2026-01-12 02:00:00+00',
    ])
  const targets = (unitId: number, unions: number) => {
    for (const [indicator, value] of [
      ['grassroots_founded', unions * 0.05],
      ['members_admitted', unions * 6],
      ['members_net_growth', unions * 2],
    ] as const)
      target(unitId, indicator, Math.ceil(value))
  }
  upper(country.rootId, 'tong-lien-doan', 'general_confederation', 'Tổng Liên đoàn Lao động Việt Nam')
  targets(country.rootId, country.unions.length)
  out.account.row([rootLeader, 'lanh-dao', 'Nguyễn Văn Lãnh', 'federation_leader', country.rootId, openedAt])
  for (const province of country.provinces) {
    upper(province.id, `tinh-${province.id}`, 'provincial', `LĐLĐ ${province.name}`)
    out.placement.row([province.id, country.rootId, firstDay, 'infinity', openedAt])
    out.account.row([
      leaderOf(province),
      `tinh-${province.id}`,
      `Trần Thị Tỉnh ${province.id}`,
      'federation_leader',
      province.id,
      openedAt,
    ])
    targets(
      province.id,
      province.communes.reduce((sum, commune) => sum + commune.unions.length, 0),
    )
  }
  for (const commune of country.communes) {
    upper(commune.id, `xa-${commune.id}`, 'commune', `Công đoàn xã ${commune.name}`)
    placed(commune.id, commune.province.id, commune.formerProvince?.id, firstDay, openedAt)
    out.account.row([commune.officerId, `xa-${commune.id}`, `Lê Văn Xã ${commune.id}`, 'officer', commune.id, openedAt])
    targets(commune.id, commune.unions.length)
    for (const indicator of ['party_admitted', 'welfare_gift_cases', 'training_learners']) {
      out.declaration.row([
        commune.id,
        indicator,
        '2026-01-01',
        '2026-09-30',
        chance.whole(1, 400),
        '2026-10-05 03:00:00+00',
      ])
    }
  }
  for (const union of country.unions) {
    const founded = union.foundedOn ?? begin
    const recordedAt = union.foundedOn === null ? openedAt : recording(founded)
    unit(union.id, `cd-${union.id}`, kindOf(union), union.name, dayText(founded), recordedAt, {
      sector: union.sector,
      area: union.commune.name,
    })
    placed(union.id, union.commune.id, union.formerCommune?.id, dayText(founded), recordedAt)
    if (!union.isOccupational) employ(union, founded, recordedAt)
    for (const writer of [out.spell, out.unit, out.workforceChange]) await writer.breathe()
  }

  function placed(id: number, manager: number, former: number | undefined, from: string, recordedAt: string) {
    if (former === undefined) return out.placement.row([id, manager, from, 'infinity', recordedAt])
    out.placement.row([id, former, from, restructuredOn, recordedAt])
    out.placement.row([id, manager, restructuredOn, 'infinity', '2025-06-27 03:00:00+00'])
  }

  function employ(union: Country['unions'][number], founded: number, recordedAt: string) {
    const isState = union.sector === 'state'
    const name = union.name.replace('CĐCS ', '')
    out.employer.row([
      union.id,
      String(100_000_000 + union.id).padStart(10, '0'),
      name,
      fold(name),
      isState ? 'agency' : 'enterprise',
      isState ? 'state_owned' : chance.happens(0.8) ? 'private' : 'foreign_invested',
      union.commune.name,
      union.commune.id,
      recordedAt,
    ])
    out.link.row([
      union.id,
      union.id,
      dayText(founded),
      union.endedOn ? dayText(union.endedOn) : 'infinity',
      recordedAt,
    ])
    let workers = 0
    const last = union.endedOn ?? end
    for (
      let day = founded, count = Math.ceil(union.members * (1.05 + chance.next() * 0.5));
      day < last;
      day += chance.whole(700, 1500)
    ) {
      const at = recording(day)
      out.workforceCount.row([union.id, dayText(day), count, 'Khảo sát', at])
      if (count !== workers) out.workforceChange.row([union.id, union.id, count - workers, dayText(day), at])
      workers = count
      count = Math.max(5, Math.round(count * (0.85 + chance.next() * 0.4)))
    }
    if (union.endedOn && workers > 0)
      out.workforceChange.row([union.id, union.id, -workers, dayText(union.endedOn), recording(union.endedOn)])
  }
}
