/** Deciding on two people who look alike: proposing a pair, saying that they are two, and taking that back. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Ctx } from '#platform/database.ts'
import { lockPair, refuseToldApart } from './pair.ts'

type Pair = { personId: string; otherId: string }
const least = ({ personId, otherId }: Pair) => sql`least(${personId}::bigint, ${otherId}::bigint)`
const greatest = ({ personId, otherId }: Pair) => sql`greatest(${personId}::bigint, ${otherId}::bigint)`

/** As strong as all that the register could find by itself. */
const byHand = 20

export async function proposeTwins(ctx: Ctx, pair: Pair) {
  requireRole(ctx, 'merge-people')
  await lockPair(ctx, pair.personId, pair.otherId)
  await refuseToldApart(ctx, pair.personId, pair.otherId)
  await sql`insert into members.look_alike (person_a, person_b, reasons, is_by_hand, weight)
    values (${least(pair)}, ${greatest(pair)}, '{}', true, ${byHand}) on conflict do nothing`.execute(ctx.db)
  return pair
}

export async function tellApart(ctx: Ctx, pair: Pair, reason: string) {
  requireRole(ctx, 'merge-people')
  await lockPair(ctx, pair.personId, pair.otherId)
  await refuseToldApart(ctx, pair.personId, pair.otherId)
  const { rows } = await sql<{ id: string }>`
    insert into members.twin_decision (person_a, person_b, reason) values (${least(pair)}, ${greatest(pair)}, ${reason}) returning id`.execute(
    ctx.db,
  )
  return { decisionId: rows[0]!.id }
}

export async function withdrawDecision(ctx: Ctx, decisionId: string, reason: string) {
  requireRole(ctx, 'merge-people')
  const { rows } = await sql<{ a: string; b: string }>`
    select d.person_a as a, d.person_b as b from members.twin_decision d where d.id = ${decisionId} and d.reverses_id is null`.execute(
    ctx.db,
  )
  if (!rows[0]) throw new Problem('not-found')
  const { a, b } = rows[0]
  await sql`select members.lock_people(${[a, b]}::bigint[])`.execute(ctx.db)
  const taken = await sql`select from members.twin_decision r where r.reverses_id = ${decisionId}`.execute(ctx.db)
  if (taken.rows.length > 0) throw new Problem('already-reversed')
  const done = await sql<{ id: string }>`
    insert into members.twin_decision (person_a, person_b, reason, reverses_id) values (${a}, ${b}, ${reason}, ${decisionId}::bigint) returning id`.execute(
    ctx.db,
  )
  return { decisionId: done.rows[0]!.id }
}
