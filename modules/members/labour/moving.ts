/** Movements that a staff list is accepted as: each person is judged by their own history, and who cannot be moved is told. */
import { sql } from 'kysely'
import { formatDay, phrases, sentenceOf } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import { recordDecision } from '#modules/units/decisions.ts'
import type { Ctx } from '#platform/database.ts'
import { appendMovements, openUnion, receiver } from '../moves/actions.ts'
import { lockHistories, refuseMove, type Subject } from '../moves/history.ts'
import { askForTransfer } from '../moves/requests.ts'
import { stateOn } from '../moves/rules.ts'
import type { AcceptedRow, OpenList, RefusedRow } from './accepting.ts'
import type { AcceptedGroup } from './contract.ts'

type Moving = AcceptedGroup & { act: 'receive' | 'end' | 'leave' | 'send' }

const kinds = {
  receive: { kind: 'received', quantity: 1 },
  send: { kind: 'sent', quantity: -1 },
  leave: { kind: 'left', quantity: -1 },
  end: { kind: 'ended', quantity: -1 },
} as const

const refusedFor = (ctx: Ctx, row: AcceptedRow, { problem, facts }: Problem): RefusedRow => ({
  line: row.line,
  fullName: row.fullName,
  title: sentenceOf(ctx.language, problem, facts),
})

/** Records the movements of a group under one paper; returns the rows whose history does not allow it. */
export async function moveMembers(ctx: Ctx, list: OpenList, group: Moving, rows: readonly AcceptedRow[]) {
  const on = group.on ?? list.on
  await openUnion(ctx, String(list.unitId), on)
  const { kind, quantity } = kinds[group.act]
  const given = group.act === 'send' && group.toUnitId ? await receiver(ctx, group.toUnitId) : null
  const subjects = await lockHistories(
    ctx,
    rows.map((row) => row.personId!),
  )
  const refused: RefusedRow[] = []
  const moved: { personId: string; otherUnitId: number | null; reason: string | null }[] = []
  for (const [index, row] of rows.entries()) {
    const subject = subjects[index]!
    const otherUnitId = otherEnd(list, group, row, subject, on, given)
    const problem =
      outOfPlace(list, group, subject, on) ??
      refuseMove(ctx, subject, { kind, quantity, unitId: list.unitId, occurredOn: on })
    if (problem) refused.push(refusedFor(ctx, row, problem))
    else moved.push({ personId: subject.id, otherUnitId, reason: reasonOf(ctx, list, group, row) })
  }
  if (moved.length === 0) return refused
  const paper = group.act === 'receive' ? 'admission' : 'departure'
  const decisionId = group.decision ? await recordDecision(ctx, list.unitId, paper, group.decision) : null
  for (const [, alike] of Map.groupBy(moved, ({ otherUnitId, reason }) => `${otherUnitId} ${reason}`)) {
    const { otherUnitId, reason } = alike[0]!
    const ids = await appendMovements(
      ctx,
      alike.map((one) => one.personId),
      {
        kind,
        quantity,
        on,
        unitId: list.unitId,
        otherUnitId,
        reason,
        decisionId,
        importId: list.id,
        cause: group.act === 'end' ? 'other' : null,
      },
    )
    if (group.act === 'send') await answerRequests(ctx, ids)
  }
  return refused
}

/** Where somebody is sent, or comes from. */
function otherEnd(list: OpenList, group: Moving, row: AcceptedRow, subject: Subject, on: string, given: number | null) {
  if (group.act === 'receive') {
    const state = stateOn(subject.history, on)
    return state.where === 'road' && state.fromUnitId !== list.unitId ? state.fromUnitId : null
  }
  if (group.act !== 'send') return null
  const to = given ?? row.toUnitId
  if (to === null) throw new Problem('needs-a-union', { name: row.fullName })
  if (to === list.unitId) throw new Problem('same-union')
  return to
}

function outOfPlace(list: OpenList, group: Moving, subject: Subject, on: string): Problem | null {
  const state = stateOn(subject.history, on)
  if (group.act === 'receive')
    return state.where === 'road' ? null : new Problem('not-on-the-road', { name: subject.name })
  if (state.where !== 'union' || state.unitId !== list.unitId)
    return new Problem('not-a-member', { name: subject.name })
  return on > state.since ? null : new Problem('day-before-admission', { day: on, since: state.since })
}

function reasonOf(ctx: Ctx, list: OpenList, group: Moving, row: AcceptedRow): string | null {
  if (group.reason) return group.reason
  if (group.act === 'receive') return null
  const say = phrases[ctx.language].screens
  const barred = row.verdict === 'ineligible' ? row.refusals?.[0] : undefined
  if (!barred) return say.labour.reasonMissing(formatDay(list.on), list.fileName).slice(0, 300)
  const roles = say.record.choices.managementRole as Record<string, string>
  const role = String(barred.facts?.['role'])
  return sentenceOf(ctx.language, barred.name, { ...barred.facts, role: roles[role] ?? role }).slice(0, 300)
}

/** The union that asked for somebody who is now sent there has its answer. */
const answerRequests = (ctx: Ctx, movementIds: readonly string[]) =>
  sql`insert into members.transfer_answer (request_id, movement_id)
    select q.id, m.id from members.movement m join members.transfer_request q on q.person_id = m.person_id and q.unit_id = m.other_unit_id
    where m.id = any(${movementIds}::bigint[]) and not exists (select from members.transfer_answer a where a.request_id = q.id)`.execute(
    ctx.db,
  )

/** Asks the unions that workers on the list belong to; returns those who cannot be asked for. */
export async function askFor(ctx: Ctx, list: OpenList, rows: readonly AcceptedRow[]): Promise<RefusedRow[]> {
  const { rows: sealed } = await sql<{ line: number; number: Buffer | null }>`
    select line, identity_sealed as number from members.import_row where import_id = ${list.id} and line = any(${rows.map(({ line }) => line)}::int[])`.execute(
    ctx.db,
  )
  const numbers = new Map(sealed.map(({ line, number }) => [line, number] as const))
  const refused: RefusedRow[] = []
  for (const row of rows) {
    const number = numbers.get(row.line)
    try {
      await askForTransfer(ctx, String(list.unitId), {
        identityNumber: number ? ctx.secret.open(number) : '',
        fullName: row.fullName,
        on: list.on,
        importId: list.id,
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused.push(refusedFor(ctx, row, error))
    }
  }
  return refused
}
