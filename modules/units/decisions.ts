/** Papers: the decision an act rests on. Its number is used once a year by its issuer. */
import { sql } from 'kysely'
import { Problem, type Fault } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import type { DecisionEntry } from './contract.ts'

export type DecisionKind = 'founding' | 'recognition' | 'admission' | 'departure' | 'structure' | 'target'

/** Everything wrong with a paper before it is recorded. Only the effective day counts, and it may not lie ahead. */
export async function faultsOfDecision(ctx: Ctx, issuerId: number, entry: DecisionEntry): Promise<Fault[]> {
  const faults: Fault[] = []
  const { signedOn, effectiveOn, number } = entry
  if (effectiveOn < signedOn)
    faults.push({ name: 'effective-before-signed', pointer: '/decision/effectiveOn', facts: { effectiveOn, signedOn } })
  if (effectiveOn > ctx.today)
    faults.push({
      name: 'day-in-future',
      pointer: '/decision/effectiveOn',
      facts: { day: effectiveOn, today: ctx.today },
    })
  const year = signedOn.slice(0, 4)
  const taken =
    await sql`select from units.decision d where d.issuer_id = ${issuerId} and lower(d.number) = lower(${number})
    and extract(year from d.signed_on) = ${Number(year)} and d.withdrawn_at is null`.execute(ctx.db)
  if (taken.rows.length > 0)
    faults.push({ name: 'decision-number-taken', pointer: '/decision/number', facts: { number, year } })
  return faults
}

/** Records a paper; returns its id. */
export async function recordDecision(
  ctx: Ctx,
  issuerId: number,
  kind: DecisionKind,
  entry: DecisionEntry,
): Promise<string> {
  const [fault] = await faultsOfDecision(ctx, issuerId, entry)
  if (fault) throw new Problem(fault.name, fault.facts, [fault])
  const { id } = await ctx.db
    .insertInto('units.decision')
    .values({
      issuer_id: issuerId,
      number: entry.number,
      kind,
      signed_on: entry.signedOn,
      effective_on: entry.effectiveOn,
      handed_over_on: entry.handedOverOn ?? null,
      signer: entry.signer ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A cancelled paper frees its number, so that the mended one may carry it. */
export const withdrawDecision = (ctx: Ctx, decisionId: string) =>
  ctx.db
    .updateTable('units.decision')
    .set({ withdrawn_at: sql`now()` })
    .where('id', '=', decisionId)
    .execute()
