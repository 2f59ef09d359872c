/** Two people, locked together: the only order is that of their ids. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { lockHistories, type Standing } from '../moves/history.ts'
import type { MovementKind } from '../moves/rules.ts'
import type { Row } from './histories.ts'

export type Half = { id: string; name: string; isWoman: boolean; history: (Standing & Row)[] }

/** Locks both; throws where one is hidden, or is merged already. In the order given. */
export async function lockPair(ctx: Ctx, personId: string, otherId: string): Promise<[Half, Half]> {
  if (personId === otherId) throw new Problem('same-person')
  const subjects = await lockHistories(ctx, [personId, otherId])
  const women = await readWomen(ctx, [personId, otherId])
  const others = await destinations(
    ctx,
    subjects.flatMap((subject) => subject.history.map((row) => row.id)),
  )
  const halves = subjects.map((subject) => ({
    ...subject,
    isWoman: women.has(subject.id),
    history: subject.history.map((row) => ({ ...row, otherUnitId: others.get(row.id) ?? null })),
  }))
  return [halves[0]!, halves[1]!]
}

/** Asked once they are locked: who of them is a woman. Throws where one is merged. */
async function readWomen(ctx: Ctx, personIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string; name: string; sex: string; isMerged: boolean }>`
    select p.id, p.full_name as name, p.sex, p.merged_into is not null as "isMerged" from members.person p where p.id = any(${personIds}::bigint[])`.execute(
    ctx.db,
  )
  const merged = rows.find((row) => row.isMerged)
  if (merged) throw new Problem('already-merged', { name: merged.name })
  return new Set(rows.filter((row) => row.sex === 'female').map((row) => row.id))
}

/** The other end of transfers, where the caller may know it. */
export async function destinations(ctx: Ctx, movementIds: readonly string[]): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ id: string; otherUnitId: number | null }>`
    select m.id, m.other_unit_id as "otherUnitId" from members.movement m where m.id = any(${movementIds}::bigint[])`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row.otherUnitId]))
}

/** Throws where a movement lies in a union out of sight: who may not see it may not move it. */
export function refuseOutOfSight(name: string, history: readonly Standing[]) {
  if (history.some((row) => row.unitName === null)) throw new Problem('history-out-of-sight', { name })
}

/** The decision, if it stands, that two people are not the same. */
export async function decisionOn(ctx: Ctx, personId: string, otherId: string) {
  const { rows } = await sql<{ id: string; reason: string; at: string; by: string }>`
    select d.id, d.reason, d.recorded_at as at, coalesce(a.name, '') as by from members.twin_decision d left join access.account a on a.id = d.recorded_by
    where d.person_a = least(${personId}::bigint, ${otherId}::bigint) and d.person_b = greatest(${personId}::bigint, ${otherId}::bigint) and d.reverses_id is null
      and not exists (select from members.twin_decision r where r.reverses_id = d.id) order by d.id limit 1`.execute(
    ctx.db,
  )
  return rows[0] ?? null
}

export async function refuseToldApart(ctx: Ctx, personId: string, otherId: string) {
  const decision = await decisionOn(ctx, personId, otherId)
  if (decision) throw new Problem('told-apart', { by: decision.by, reason: decision.reason })
}

export type Told = { movementId: string; kind: MovementKind; on: string; unit: UnitRef | null }

/** Movements as a reply names them, in the order of their days. */
export async function tell(ctx: Ctx, movementIds: readonly string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select m.id as "movementId", m.kind, m.occurred_on as "on", ${unitJson(sql`m.unit_id`)} as unit
    from members.movement m where m.id = any(${movementIds}::bigint[]) order by m.occurred_on, m.quantity, m.id`.execute(
    ctx.db,
  )
  return rows
}

/** Reverses movements in one statement. */
export async function reverseFor(ctx: Ctx, mergeId: string, movementIds: readonly string[], reason: string) {
  if (movementIds.length === 0) return
  await sql`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, merge_id, reverses_id)
    select m.person_id, m.unit_id, m.kind, -m.quantity, m.occurred_on, m.is_woman, m.in_occupational, m.other_unit_id, m.cause, m.decision_id, m.officer_id, ${reason}, ${mergeId}::bigint, m.id
    from members.movement m where m.id = any(${movementIds}::bigint[]) order by m.id`.execute(ctx.db)
}

export type Copied = { id: string; kind: MovementKind; otherUnitId: number | null }

/** Records movements anew under another person, papers and reasons with them; the new ids in the order given. */
export async function copyFor(
  ctx: Ctx,
  mergeId: string,
  person: { id: string; isWoman: boolean },
  moves: readonly Copied[],
): Promise<string[]> {
  if (moves.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, other_unit_id, cause, decision_id, officer_id, reason, import_id, merge_id)
    select ${person.id}::bigint, m.unit_id, x.kind, m.quantity, m.occurred_on, ${person.isWoman}::boolean, m.in_occupational, x.other, m.cause, m.decision_id, m.officer_id, m.reason, m.import_id, ${mergeId}::bigint
    from unnest(${moves.map((move) => move.id)}::bigint[], ${moves.map((move) => move.kind)}::text[], ${moves.map((move) => move.otherUnitId)}::int[])
      with ordinality as x(id, kind, other, line) join members.movement m on m.id = x.id
    order by x.line returning id`.execute(ctx.db)
  if (rows.length < moves.length) throw new Problem('history-out-of-sight', { name: '\u2022\u2022\u2022' })
  return rows.map((row) => row.id)
}

type Line = { movementId: string; copyId?: string | null; outcome: string }

export async function writeLines(ctx: Ctx, mergeId: string, lines: readonly Line[]) {
  if (lines.length === 0) return
  await sql`
    insert into members.merge_line (merge_id, movement_id, copy_id, outcome)
    select ${mergeId}::bigint, x.movement, x.copy, x.outcome from unnest(${lines.map((line) => line.movementId)}::bigint[],
      ${lines.map((line) => line.copyId ?? null)}::bigint[], ${lines.map((line) => line.outcome)}::text[]) with ordinality as x(movement, copy, outcome, line)
    order by x.line`.execute(ctx.db)
}
