/** The slow truth: figures counted row by row from the ledgers, and ancestors walked up placement by placement. It shares no
 *  query, tally or formula with the program. */
import { sql } from 'kysely'
import type { World } from './world.ts'

type Row = Record<string, unknown> & {
  id: string
  unit_id: number
  quantity: number
  occurred_on: string
  recorded_at: string
}
type Placement = {
  unit_id: number
  manager_id: number
  valid_from: string
  recorded_at: string
  superseded_at: string | null
}
export type Clocks = { from: string; asOf: string; structureOn: string; knownAt?: string | null }

/** A copy of the ledgers and the tree, as they stand. Instants are text of equal length and microseconds, so they compare. */
export async function copyLedgers(world: World) {
  const instant = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`)
  const rows = async (table: string) =>
    (
      await sql<Row>`select t.*, ${instant('t.recorded_at')} as recorded_at from ${sql.table(table)} t order by t.id`.execute(
        world.owner,
      )
    ).rows
  const placements =
    await sql<Placement>`select p.unit_id, p.manager_id, p.valid_from, ${instant('p.recorded_at')} as recorded_at,
    nullif(p.superseded_at, 'infinity') is not null as gone, ${instant("nullif(p.superseded_at, 'infinity')")} as superseded_at
    from units.placement p order by p.valid_from`.execute(world.owner)
  const units = await sql<{ id: number; is_upper: boolean }>`select id, is_upper from units.unit order by id`.execute(
    world.owner,
  )
  return {
    members: await rows('members.movement'),
    founding: await rows('founding.founding'),
    units: await rows('units.event'),
    employers: await rows('employers.workforce_change'),
    placements: placements.rows,
    everyUnit: units.rows,
  }
}
export type Ledgers = Awaited<ReturnType<typeof copyLedgers>>

const isKnown = (row: { recorded_at: string }, knownAt: string | null | undefined) =>
  !knownAt || row.recorded_at <= knownAt

/** Who manages a unit on a day, as known: on its first place before its first spell, on its last after its last. */
export function managerOn(ledgers: Ledgers, unitId: number, day: string, knownAt?: string | null): number | null {
  const spells = ledgers.placements.filter(
    (spell) =>
      spell.unit_id === unitId &&
      isKnown(spell, knownAt) &&
      (spell.superseded_at === null || (knownAt != null && spell.superseded_at > knownAt)),
  )
  const standing = spells.filter((spell) => spell.valid_from <= day).at(-1) ?? spells[0]
  return standing?.manager_id ?? null
}

export function ancestorsOn(ledgers: Ledgers, unitId: number, day: string, knownAt?: string | null): number[] {
  const path: number[] = []
  for (let at: number | null = unitId; at !== null; at = managerOn(ledgers, at, day, knownAt)) {
    if (path.length > 50) throw new Error(`the tree goes round at ${unitId}`)
    path.push(at)
  }
  return path
}

type Count = (row: Row) => number
const when =
  (test: (row: Row) => boolean): Count =>
  (row) =>
    test(row) ? row.quantity : 0
const departed = ['sent', 'left', 'expelled', 'ended']
const isUnion = (row: Row) => row['unit_kind'] === 'grassroots' || row['unit_kind'] === 'occupational'

/** Each counted indicator in one line of plain words. */
export const meanings: Record<
  string,
  { ledger: 'members' | 'founding' | 'units' | 'employers'; kind: 'flow' | 'stock'; count: Count }
> = {
  grassroots_founded: { ledger: 'founding', kind: 'flow', count: (row) => row.quantity },
  occupational_founded: { ledger: 'founding', kind: 'flow', count: when((row) => row['unit_kind'] === 'occupational') },
  grassroots_founded_excluding_occupational: {
    ledger: 'founding',
    kind: 'flow',
    count: when((row) => row['unit_kind'] === 'grassroots'),
  },
  grassroots_founded_nonstate_25: {
    ledger: 'founding',
    kind: 'flow',
    count: when(
      (row) => row['unit_kind'] === 'grassroots' && row['sector'] === 'non_state' && Number(row['members']) >= 25,
    ),
  },
  grassroots_founded_enterprise_25: {
    ledger: 'founding',
    kind: 'flow',
    count: when(
      (row) =>
        row['unit_kind'] === 'grassroots' && row['employer_kind'] === 'enterprise' && Number(row['members']) >= 25,
    ),
  },
  founding_decision: { ledger: 'founding', kind: 'flow', count: (row) => row.quantity * Number(row['members']) },
  members_admitted: { ledger: 'members', kind: 'flow', count: when((row) => row['kind'] === 'admitted') },
  members_admitted_women: {
    ledger: 'members',
    kind: 'flow',
    count: when((row) => row['kind'] === 'admitted' && row['is_woman'] === true),
  },
  occupational_members_admitted: {
    ledger: 'members',
    kind: 'flow',
    count: when((row) => row['kind'] === 'admitted' && row['in_occupational'] === true),
  },
  members_decreased: {
    ledger: 'members',
    kind: 'flow',
    count: (row) => -when((one) => departed.includes(String(one['kind'])))(row),
  },
  members_left: { ledger: 'members', kind: 'flow', count: (row) => -when((one) => one['kind'] === 'left')(row) },
  members_net_growth: { ledger: 'members', kind: 'flow', count: when((row) => row['kind'] !== 'opening') },
  members_total: { ledger: 'members', kind: 'stock', count: (row) => row.quantity },
  members_women: { ledger: 'members', kind: 'stock', count: when((row) => row['is_woman'] === true) },
  grassroots_total: { ledger: 'units', kind: 'stock', count: when(isUnion) },
  grassroots_state: { ledger: 'units', kind: 'stock', count: when((row) => isUnion(row) && row['sector'] === 'state') },
  grassroots_nonstate: {
    ledger: 'units',
    kind: 'stock',
    count: when((row) => isUnion(row) && row['sector'] === 'non_state'),
  },
  occupational_total: { ledger: 'units', kind: 'stock', count: when((row) => row['unit_kind'] === 'occupational') },
  workers_total: { ledger: 'employers', kind: 'stock', count: (row) => row.quantity },
}

/** Every counted indicator of a unit's branch, by the slow way. */
export function figuresBySlowCount(
  ledgers: Ledgers,
  unitId: number,
  { from, asOf, structureOn, knownAt }: Clocks,
): Record<string, number> {
  const inBranch = new Map(
    ledgers.everyUnit.map((unit) => [unit.id, ancestorsOn(ledgers, unit.id, structureOn, knownAt).includes(unitId)]),
  )
  return Object.fromEntries(
    Object.entries(meanings).map(([code, { ledger, kind, count }]) => {
      const first = kind === 'flow' ? from : '0000-01-01'
      const counted = ledgers[ledger].filter(
        (row) =>
          inBranch.get(row.unit_id) && isKnown(row, knownAt) && row.occurred_on >= first && row.occurred_on <= asOf,
      )
      return [code, counted.reduce((sum, row) => sum + count(row), 0)]
    }),
  )
}
