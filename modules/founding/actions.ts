/** Founding a union, and taking it back: employer, paper, union, admissions and ledger rows in one transaction, or nothing. */
import { sql } from 'kysely'
import { Problem, type Fault } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { officerFor } from '#modules/access/queries.ts'
import { countWorkforce, employerForUnion, linkUnion, unlinkUnion } from '#modules/employers/actions.ts'
import { checkPeople, refuseFaults, writeArrivals, type Candidate } from '#modules/members/admission.ts'
import { reverseAll } from '#modules/members/moves/actions.ts'
import { holdTree, holdTreeAlone, placeUnit, recordEvent, refuseOutside, reverseEvent } from '#modules/units/actions.ts'
import { faultsOfDecision, recordDecision, withdrawDecision } from '#modules/units/decisions.ts'
import { getUnit } from '#modules/units/queries.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import type { Ctx } from '#platform/database.ts'
import type { FoundingEntry } from './contract.ts'
import { refuseEmployer, refuseTooFew } from './rules.ts'

type Checked = { candidates: Candidate[]; faults: Fault[]; listFaults: Fault[]; membersMin: number; isLarge: boolean }

/** Everything that stands in the way of a founding, and how many people it would admit. Locks the people named. */
async function check(ctx: Ctx, entry: FoundingEntry): Promise<Checked> {
  const on = entry.decision.effectiveOn
  const upper = await getUnit(ctx, entry.upperUnitId)
  const faults = await faultsOfDecision(ctx, Number(upper.id), entry.decision)
  if (!upper.isUpper) faults.push({ name: 'manager-not-upper', pointer: '/upperUnitId' })
  try {
    refuseOutside(upper, on)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    faults.push({ name: error.problem, facts: error.facts, pointer: '/decision/effectiveOn' })
  }
  const employerFault = refuseEmployer(entry)
  if (employerFault) faults.push(employerFault)
  const { candidates, faults: listFaults } = await checkPeople(ctx, entry.people, on)
  const minKey = entry.kind === 'grassroots' ? 'members_min_grassroots' : 'members_min_occupational'
  const { [minKey]: min, large_from: large } = await rulesOn(ctx, [minKey, 'large_from'], on)
  const tooFew = refuseTooFew(candidates.length, min)
  if (tooFew) faults.push(tooFew)
  return { candidates, faults, listFaults, membersMin: min.value, isLarge: candidates.length >= large.value }
}

/** What a founding would do, for a person to read before it is done. An employer that cannot be linked is told here too. */
export async function checkFounding(ctx: Ctx, entry: FoundingEntry) {
  const { candidates, faults, listFaults, membersMin } = await check(ctx, entry)
  if (entry.employer && entry.kind === 'grassroots') {
    try {
      await sql`savepoint employer`.execute(ctx.db)
      await employerForUnion(ctx, Number(entry.upperUnitId), entry.employer)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push({ name: error.problem, facts: error.facts, pointer: '/employer/taxCode' })
    } finally {
      await sql`rollback to savepoint employer`.execute(ctx.db)
    }
  }
  return { admissible: candidates.length, membersMin, faults: [...faults, ...listFaults] }
}

export async function foundUnion(ctx: Ctx, entry: FoundingEntry) {
  requireRole(ctx, 'found')
  await holdTree(ctx)
  const { candidates, faults, listFaults, isLarge } = await check(ctx, entry)
  refuseFaults(listFaults)
  if (faults[0]) throw new Problem(faults[0].name, faults[0].facts, faults)
  const on = entry.decision.effectiveOn
  const upperId = Number(entry.upperUnitId)
  const officerId = await officerFor(ctx, entry.officerId)
  const sector = entry.sector ?? null
  const employerId = entry.employer ? await employerForUnion(ctx, upperId, entry.employer) : null
  const decisionId = await recordDecision(ctx, upperId, 'founding', entry.decision)
  const unit = await placeUnit(
    ctx,
    upperId,
    { name: entry.name, kind: entry.kind, sector, area: entry.employer?.ward },
    on,
    decisionId,
  )
  await recordEvent(ctx, { id: unit.id, kind: entry.kind, sector }, { kind: 'founded', on, decisionId, officerId })
  if (employerId) {
    if (entry.employer?.workers != null) {
      await countWorkforce(ctx, employerId, {
        on: entry.employer.workersOn ?? on,
        workers: entry.employer.workers,
        source: entry.decision.number,
      })
    }
    await linkUnion(ctx, employerId, unit.id, on)
  }
  const admitted = await writeArrivals(ctx, candidates, {
    unitId: unit.id,
    isOccupational: entry.kind === 'occupational',
    on,
    kind: 'admitted',
    decisionId,
    officerId,
  })
  const { id } = await ctx.db
    .insertInto('founding.founding')
    .values({
      unit_id: unit.id,
      quantity: 1,
      occurred_on: on,
      unit_kind: entry.kind,
      sector,
      employer_id: employerId,
      employer_kind: entry.employer?.kind ?? null,
      members: admitted.length,
      is_large: isLarge,
      decision_id: decisionId,
      officer_id: officerId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, unitId: String(unit.id), unitCode: unit.code, members: admitted.length }
}

/** Cancels a founding decision. People who moved since must be dealt with first; otherwise every figure returns exactly. */
export async function cancelFounding(ctx: Ctx, foundingId: string, reason: string) {
  requireRole(ctx, 'cancel-founding')
  // A union that is unmade is a restructuring: nobody may be admitted to it meanwhile.
  await holdTreeAlone(ctx)
  const { rows } = await sql<{ unitId: number; decisionId: string; eventId: string | null; isCancelled: boolean }>`
    select f.unit_id as "unitId", f.decision_id as "decisionId",
      (select e.id from units.event e where e.unit_id = f.unit_id and e.decision_id = f.decision_id and e.kind = 'founded' and e.reverses_id is null) as "eventId",
      f.reverses_id is not null or exists (select from founding.founding r where r.reverses_id = f.id) as "isCancelled"
    from founding.founding f where f.id = ${foundingId}`.execute(ctx.db)
  const founding = rows[0]
  if (!founding) throw new Problem('not-found')
  if (founding.isCancelled) throw new Problem('already-cancelled')
  await refuseWithOthers(ctx, founding.unitId, founding.decisionId)
  const reversed = await reverseAll(
    ctx,
    sql`m.unit_id = ${founding.unitId} and m.decision_id = ${founding.decisionId}`,
    reason,
  )
  await unlinkUnion(ctx, founding.unitId)
  if (founding.eventId) await reverseEvent(ctx, founding.eventId, reason)
  await sql`insert into founding.founding (unit_id, quantity, occurred_on, unit_kind, sector, employer_id, employer_kind, members, is_large, decision_id, officer_id, reason, reverses_id)
    select unit_id, -quantity, occurred_on, unit_kind, sector, employer_id, employer_kind, members, is_large, decision_id, officer_id, ${reason}, id
    from founding.founding where id = ${foundingId}`.execute(ctx.db)
  await withdrawDecision(ctx, founding.decisionId)
  return { id: foundingId, reversedMovements: reversed.length }
}

/** Members who came to the union otherwise than by its founding would be left without a union. */
async function refuseWithOthers(ctx: Ctx, unitId: number, decisionId: string) {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from members.movement m
    where m.unit_id = ${unitId} and m.decision_id is distinct from ${decisionId} and m.quantity = 1 and m.reverses_id is null
      and not exists (select from members.movement r where r.reverses_id = m.id)`.execute(ctx.db)
  if (rows[0]!.count > 0) throw new Problem('unit-not-empty', { count: rows[0]!.count })
}
