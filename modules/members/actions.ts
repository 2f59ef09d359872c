/** Acts of admission, and the reading of a whole identity number: lock, ask, decide, write - in the caller's transaction. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { officerFor } from '#modules/access/queries.ts'
import type { DecisionEntry } from '#modules/units/contract.ts'
import { holdTree } from '#modules/units/actions.ts'
import { faultsOfDecision, recordDecision } from '#modules/units/decisions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { checkPeople, refuseFaults, writeArrivals } from './admission.ts'
import type { PersonEntry } from './contract.ts'
import { openUnion } from './moves/actions.ts'

type Admission = {
  on: string
  /** `received`: from outside the federation, which is a transfer and no admission. */
  as?: 'admitted' | 'received' | undefined
  /** Whose decision it is: the union's own, or an upper union's where the union may not decide yet (HD 38/HD-TLĐ 2024, mục 3.1). */
  issuerId?: string | null | undefined
  decision?: DecisionEntry | null | undefined
  officerId?: string | null | undefined
  people: PersonEntry[]
}

/** What an admission would do: how many come in, and everything that stands in the way. Keeps nothing. */
export async function checkAdmission(ctx: Ctx, unitId: string, entry: Admission) {
  await getUnit(ctx, unitId)
  const faults = entry.decision ? await faultsOfDecision(ctx, Number(entry.issuerId ?? unitId), entry.decision) : []
  try {
    await openUnion(ctx, unitId, entry.on)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    faults.push({ name: error.problem, facts: error.facts, pointer: '/on' })
  }
  const checked = await checkPeople(ctx, entry.people, entry.on, entry.as)
  return { admissible: checked.candidates.length, faults: [...faults, ...checked.faults] }
}

/** Admits everybody of a list, or nobody. The paper is the union's own; the officer credited is the caller when none is named. */
export async function admitMembers(ctx: Ctx, unitId: string, entry: Admission) {
  requireRole(ctx, 'admit')
  await holdTree(ctx)
  const unit = await openUnion(ctx, unitId, entry.on)
  const { candidates, faults } = await checkPeople(ctx, entry.people, entry.on, entry.as)
  refuseFaults(faults)
  if (entry.issuerId) await getUnit(ctx, entry.issuerId)
  const issuerId = Number(entry.issuerId ?? unitId)
  const decisionId = entry.decision ? await recordDecision(ctx, issuerId, 'admission', entry.decision) : null
  const officerId = await officerFor(ctx, entry.officerId)
  const movementIds = await writeArrivals(ctx, candidates, {
    unitId: Number(unitId),
    isOccupational: unit.kind === 'occupational',
    on: entry.on,
    kind: entry.as ?? 'admitted',
    decisionId,
    officerId,
  })
  return { admitted: movementIds.length, movementIds }
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
