/** Acts on the tree. A change supersedes spells and adds new ones; the closure and the tallies follow by trigger. */
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Ctx } from '#platform/database.ts'
import type { DecisionEntry, Sector, UnitKind } from './contract.ts'
import { recordDecision } from './decisions.ts'
import { findUnitByCode, getUnit, managerOf, type Unit } from './queries.ts'
import { codeFrom, isUpper, refuseOutsideLife } from './rules.ts'

type Entry = {
  name: string
  kind: UnitKind
  code?: string | undefined
  sector?: Sector | null | undefined
  area?: string | null | undefined
}

/** Throws when a day lies outside a unit's life. */
export function refuseOutside(unit: Unit, on: string) {
  const refusal = refuseOutsideLife(unit, on)
  if (refusal) throw new Problem(refusal.problem, refusal.facts)
}

/** Throws for a day that has not come. */
export const refuseFuture = (ctx: Ctx, on: string) => {
  if (on > ctx.today) throw new Problem('day-in-future', { day: on, today: ctx.today })
}

/** Puts a new unit into the tree under its manager, named and described from a day on. The ledger row is the caller's. */
export async function placeUnit(ctx: Ctx, managerId: number, entry: Entry, on: string, decisionId: string | null) {
  if (entry.code && (await findUnitByCode(ctx, entry.code))) throw new Problem('code-taken', { code: entry.code })
  const { rows } = await sql<{ id: number }>`select nextval('units.unit_id_seq')::int as id`.execute(ctx.db)
  const id = rows[0]!.id
  const code = entry.code ?? `${codeFrom(fold(entry.name))}-${id}`
  // Without `returning`: until it is placed, the unit is in nobody's branch.
  await sql`insert into units.unit (id, code, kind, name) overriding system value values (${id}, ${code}, ${entry.kind}, ${entry.name})`.execute(
    ctx.db,
  )
  await ctx.db
    .insertInto('units.placement')
    .values({ unit_id: id, manager_id: managerId, valid_from: on, decision_id: decisionId })
    .execute()
  const spell = (trait: string, value: string) => ({
    unit_id: id,
    trait,
    value,
    folded: trait === 'name' ? fold(value) : null,
    valid_from: on,
    decision_id: decisionId,
  })
  const spells = [spell('name', entry.name), spell('kind', entry.kind), spell('code', code)]
  if (entry.sector) spells.push(spell('sector', entry.sector))
  if (entry.area) spells.push(spell('area', entry.area))
  await ctx.db.insertInto('units.spell').values(spells).execute()
  return { id, code }
}

/** Records what happened to a unit in the ledger of units' lives. */
export async function recordEvent(
  ctx: Ctx,
  unit: { id: number; kind: UnitKind; sector: Sector | null },
  event: {
    kind: 'opened' | 'founded' | 'established' | 'ended'
    on: string
    decisionId: string | null
    officerId?: number | null
  },
) {
  const { id } = await ctx.db
    .insertInto('units.event')
    .values({
      unit_id: unit.id,
      kind: event.kind,
      quantity: event.kind === 'ended' ? -1 : 1,
      unit_kind: unit.kind,
      sector: unit.sector,
      occurred_on: event.on,
      decision_id: event.decisionId,
      officer_id: event.officerId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Adds the opposite of an event, on the same day. */
export const reverseEvent = (ctx: Ctx, eventId: string, reason: string) =>
  sql`insert into units.event (unit_id, kind, quantity, unit_kind, sector, occurred_on, decision_id, officer_id, reason, reverses_id)
    select unit_id, kind, -quantity, unit_kind, sector, occurred_on, decision_id, officer_id, ${reason}, id from units.event where id = ${eventId}`.execute(
    ctx.db,
  )

type Dated = { on: string; decision?: DecisionEntry | null | undefined }

export async function establishUnit(ctx: Ctx, managerId: string, entry: Entry & Dated) {
  requireRole(ctx, 'manage-units')
  await holdTree(ctx)
  refuseFuture(ctx, entry.on)
  if (!isUpper(entry.kind)) throw new Problem('grassroots-are-founded')
  const manager = await getUnit(ctx, managerId)
  if (!manager.isUpper) throw new Problem('manager-not-upper')
  refuseOutside(manager, entry.on)
  const decisionId = entry.decision ? await recordDecision(ctx, Number(managerId), 'structure', entry.decision) : null
  const { id, code } = await placeUnit(ctx, Number(managerId), entry, entry.on, decisionId)
  await recordEvent(
    ctx,
    { id, kind: entry.kind, sector: entry.sector ?? null },
    { kind: 'established', on: entry.on, decisionId },
  )
  return { id: String(id), code }
}

/** Ends the spells that reach past a day and lets the new one start there; refuses where a later one already begins. */
export async function renameUnit(ctx: Ctx, unitId: string, entry: { name: string } & Dated) {
  requireRole(ctx, 'manage-units')
  // The register shows the name of today, so a name cannot wait for its day.
  refuseFuture(ctx, entry.on)
  const unit = await getUnit(ctx, unitId)
  refuseOutside(unit, entry.on)
  const id = Number(unitId)
  const current = await openSpell(ctx, 'units.spell', id, entry.on)
  const issuer = unit.isUpper ? id : Number((await managerOf(ctx, id, entry.on)).id)
  const decisionId = entry.decision ? await recordDecision(ctx, issuer, 'structure', entry.decision) : null
  await ctx.db
    .updateTable('units.spell')
    .set({ superseded_at: sql`ledger.instant()` })
    .where('id', '=', current.id)
    .execute()
  await sql`insert into units.spell (unit_id, trait, value, folded, valid_from, valid_to, decision_id)
    select unit_id, trait, value, folded, valid_from, ${entry.on}::date, decision_id from units.spell where id = ${current.id} and valid_from < ${entry.on}
    union all select ${id}, 'name', ${entry.name}, ${fold(entry.name)}, ${entry.on}::date, 'infinity', ${decisionId}::bigint`.execute(
    ctx.db,
  )
  await ctx.db.updateTable('units.unit').set({ name: entry.name }).where('id', '=', id).execute()
  return { id: unitId }
}

export async function moveUnit(ctx: Ctx, unitId: string, entry: { managerId: string } & Dated) {
  requireRole(ctx, 'manage-units')
  await holdTreeAlone(ctx)
  const [unit, manager] = [await getUnit(ctx, unitId), await getUnit(ctx, entry.managerId)]
  refuseOutside(unit, entry.on)
  refuseOutside(manager, entry.on)
  if (!manager.isUpper) throw new Problem('manager-not-upper')
  const [id, managerId] = [Number(unitId), Number(entry.managerId)]
  const below =
    await sql`select from units.branch b where b.ancestor_id = ${id} and b.unit_id = ${managerId} and b.superseded_at = 'infinity'`.execute(
      ctx.db,
    )
  if (below.rows.length > 0) throw new Problem('under-itself')
  const current = await openSpell(ctx, 'units.placement', id, entry.on)
  const decisionId = entry.decision ? await recordDecision(ctx, managerId, 'structure', entry.decision) : null
  await ctx.db
    .updateTable('units.placement')
    .set({ superseded_at: sql`ledger.instant()` })
    .where('id', '=', current.id)
    .execute()
  await sql`insert into units.placement (unit_id, manager_id, valid_from, valid_to, decision_id)
    select unit_id, manager_id, valid_from, ${entry.on}::date, decision_id from units.placement where id = ${current.id} and valid_from < ${entry.on}
    union all select ${id}, ${managerId}, ${entry.on}::date, 'infinity', ${decisionId}::bigint`.execute(ctx.db)
  return { id: unitId }
}

/** One restructuring at a time: two moves at once could each be right and together make a circle. */
export const holdTreeAlone = (ctx: Ctx) => sql`select units.hold_tree_alone()`.execute(ctx.db)
/** Together with others, against a restructuring: what is asked of a unit from here on still holds when it is written. */
export const holdTree = (ctx: Ctx) => sql`select units.hold_tree()`.execute(ctx.db)

export async function endUnit(ctx: Ctx, unitId: string, entry: Dated) {
  requireRole(ctx, 'manage-units')
  await holdTreeAlone(ctx)
  refuseFuture(ctx, entry.on)
  const unit = await getUnit(ctx, unitId)
  if (!unit.isUpper) throw new Problem('grassroots-are-founded')
  refuseOutside(unit, entry.on)
  const id = Number(unitId)
  const standing = await sql<{ count: number }>`select count(*)::int as count from units.placement p
      join units.unit u on u.id = p.unit_id
    where p.manager_id = ${id} and p.superseded_at = 'infinity' and ${entry.on}::date < p.valid_to
      and (u.is_upper or units.began_on(u.id) is not null) and coalesce(units.ended_on(u.id), 'infinity') > ${entry.on}`.execute(
    ctx.db,
  )
  if (standing.rows[0]!.count > 0) throw new Problem('unit-not-empty', { count: standing.rows[0]!.count })
  const issuer = Number((await managerOf(ctx, id, entry.on)).id)
  const decisionId = entry.decision ? await recordDecision(ctx, issuer, 'structure', entry.decision) : null
  await recordEvent(ctx, { id, kind: unit.kind, sector: null }, { kind: 'ended', on: entry.on, decisionId })
  return { id: unitId }
}

/** The spell in force on a day, locked; refuses when another already begins after it. */
async function openSpell(ctx: Ctx, table: 'units.spell' | 'units.placement', unitId: number, on: string) {
  const name = table === 'units.spell' ? sql`trait = 'name'` : sql`true`
  const { rows } = await sql<{
    id: string
    valid_from: string
    valid_to: string
  }>`select id, valid_from, valid_to from ${sql.table(table)}
    where unit_id = ${unitId} and superseded_at = 'infinity' and ${name} and valid_to > ${on} order by valid_from for no key update`.execute(
    ctx.db,
  )
  const [current, later] = rows
  if (!current || later || current.valid_from > on || current.valid_to !== 'infinity') {
    throw new Problem('later-spell-exists', { from: later?.valid_from ?? current?.valid_from ?? on })
  }
  return current
}
