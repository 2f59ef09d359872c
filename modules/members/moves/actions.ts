/** Acts that move a member: lock, ask, decide, write - in the caller's transaction. A transfer has two legs; none is an admission. */
import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { DecisionEntry } from '#modules/units/contract.ts'
import { holdTree, refuseFuture, refuseOutside } from '#modules/units/actions.ts'
import { recordDecision } from '#modules/units/decisions.ts'
import { getUnit, type Unit } from '#modules/units/queries.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import type { Ctx } from '#platform/database.ts'
import { inTheWay, lockHistories, refuseMove, type Standing, type Subject } from './history.ts'
import { impossibleIn, stateOn, type MovementKind, type State } from './rules.ts'

type Paper = DecisionEntry | null | undefined
type Cause = 'death' | 'prison' | 'unit_ended' | 'left_field' | 'job_loss' | 'employer_stopped' | 'hardship' | 'other'

/** What one act says of everybody it moves. */
type Said = {
  kind: MovementKind
  on: string
  unitId: number
  quantity: number
  otherUnitId?: number | null
  cause?: Cause | null
  reason?: string | null | undefined
  decisionId?: string | null
  importId?: string | null
}

/** Appends one movement each; sex and the kind of union are those of the day. Returns the rows' ids in the order of the people. */
export async function appendMovements(ctx: Ctx, personIds: readonly string[], said: Said): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, reason, decision_id, officer_id, import_id)
    select p.id, ${said.unitId}, ${said.kind}, ${said.quantity}, ${said.on}, p.sex = 'female', u.kind = 'occupational',
      ${said.otherUnitId ?? null}::int, ${said.cause ?? null}::text, ${said.reason ?? null}::text, ${said.decisionId ?? null}::bigint,
      ${ctx.actor.id || null}::int, ${said.importId ?? null}::bigint
    from unnest(${personIds}::bigint[]) with ordinality as x(id, line) join members.person p on p.id = x.id join units.unit u on u.id = ${said.unitId}
    order by x.line returning id`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/** The union, open on that day; throws for any other unit, and for a day that has not come. */
export async function openUnion(ctx: Ctx, unitId: string, on: string): Promise<Unit> {
  const unit = await getUnit(ctx, unitId)
  if (!isGrassroots(unit.kind)) throw new Problem('not-a-grassroots-union')
  refuseFuture(ctx, on)
  refuseOutside(unit, on)
  return unit
}

const inUnion = (subject: Subject, on: string): Extract<State, { where: 'union' }> => {
  const state = stateOn(subject.history, on)
  if (state.where !== 'union') throw new Problem('not-a-member', { name: subject.name })
  return state
}

/** People by the union they are in on a day; an act under one paper is about one union at a time. */
const byUnion = (subjects: readonly Subject[], on: string) =>
  Map.groupBy(subjects, (subject) => inUnion(subject, on).unitId)

function refuseAll(ctx: Ctx, subjects: readonly Subject[], move: Omit<Said, 'otherUnitId'>) {
  for (const subject of subjects) {
    const problem = refuseMove(ctx, subject, { ...move, occurredOn: move.on })
    if (problem) throw problem
  }
}

type Sending = {
  personIds: readonly string[]
  on: string
  toUnitId: string | null
  arrives: boolean
  reason?: string | null | undefined
  decision?: Paper
}

/** Sends members of a union; `arrives` records the second leg on the same day, where the caller may act for the receiver. */
export async function sendMembers(ctx: Ctx, entry: Sending) {
  requireRole(ctx, 'admit')
  await holdTree(ctx)
  refuseFuture(ctx, entry.on)
  const subjects = await lockHistories(ctx, entry.personIds)
  const groups = byUnion(subjects, entry.on)
  // The receiving union may lie outside the branch: it is named, not entered.
  const to = entry.toUnitId ? await receiver(ctx, entry.toUnitId) : null
  if (entry.arrives) await openUnion(ctx, entry.toUnitId ?? '0', entry.on)
  const movementIds: string[] = []
  for (const [unitId, members] of groups) {
    await getUnit(ctx, unitId)
    if (to === unitId) throw new Problem('same-union')
    const move = { kind: 'sent' as const, on: entry.on, unitId, quantity: -1 }
    // With both legs at once, what must stay possible is the history with both.
    if (entry.arrives) refuseBothLegs(ctx, members, move, to!)
    else refuseAll(ctx, members, move)
    const decisionId = entry.decision ? await recordDecision(ctx, unitId, 'departure', entry.decision) : null
    const ids = members.map((subject) => subject.id)
    movementIds.push(
      ...(await appendMovements(ctx, ids, { ...move, otherUnitId: to, reason: entry.reason, decisionId })),
    )
    if (entry.arrives) {
      const arrival = { kind: 'received' as const, on: entry.on, unitId: to!, quantity: 1, otherUnitId: unitId }
      movementIds.push(...(await appendMovements(ctx, ids, { ...arrival, reason: entry.reason, decisionId })))
    }
  }
  return { movementIds }
}

function refuseBothLegs(ctx: Ctx, members: readonly Subject[], sent: Said, toUnitId: number) {
  for (const subject of members) {
    const legs = [
      { id: '9'.repeat(17), kind: sent.kind, quantity: -1, unitId: sent.unitId, occurredOn: sent.on },
      { id: '9'.repeat(18), kind: 'received' as const, quantity: 1, unitId: toUnitId, occurredOn: sent.on },
    ]
    const wrong = impossibleIn([...subject.history, ...legs])
    if (!wrong) continue
    const row = subject.history.find((one) => one.id === wrong.id) ?? subject.history.at(-1)
    throw row ? inTheWay(ctx, subject.name, row) : new Problem('not-a-member', { name: subject.name })
  }
}

/** Any union of the federation may be sent to; where it is hidden, only that it is a union is checked. */
export async function receiver(ctx: Ctx, unitId: string): Promise<number> {
  const { rows } = await sql<{ id: number; kind: string }>`select * from units.kind_of(${unitId}::bigint)`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Problem('not-found')
  if (rows[0].kind !== 'grassroots' && rows[0].kind !== 'occupational') throw new Problem('not-a-grassroots-union')
  return rows[0].id
}

/** Receives members who are on the road, from wherever they were sent. */
export async function receiveMembers(
  ctx: Ctx,
  unitId: string,
  entry: { personIds: readonly string[]; on: string; decision?: Paper; importId?: string | null },
) {
  requireRole(ctx, 'admit')
  await holdTree(ctx)
  const unit = await openUnion(ctx, unitId, entry.on)
  const subjects = await lockHistories(ctx, entry.personIds)
  for (const subject of subjects) {
    if (stateOn(subject.history, entry.on).where !== 'road')
      throw new Problem('not-on-the-road', { name: subject.name })
  }
  const move = { kind: 'received' as const, on: entry.on, unitId: Number(unit.id), quantity: 1 }
  refuseAll(ctx, subjects, move)
  const decisionId = entry.decision ? await recordDecision(ctx, Number(unit.id), 'admission', entry.decision) : null
  const movementIds: string[] = []
  const from = (subject: Subject) => {
    const state = stateOn(subject.history, entry.on)
    return state.where === 'road' ? state.fromUnitId : 0
  }
  for (const [otherUnitId, group] of Map.groupBy(subjects, from)) {
    const ids = group.map((subject) => subject.id)
    const other = otherUnitId === Number(unit.id) ? null : otherUnitId
    movementIds.push(
      ...(await appendMovements(ctx, ids, {
        ...move,
        otherUnitId: other,
        decisionId,
        importId: entry.importId ?? null,
      })),
    )
  }
  return { movementIds }
}

/** Records that a member rests; `cause` says on which ground (HD 38/HD-TLĐ 2024, mục 2.2). */
export async function suspendMember(
  ctx: Ctx,
  personId: string,
  entry: {
    on: string
    cause: 'employer_stopped' | 'hardship' | 'job_loss' | 'other'
    reason: string
    decision?: Paper
  },
) {
  return await rest(ctx, personId, 'suspended', entry)
}

/** Records that a suspended member takes part again. */
export async function resumeMember(
  ctx: Ctx,
  personId: string,
  entry: { on: string; reason?: string | null | undefined },
) {
  return await rest(ctx, personId, 'resumed', entry)
}

async function rest(
  ctx: Ctx,
  personId: string,
  kind: 'suspended' | 'resumed',
  entry: { on: string; cause?: Cause; reason?: string | null | undefined; decision?: Paper },
) {
  requireRole(ctx, 'admit')
  refuseFuture(ctx, entry.on)
  const [subject] = await lockHistories(ctx, [personId])
  const { unitId } = inUnion(subject!, entry.on)
  await getUnit(ctx, unitId)
  const move = { kind, on: entry.on, unitId, quantity: 0 }
  refuseAll(ctx, [subject!], move)
  const decisionId = entry.decision ? await recordDecision(ctx, unitId, 'departure', entry.decision) : null
  const [movementId] = await appendMovements(ctx, [personId], {
    ...move,
    cause: entry.cause ?? null,
    reason: entry.reason,
    decisionId,
  })
  return { movementId: movementId! }
}

type Departure = {
  on: string
  kind: 'left' | 'expelled' | 'ended'
  cause?: Cause | null | undefined
  reason: string
  decision?: Paper
  importId?: string | null
}

/** Records that one member left, was expelled, or ended membership. */
export async function releaseMember(ctx: Ctx, personId: string, entry: Departure) {
  const [movementId] = await releaseMembers(ctx, [personId], entry)
  return { movementId: movementId! }
}

/** The same for several members of one union, by one paper: all of them or nobody. Somebody on the road leaves the road. */
export async function releaseMembers(ctx: Ctx, personIds: readonly string[], entry: Departure): Promise<string[]> {
  requireRole(ctx, 'admit')
  refuseFuture(ctx, entry.on)
  const subjects = await lockHistories(ctx, personIds)
  const stands = (subject: Subject) => {
    // Of the day before: whoever arrives and leaves on one day was never there.
    const state = stateOn(subject.history, entry.on)
    if (state.where === 'out') throw new Problem('not-a-member', { name: subject.name })
    if (entry.on <= state.since) throw new Problem('day-before-admission', { day: entry.on, since: state.since })
    return state.where === 'union' ? `${state.unitId}/-1` : `${state.fromUnitId}/0`
  }
  const groups = [...Map.groupBy(subjects, stands)]
  const movementIds: string[] = []
  let decisionId: string | null = null
  for (const [place, group] of groups) {
    const [unitId, quantity] = place.split('/').map(Number) as [number, number]
    await getUnit(ctx, unitId)
    const move = { kind: entry.kind, on: entry.on, unitId, quantity }
    refuseAll(ctx, group, move)
    if (entry.decision) decisionId ??= await recordDecision(ctx, unitId, 'departure', entry.decision)
    movementIds.push(
      ...(await appendMovements(
        ctx,
        group.map((subject) => subject.id),
        { ...move, cause: entry.cause ?? null, reason: entry.reason, decisionId, importId: entry.importId ?? null },
      )),
    )
  }
  return movementIds
}

/** Takes one movement back, when the history stays possible without it. */
export async function reverseMovement(ctx: Ctx, movementId: string, reason: string) {
  requireRole(ctx, 'admit')
  const { rows } = await sql<{ personId: string }>`
    select m.person_id as "personId" from members.movement m where m.id = ${movementId}`.execute(ctx.db)
  if (!rows[0]) throw new Problem('not-found')
  const [subject] = await lockHistories(ctx, [rows[0].personId])
  const asked = await sql<{ isFounding: boolean }>`
    select coalesce(d.kind = 'founding', false) as "isFounding"
    from members.movement m left join units.decision d on d.id = m.decision_id where m.id = ${movementId}`.execute(
    ctx.db,
  )
  if (!subject!.history.some((row) => row.id === movementId)) throw new Problem('already-reversed')
  if (asked.rows[0]!.isFounding) throw new Problem('founding-is-cancelled-whole')
  refuseWithout(ctx, subject!, new Set([movementId]))
  const [reversed] = await appendReversals(ctx, sql`m.id = ${movementId}`, reason)
  return { movementId: reversed! }
}

/** Throws, naming the row, where a history would be impossible without some of its movements. */
function refuseWithout(ctx: Ctx, subject: Subject, without: ReadonlySet<string>) {
  const wrong = impossibleIn(subject.history.filter((row) => !without.has(row.id))) as Standing | null
  if (!wrong) return
  throw new Problem('later-movement-exists', inTheWay(ctx, subject.name, wrong).facts)
}

/** Reverses every movement that a condition on `m` names; refuses when somebody's history would be impossible without. */
export async function reverseAll(ctx: Ctx, which: RawBuilder<unknown>, reason: string): Promise<string[]> {
  const asked = await sql<{ id: string; personId: string }>`
    select m.id, m.person_id as "personId" from members.movement m where ${which} and m.reverses_id is null`.execute(
    ctx.db,
  )
  const without = new Set(asked.rows.map((row) => row.id))
  const subjects = await lockHistories(ctx, [...new Set(asked.rows.map((row) => row.personId))])
  for (const subject of subjects) refuseWithout(ctx, subject, without)
  return await appendReversals(ctx, which, reason)
}

/** The opposite row of each movement that stands and that a condition on `m` names. */
async function appendReversals(ctx: Ctx, which: RawBuilder<unknown>, reason: string): Promise<string[]> {
  const done = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, reverses_id)
    select m.person_id, m.unit_id, m.kind, -m.quantity, m.occurred_on, m.is_woman, m.in_occupational, m.other_unit_id, m.cause, m.decision_id, m.officer_id, ${reason}, m.id
    from members.movement m where ${which} and m.reverses_id is null and not exists (select from members.movement r where r.reverses_id = m.id)
    order by m.id returning id`.execute(ctx.db)
  return done.rows.map((row) => row.id)
}
