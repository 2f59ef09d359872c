/** The ground keeps its promises: every table commented, fenced and audited; ledgers that nobody rewrites, not even their
 *  owner; a stranger who asks the tables themselves sees nothing; what is derived from the database or the contracts is fresh. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columnsOf } from '#kernel/indicators.ts'
import { nameActor } from '#platform/database.ts'
import { typesFrom } from '../scripts/schema.ts'
import { describeApi } from '#server/openapi.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { fillLedgers, ledgers } from './ledgers.ts'
import { foundingEntry, furnish, openSample, people, today, type World } from './world.ts'

let world: World
let unions: { tayHo: number; dongAnh: number }
beforeAll(async () => {
  world = await openSample()
  const tayHo = await furnish(world, world.lan, world.hoa, world.units.tayHo, 0)
  const dongAnh = await furnish(world, world.binh, world.quang, world.units.dongAnh, 101)
  unions = { tayHo: Number(tayHo.unitId), dongAnh: Number(dongAnh.unitId) }
})
afterAll(() => world.close())

const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(world.owner)).rows

const schemas = [
  'access',
  'units',
  'imports',
  'employers',
  'members',
  'founding',
  'targets',
  'progress',
  'ledger',
  'public',
]
type Table = { name: string; comment: string | null; fenced: boolean; audited: boolean; key: string | null }
const tables = () =>
  rows(sql<Table>`select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as comment, c.relrowsecurity as fenced,
    exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'access.audit'::regproc) as audited,
    (select split_part(encode(t.tgargs, 'escape'), '\\000', 1) from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_insert') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname = any(${schemas}) order by 1`)

/** Audit lines are not audited, and migrations run before there is an audit. */
const withoutAudit = ['access.audit_line', 'public.migration']

test('every table says what it is, is fenced, and every write to it leaves a line', async () => {
  const all = await tables()
  expect(all.length).toBeGreaterThan(25)
  expect(all.filter((table) => !table.comment).map((table) => table.name)).toEqual([])
  expect(all.filter((table) => !table.fenced).map((table) => table.name)).toEqual([])
  expect(all.filter((table) => !table.audited).map((table) => table.name)).toEqual(withoutAudit)
  const elsewhere = await rows(sql<{ name: string }>`select nspname as name from pg_namespace
    where nspname !~ '^(pg_|information_schema)' and nspname <> all(${schemas})`)
  expect(elsewhere).toEqual([])
})

test('the application role owns nothing and cannot rise', async () => {
  const [role] = await rows(
    sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolinherit from pg_roles where rolname = 'ket_doan_app'`,
  )
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: false,
    rolinherit: false,
  })
  const [owned] = await rows(
    sql<{
      n: number
    }>`select count(*)::int as n from pg_shdepend where refobjid = 'ket_doan_app'::regrole and deptype = 'o'`,
  )
  expect(owned!.n).toBe(0)
  const memberships = await rows(sql`select from pg_auth_members where member = 'ket_doan_app'::regrole`)
  expect(memberships).toEqual([])
  const mayCreate = await rows(
    sql<{
      name: string
    }>`select nspname as name from pg_namespace where has_schema_privilege('ket_doan_app', oid, 'create')`,
  )
  expect(mayCreate.filter((schema) => !schema.name.startsWith('pg_temp'))).toEqual([])
})

/** The columns that acts may change: the name of a unit today, the instant at which a row no longer speaks, how far an import is. */
const changeable = [
  'employers.union_link.superseded_at',
  'imports.import.committed_at',
  'imports.import.counts',
  'imports.import.head',
  'imports.import.settings',
  'imports.import.state',
  'imports.import.step_at',
  'imports.import.steps_done',
  'imports.import.steps_total',
  'imports.import.trouble',
  'imports.import.undo_reason',
  'imports.import.undone_at',
  'imports.import.undone_by',
  'members.saved_view.superseded_at',
  'units.decision.withdrawn_at',
  'units.placement.superseded_at',
  'units.spell.superseded_at',
  'units.unit.code',
  'units.unit.kind',
  'units.unit.name',
]

test('the application role removes nothing, and changes a handful of columns only', async () => {
  const removable = await rows(sql<{
    name: string
  }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and n.nspname = any(${schemas})
      and (has_table_privilege('ket_doan_app', c.oid, 'delete') or has_table_privilege('ket_doan_app', c.oid, 'truncate') or has_table_privilege('ket_doan_app', c.oid, 'trigger'))`)
  expect(removable).toEqual([])
  const columns = await rows(sql<{
    name: string
  }>`select c.oid::regclass::text || '.' || a.attname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v') and n.nspname = any(${schemas}) and has_column_privilege('ket_doan_app', c.oid, a.attnum, 'update') order by 1`)
  // Rows of a list that wait to be written are no records yet: they are mended in place.
  const kept = columns.map((column) => column.name).filter((name) => !name.startsWith('members.import_row.'))
  expect(kept).toEqual(changeable)
})

test('nobody rewrites a ledger, not even its owner', async () => {
  const kept = await rows(
    sql<{
      name: string
    }>`select distinct t.tgrelid::regclass::text as name from pg_trigger t where t.tgname in ('append_only', 'never_emptied') order by 1`,
  )
  expect(kept.map((ledger) => ledger.name)).toEqual(ledgers)
  const tallied = await rows(sql<{ name: string }>`select relation::text as name from ledger.tallied`)
  expect(ledgers).toEqual(expect.arrayContaining(tallied.map((ledger) => ledger.name)))
  await fillLedgers(world.owner, world.actors.lan.id, unions.tayHo)
  const keys = new Map((await tables()).map((table) => [table.name, table.key]))
  for (const ledger of ledgers) {
    const [filled] = await rows(sql<{ n: number }>`select count(*)::int as n from ${sql.table(ledger)}`)
    expect(filled!.n, `${ledger} has rows to defend`).toBeGreaterThan(0)
    for (const rewrite of [
      sql`update ${sql.table(ledger)} set ${sql.ref(keys.get(ledger) ?? 'id')} = default`,
      sql`delete from ${sql.table(ledger)}`,
      sql`truncate ${sql.table(ledger)} cascade`,
    ])
      await expect(rewrite.execute(world.owner)).rejects.toThrow(/is append-only/)
  }
})

test('a reversal must be the opposite of a row that stands', async () => {
  const [arrival] = await rows(sql<{ id: string }>`select id from members.movement where quantity = 1 limit 1`)
  const reverse = (quantity: number, day: string, reverses: string) =>
    sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, reverses_id)
      select person_id, unit_id, kind, ${quantity}, ${day}::date, is_woman, in_occupational, ${reverses} from members.movement where id = ${arrival!.id} returning id`
  await expect(reverse(1, '2024-05-10', arrival!.id).execute(world.owner)).rejects.toThrow(/opposite/)
  await expect(reverse(-1, '2024-05-11', arrival!.id).execute(world.owner)).rejects.toThrow(/opposite/)
  await expect(reverse(-1, '2024-05-10', '999999').execute(world.owner)).rejects.toThrow(/opposite/)
})

/** Functions that run past the fence pin where they look for names; a new one for the application role is a decision. */
const pastTheFence = [
  'access.close_session',
  'access.credentials',
  'access.demo_accounts',
  'access.note_failed_try',
  'access.open_session',
  'access.seconds_to_wait',
  'access.session_account',
  'employers.known',
  'founding.figures_in_branch',
  'imports.drop_file',
  'members.branch_people',
  'members.close_rows',
  'members.commit_rows',
  'members.completeness_of',
  'members.drop_rows',
  'members.figures_in_branch',
  'members.find_names',
  'members.find_numbers',
  'members.find_tails',
  'members.import_unit',
  'members.joined_by',
  'members.judge_import',
  'members.judge_staff',
  'members.lock_identities',
  'members.lock_import',
  'members.lock_people',
  'members.looks',
  'members.name_ids',
  'members.names_of_import',
  'members.refresh_completeness',
  'members.register_walk',
  'members.standing',
  'members.standing_twins',
  'members.touched_by',
  'members.transfer_requests',
  'members.undo_slice',
  'members.undo_staff_list',
  'members.whereabouts',
  'progress.children',
  'progress.figures',
  'units.closure_of',
  'units.in_my_branch',
  'units.issuer_of',
  'units.kind_of',
  'units.shard_of',
]

test('functions that see past the fence are few, named here, and cannot be misled', async () => {
  const found = await rows(sql<{
    name: string
    pinned: boolean
    callable: boolean
  }>`select n.nspname || '.' || p.proname as name,
      coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%' as pinned,
      has_function_privilege('ket_doan_app', p.oid, 'execute') and p.prorettype <> 'trigger'::regtype as callable
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname = any(${schemas}) order by 1`)
  expect(found.filter((one) => !one.pinned)).toEqual([])
  expect(found.filter((one) => one.callable).map((one) => one.name)).toEqual(pastTheFence)
})

test('a write leaves a line with who, by which act, to which table, how many', async () => {
  const lines = await rows(sql<{ actor: number; act: string; relation: string; op: string; rows: number }>`
    select actor, act, relation, op, rows from access.audit_line where actor = ${world.actors.lan.id} and act = 'POST /foundings'`)
  const of = (relation: string, op = 'insert') =>
    lines.find((line) => line.relation === relation && line.op === op)?.rows
  expect([
    of('founding.founding'),
    of('members.movement'),
    of('members.person'),
    of('units.unit'),
    of('units.decision'),
    of('employers.union_link'),
  ]).toEqual([1, 6, 6, 1, 1, 1])
  const [before] = await rows(sql<{ id: string }>`select max(id) as id from access.audit_line`)
  expect(await world.lan(foundUnion, { body: foundingEntry(world, { people: people(50, 5) }) })).toBe(
    'employer-has-union',
  )
  expect(
    await rows(sql`select from access.audit_line where id > ${before!.id}`),
    'what was refused wrote nothing',
  ).toEqual([])
})

const ofPerson = (column: string) =>
  `(select m.unit_id from members.membership m where m.person_id = t.${column} order by m.id limit 1)`
const ofAccount = (column: string) => `(select a.unit_id from access.account a where a.id = t.${column})`
/** Which unit a row of a table belongs to, where that is not its column unit_id. */
const unitOf: Record<string, string> = {
  'units.decision': 't.issuer_id',
  'units.unit': 't.id',
  'members.person': ofPerson('id'),
  'members.statement': ofPerson('person_id'),
  'members.photo': ofPerson('person_id'),
  'members.look': ofPerson('person_id'),
  'members.look_alike': ofPerson('person_a'),
  'members.twin_decision': ofPerson('person_a'),
  'members.merge': ofPerson('kept_id'),
  'members.leg': 't.from_unit_id',
  'employers.workforce_count': '(select l.unit_id from employers.union_link l where l.employer_id = t.employer_id)',
  'employers.employer': '(select l.unit_id from employers.union_link l where l.employer_id = t.id)',
  'members.identity_reading': ofAccount('read_by'),
  'access.kept_reply': ofAccount('account_id'),
  'access.audit_line': ofAccount('actor'),
}
/** What anybody signed in may read: the law's numbers and the register of declared indicators. */
const forEverybody = ['targets.indicator', 'units.rule_value']

/** The keys of the rows that somebody sees in a table, asked as the application role; null where they may not ask at all. */
const keysSeen = (table: string, key: string, actor: World['actors']['lan'] | null) =>
  world.house.db
    .transaction()
    .execute(async (db) => {
      if (actor) await nameActor(db, actor, 'test', today)
      const seen = await sql<{ key: string }>`select ${sql.ref(key)}::text as key from ${sql.table(table)}`.execute(db)
      return seen.rows.map((row) => row.key)
    })
    .catch((error: { code?: string }) => {
      if (error.code === '42501') return null
      throw error
    })

test('a stranger sees the rows of their own branch and no others, whichever table they ask', async () => {
  const branch = [world.units.dongAnh, unions.dongAnh]
  const seenByBinh = new Set<string>()
  for (const { name, key } of await tables()) {
    if (forEverybody.includes(name)) continue
    const column = key ?? (name === 'access.audit_line' ? 'id' : 'number')
    expect((await keysSeen(name, column, null)) ?? [], `${name} to nobody`).toEqual([])
    const keys = await keysSeen(name, column, world.actors.binh)
    if (!keys || keys.length === 0) continue
    seenByBinh.add(name)
    const units = await rows(sql<{
      unit: number
    }>`select distinct ${sql.raw(unitOf[name] ?? 't.unit_id')} as unit from ${sql.table(name)} t
      where t.${sql.ref(column)}::text = any(${keys})`)
    expect(
      units.filter(({ unit }) => !branch.includes(unit)),
      name,
    ).toEqual([])
  }
  // Not empty-handed: where there is something of their own, they see it.
  expect([...seenByBinh].sort()).toEqual([
    'access.account',
    'access.audit_line',
    'employers.employer',
    'employers.union_link',
    'employers.workforce_change',
    'employers.workforce_count',
    'founding.founding',
    'members.membership',
    'members.movement',
    'members.person',
    'members.statement',
    'progress.declaration',
    'targets.target',
    'units.branch',
    'units.decision',
    'units.event',
    'units.placement',
    'units.spell',
    'units.unit',
  ])
})

test('nor can a stranger write into another branch', async () => {
  const asBinh = (query: ReturnType<typeof sql>) =>
    world.house.db.transaction().execute(async (db) => {
      await nameActor(db, world.actors.binh, 'test', today)
      await query.execute(db)
    })
  const movement = sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational)
    select person_id, ${unions.tayHo}, 'admitted', 1, '2025-01-01', true, false from members.movement limit 1`
  const target = sql`insert into targets.target (unit_id, indicator, set_by, period, value, version, set_on, paper)
    values (${world.units.tayHo}, 'members_admitted', 'own', '[2024-01-01,2025-01-01)', 1, 9, '2024-01-01', 'x')`
  const placement = sql`insert into units.placement (unit_id, manager_id, valid_from) values (${unions.dongAnh}, ${world.units.tayHo}, '2025-01-01')`
  for (const write of [movement, target, placement]) await expect(asBinh(write)).rejects.toThrow(/row-level security/)
  const rename = sql`update units.unit set name = 'Của tôi' where id = ${unions.tayHo}`
  await asBinh(rename)
  expect(await rows(sql`select from units.unit where name = 'Của tôi'`)).toEqual([])
})

test('the types of the tables are those of the migrations, and tallies answer in the order the kernel reads', async () => {
  expect(typesFrom(world.url)).toBe(readFileSync('database/types.ts', 'utf8'))
  const tallied = await rows(
    sql<{
      schema: string
      names: string[]
    }>`select split_part(relation::text, '.', 1) as schema, names from ledger.tallied`,
  )
  expect(
    Object.fromEntries(tallied.map(({ schema, names }) => [schema === 'founding' ? 'founding' : schema, names])),
  ).toEqual(columnsOf)
})

type Told = { paths: Record<string, Record<string, Operation>> }
type Operation = { parameters: { name: string; in: string; required: boolean }[] }

test('openapi.json tells the contracts as they are, and every reference in it leads somewhere', () => {
  const told = JSON.parse(JSON.stringify(describeApi())) as Told
  expect(JSON.parse(readFileSync('openapi.json', 'utf8')), 'run: ./ket-doan openapi > openapi.json').toEqual(told)
  const text = JSON.stringify(told)
  for (const [, path] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
    const target = path!
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], told)
    expect(target, path).toBeTypeOf('object')
  }
  for (const [path, operations] of Object.entries(told.paths)) {
    for (const [method, { parameters }] of Object.entries(operations)) {
      const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name)
      expect(inPath, `${method} ${path}`).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      expect(parameters.filter((one) => one.in === 'path' && !one.required)).toEqual([])
    }
  }
  expect(told.paths['/api/progress']!['get']!.parameters.filter((one) => one.required).map((one) => one.name)).toEqual([
    'unitId',
  ])
})
