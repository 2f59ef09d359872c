/** Judging one more movement against what stands: people are locked first, their histories asked in the next statement, and the
 *  row that stands in the way is named. */
import { sql } from 'kysely'
import { phrases } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import { obstacleTo, type Movement, type MovementKind } from './rules.ts'

export type Standing = Movement & { unitName: string | null }
export type Subject = { id: string; name: string; history: Standing[] }

/** Locks people and reads their standing movements; throws not-found when one is hidden. In the order given. */
export async function lockHistories(ctx: Ctx, personIds: readonly string[]): Promise<Subject[]> {
  const seen = await sql<{ id: string; name: string }>`
    select p.id, p.full_name as name from members.person p where p.id = any(${personIds}::bigint[])`.execute(ctx.db)
  if (seen.rows.length < new Set(personIds).size) throw new Problem('not-found')
  await sql`select members.lock_people(${personIds}::bigint[])`.execute(ctx.db)
  const histories = await standingOf(ctx, personIds)
  const names = new Map(seen.rows.map((row) => [row.id, row.name]))
  return personIds.map((id) => ({ id, name: names.get(id)!, history: histories.get(id) ?? [] }))
}

/** Standing movements by person. */
export async function standingOf(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, Standing[]>> {
  const { rows } = await sql<Standing & { personId: string }>`
    select id, person_id as "personId", unit_id as "unitId", unit_name as "unitName", kind, quantity, occurred_on as "occurredOn"
    from members.standing(${personIds}::bigint[])`.execute(ctx.db)
  return Map.groupBy(rows, (row) => row.personId)
}

/** Why a history would become impossible, as a problem that names the row in the way; null when it stays possible. */
export function refuseMove(ctx: Ctx, subject: Subject, move: Omit<Movement, 'id'>): Problem | null {
  const obstacle = obstacleTo(subject.history, { ...move, id: newest })
  if (!obstacle) return null
  if (obstacle === 'itself') return new Problem('not-a-member', { name: subject.name })
  return inTheWay(ctx, subject.name, obstacle as Standing)
}

/** A row that has no number yet comes after every other of its day. */
const newest = '9'.repeat(18)

export const inTheWay = (ctx: Ctx, name: string, row: Standing): Problem =>
  new Problem('history-impossible', {
    name,
    kind: kindName(ctx, row.kind),
    on: row.occurredOn,
    unit: row.unitName ?? '•••',
  })

const kindName = (ctx: Ctx, kind: MovementKind): string => phrases[ctx.language].work.movementKinds[kind]
