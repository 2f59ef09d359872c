/** Acts on membership: lock, ask, decide, write - in the caller's transaction. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { officerFor } from '#modules/access/queries.ts'
import type { DecisionEntry } from '#modules/units/contract.ts'
import { holdTree, refuseFuture, refuseOutside } from '#modules/units/actions.ts'
import { faultsOfDecision, recordDecision } from '#modules/units/decisions.ts'
import { getUnit, type Unit } from '#modules/units/queries.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import type { Ctx } from '#platform/database.ts'
import { checkPeople, refuseFaults, writeArrivals } from './admission.ts'
import type { PersonEntry } from './contract.ts'

type Admission = {
  on: string
  decision?: DecisionEntry | null | undefined
  officerId?: string | null | undefined
  people: PersonEntry[]
}

async function openUnion(ctx: Ctx, unitId: string, on: string): Promise<Unit> {
  const unit = await getUnit(ctx, unitId)
  if (!isGrassroots(unit.kind)) throw new Problem('not-a-grassroots-union')
  refuseFuture(ctx, on)
  refuseOutside(unit, on)
  return unit
}

/** What an admission would do: how many come in, and everything that stands in the way. Keeps nothing. */
export async function checkAdmission(ctx: Ctx, unitId: string, entry: Admission) {
  await getUnit(ctx, unitId)
  const faults = entry.decision ? await faultsOfDecision(ctx, Number(unitId), entry.decision) : []
  try {
    await openUnion(ctx, unitId, entry.on)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    faults.push({ name: error.problem, facts: error.facts, pointer: '/on' })
  }
  const checked = await checkPeople(ctx, entry.people, entry.on)
  return { admissible: checked.candidates.length, faults: [...faults, ...checked.faults] }
}

/** Admits everybody of a list, or nobody. The paper is the union's own; the officer credited is the caller when none is named. */
export async function admitMembers(ctx: Ctx, unitId: string, entry: Admission) {
  requireRole(ctx, 'admit')
  await holdTree(ctx)
  const unit = await openUnion(ctx, unitId, entry.on)
  const { candidates, faults } = await checkPeople(ctx, entry.people, entry.on)
  refuseFaults(faults)
  const decisionId = entry.decision ? await recordDecision(ctx, Number(unitId), 'admission', entry.decision) : null
  const officerId = await officerFor(ctx, entry.officerId)
  const movementIds = await writeArrivals(ctx, candidates, {
    unitId: Number(unitId),
    isOccupational: unit.kind === 'occupational',
    on: entry.on,
    kind: 'admitted',
    decisionId,
    officerId,
  })
  return { admitted: movementIds.length, movementIds }
}

type Departure = {
  on: string
  kind: 'left' | 'expelled' | 'ended'
  reason: string
  decision?: DecisionEntry | null | undefined
}

/** Records that one member left, was expelled, or ended membership. */
export async function releaseMember(ctx: Ctx, personId: string, entry: Departure) {
  const [movementId] = await releaseMembers(ctx, [personId], entry)
  return { movementId: movementId! }
}

/** The same for several members of one union, by one paper: all of them or nobody. */
export async function releaseMembers(ctx: Ctx, personIds: readonly string[], entry: Departure): Promise<string[]> {
  requireRole(ctx, 'admit')
  await lockPeople(ctx, personIds)
  const { rows } = await sql<{ unitId: number; since: string; movementId: string }>`
    select m.unit_id as "unitId", lower(m.during) as since, m.opened_by as "movementId" from members.membership m
    where m.person_id = any(${personIds}::bigint[]) and m.closed_by is null order by m.person_id`.execute(ctx.db)
  if (rows.length < personIds.length) throw new Problem('not-a-member')
  refuseFuture(ctx, entry.on)
  for (const { since } of rows)
    if (entry.on <= since) throw new Problem('day-before-admission', { day: entry.on, since })
  const decisionId = entry.decision ? await recordDecision(ctx, rows[0]!.unitId, 'departure', entry.decision) : null
  const done = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, decision_id, officer_id, reason)
    select person_id, unit_id, ${entry.kind}, -1, ${entry.on}, is_woman, in_occupational, ${decisionId}::bigint, ${ctx.actor.id}, ${entry.reason}
    from members.movement where id = any(${rows.map((row) => row.movementId)}::bigint[]) order by id returning id`.execute(
    ctx.db,
  )
  return done.rows.map((row) => row.id)
}

/** Locks people by their identities; throws not-found when one is hidden. */
async function lockPeople(ctx: Ctx, personIds: readonly string[]) {
  const { rows } = await sql<{
    hash: Buffer
  }>`select p.identity_hash as hash from members.person p where p.id = any(${personIds}::bigint[])`.execute(ctx.db)
  if (rows.length < personIds.length) throw new Problem('not-found')
  await sql`select members.lock_identities(${rows.map((row) => row.hash)})`.execute(ctx.db)
}

export async function reverseMovement(ctx: Ctx, movementId: string, reason: string) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<{
    personId: string
  }>`select m.person_id as "personId" from members.movement m where m.id = ${movementId}`.execute(ctx.db)
  if (!rows[0]) throw new Problem('not-found')
  await lockPeople(ctx, [rows[0].personId])
  const asked = await sql<{ isReversed: boolean; isFounding: boolean; isOpening: boolean }>`
    select m.reverses_id is not null or exists (select from members.movement r where r.reverses_id = m.id) as "isReversed",
      coalesce(d.kind = 'founding', false) as "isFounding", m.kind = 'opening' as "isOpening"
    from members.movement m left join units.decision d on d.id = m.decision_id where m.id = ${movementId}`.execute(
    ctx.db,
  )
  const { isReversed, isFounding } = asked.rows[0]!
  if (isReversed) throw new Problem('already-reversed')
  if (isFounding) throw new Problem('founding-is-cancelled-whole')
  const [reversed] = await reverseAll(ctx, sql`m.id = ${movementId}`, reason)
  return { movementId: reversed! }
}

/** Reverses every movement that a condition names; refuses when one of these people moved since. Returns the new rows' ids. */
export async function reverseAll(ctx: Ctx, which: ReturnType<typeof sql>, reason: string): Promise<string[]> {
  await sql`select members.lock_identities(array(select p.identity_hash from members.movement m join members.person p on p.id = m.person_id where ${which}))`.execute(
    ctx.db,
  )
  const later = await sql<{ name: string; kind: string; on: string }>`
    select p.full_name as name, l.kind, l.occurred_on as "on"
    from members.movement m join members.later_movement(m.id) l on true join members.person p on p.id = m.person_id
    where ${which} and m.reverses_id is null limit 1`.execute(ctx.db)
  if (later.rows[0]) throw new Problem('later-movement-exists', later.rows[0])
  const done = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, decision_id, officer_id, reason, reverses_id)
    select m.person_id, m.unit_id, m.kind, -m.quantity, m.occurred_on, m.is_woman, m.in_occupational, m.decision_id, m.officer_id, ${reason}, m.id
    from members.movement m where ${which} and m.reverses_id is null and not exists (select from members.movement r where r.reverses_id = m.id)
    order by m.id returning id`.execute(ctx.db)
  return done.rows.map((row) => row.id)
}

/** Shows a whole identity number. Who asked and why is kept before the answer leaves. */
export async function readIdentityNumber(ctx: Ctx, personId: string, reason: string) {
  requireRole(ctx, 'read-identity')
  const { rows } = await sql<{
    sealed: Buffer
  }>`select p.identity_sealed as sealed from members.person p where p.id = ${personId}`.execute(ctx.db)
  if (!rows[0]) throw new Problem('not-found')
  await ctx.db.insertInto('members.identity_reading').values({ person_id: personId, reason }).execute()
  return { identityNumber: ctx.secret.open(rows[0].sealed) }
}
