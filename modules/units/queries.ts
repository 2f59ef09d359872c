/** Questions to the tree: find a unit, its life, its place. What the caller may not see is not found. */
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import type { Decision, UnitRef } from './contract.ts'
import { isUpper } from './rules.ts'

export type Unit = UnitRef & { isUpper: boolean; foundedOn: string | null; endedOn: string | null }

const unitColumns = sql`u.id::text as id, u.code, u.name, u.kind, u.is_upper as "isUpper", units.began_on(u.id) as "foundedOn", units.ended_on(u.id) as "endedOn"`

/** Throws not-found for a unit that is absent or hidden. */
export async function getUnit(ctx: Ctx, unitId: string | number): Promise<Unit> {
  const found = await sql<Unit>`select ${unitColumns} from units.unit u where u.id = ${unitId}::bigint`.execute(ctx.db)
  if (!found.rows[0]) throw new Problem('not-found')
  return found.rows[0]
}

/** A unit by its code, or null. */
export async function findUnitByCode(ctx: Ctx, code: string): Promise<Unit | null> {
  const found = await sql<Unit>`select ${unitColumns} from units.unit u where u.code = ${code}`.execute(ctx.db)
  return found.rows[0] ?? null
}

type Found = UnitRef & {
  parentName: string | null
  formerName: string | null
  foundedOn: string | null
  endedOn: string | null
  childrenCount: number
}

export async function findUnits(
  ctx: Ctx,
  ask: { q: string; parentId?: string | undefined; kinds: 'upper' | 'grassroots' | 'any'; on?: string | undefined },
) {
  const on = ask.on ?? ctx.today
  const words = fold(ask.q).split(' ').filter(Boolean)
  const matches = sql.join(words.map((word) => sql`s.folded like ${`%${word}%`}`).concat(sql`true`), sql` and `)
  const kinds =
    ask.kinds === 'any'
      ? sql`true`
      : ask.kinds === 'upper'
        ? sql`u.is_upper`
        : sql`u.kind in ('grassroots', 'occupational')`
  const under = ask.parentId
    ? sql`exists (select from units.placement p where p.unit_id = u.id and p.manager_id = ${ask.parentId}::bigint
    and p.superseded_at = 'infinity' and p.valid_from <= ${on} and ${on}::date < p.valid_to)`
    : sql`true`
  const named =
    words.length === 0
      ? sql`true`
      : sql`(u.code = ${ask.q.trim().toLowerCase()} or u.id in (
    select s.unit_id from units.spell s where s.trait = 'name' and s.superseded_at = 'infinity' and ${matches}))`
  const found = await sql<Found>`
    select f.id::text as id, f.code, f.name, f.kind, m.name as "parentName",
      (select s.value from units.spell s where s.unit_id = f.id and s.trait = 'name' and s.superseded_at = 'infinity' and s.value <> f.name
        and ${words.length > 0 ? matches : sql`false`} limit 1) as "formerName",
      units.began_on(f.id) as "foundedOn", units.ended_on(f.id) as "endedOn",
      (select count(*)::int from units.placement c where c.manager_id = f.id and c.superseded_at = 'infinity' and c.valid_from <= ${on} and ${on}::date < c.valid_to) as "childrenCount"
    from (select u.* from units.unit u where ${kinds} and ${under} and ${named}
      order by u.is_upper desc, u.name collate "vi-x-icu", u.id limit ${sql.lit(ask.parentId ? 500 : 30)}) f
    left join units.placement p on p.unit_id = f.id and p.superseded_at = 'infinity' and p.valid_from <= ${on} and ${on}::date < p.valid_to
    left join units.unit m on m.id = p.manager_id
    order by f.is_upper desc, f.name collate "vi-x-icu", f.id`.execute(ctx.db)
  // A union whose founding was cancelled never began: nobody can pick it.
  return { units: found.rows.filter((unit) => isUpper(unit.kind) || unit.foundedOn) }
}

/** The managers of a unit from the root down, on a day. */
async function pathOf(ctx: Ctx, unitId: number, on: string): Promise<UnitRef[]> {
  const found = await sql<UnitRef>`
    with recursive up as (
      select p.manager_id, 1 as step from units.placement p where p.unit_id = ${unitId} and p.superseded_at = 'infinity' and p.valid_from <= ${on} and ${on}::date < p.valid_to
      union all
      select p.manager_id, up.step + 1 from up join units.placement p on p.unit_id = up.manager_id and p.superseded_at = 'infinity' and p.valid_from <= ${on} and ${on}::date < p.valid_to
    ) select u.id::text as id, u.code, u.name, u.kind from up join units.unit u on u.id = up.manager_id order by up.step desc`.execute(
    ctx.db,
  )
  return found.rows
}

const lastDay = (column: 's' | 'p') =>
  sql`case when ${sql.ref(`${column}.valid_to`)} = 'infinity' then null else ${sql.ref(`${column}.valid_to`)} - 1 end`

export async function showUnit(ctx: Ctx, unitId: string, on: string) {
  const unit = await getUnit(ctx, unitId)
  const id = Number(unitId)
  const spells = await sql<{ trait: string; value: string; from: string; to: string | null }>`
    select s.trait, s.value, s.valid_from as "from", ${lastDay('s')} as "to" from units.spell s
    where s.unit_id = ${id} and s.superseded_at = 'infinity' order by s.valid_from`.execute(ctx.db)
  const managers = await sql<{ unit: UnitRef; from: string; to: string | null; decision: Decision | null }>`
    select json_build_object('id', u.id::text, 'code', u.code, 'name', u.name, 'kind', u.kind) as unit, p.valid_from as "from", ${lastDay('p')} as "to",
      ${decisionJson(sql`p.decision_id`)} as decision
    from units.placement p join units.unit u on u.id = p.manager_id where p.unit_id = ${id} and p.superseded_at = 'infinity' order by p.valid_from`.execute(
    ctx.db,
  )
  const events = await sql<{
    id: string
    kind: string
    occurredOn: string
    quantity: number
    decision: Decision | null
    recordedAt: string
  }>`
    select e.id, e.kind, e.occurred_on as "occurredOn", e.quantity, ${decisionJson(sql`e.decision_id`)} as decision, e.recorded_at as "recordedAt"
    from units.event e where e.unit_id = ${id} order by e.occurred_on, e.id`.execute(ctx.db)
  const of = (trait: string) => spells.rows.filter((spell) => spell.trait === trait)
  const sector = of('sector').find((spell) => spell.from <= on && (!spell.to || on <= spell.to)) ?? of('sector').at(-1)
  return {
    id: unit.id,
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    sector: (sector?.value ?? null) as 'state' | 'non_state' | null,
    foundedOn: unit.foundedOn,
    endedOn: unit.endedOn,
    path: await pathOf(ctx, id, on),
    names: of('name').map(({ value, from, to }) => ({ name: value, from, to })),
    managers: managers.rows,
    areas: of('area').map(({ value, from, to }) => ({ area: value, from, to })),
    events: events.rows,
  }
}

/** A paper as JSON, from the column that names it; null where there is none. */
export const decisionJson = (id: ReturnType<typeof sql>) => sql<Decision | null>`(
  select json_build_object('id', d.id::text, 'number', d.number, 'signedOn', d.signed_on, 'effectiveOn', d.effective_on, 'handedOverOn', d.handed_over_on,
    'signer', d.signer, 'issuer', units.issuer_of(d.id)) from units.decision d where d.id = ${id})`

export const unitJson = (id: ReturnType<typeof sql>) => sql<UnitRef>`(
  select json_build_object('id', u.id::text, 'code', u.code, 'name', u.name, 'kind', u.kind) from units.unit u where u.id = ${id})`

/** The unit under which another stands on a day; throws where it has none. */
export async function managerOf(ctx: Ctx, unitId: number, on: string): Promise<Unit> {
  const path = await pathOf(ctx, unitId, on)
  const manager = path.at(-1)
  if (!manager) throw new Problem('not-found')
  return await getUnit(ctx, manager.id)
}
