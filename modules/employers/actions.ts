/** Acts on employers: register one, count its workers, give it its union. Workers under a union are a ledger of changes. */
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { refuseFuture } from '#modules/units/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { EmployerEntry } from './contract.ts'
import { findByTaxCode } from './queries.ts'
import { readTaxCode } from './rules.ts'

/** Registers an employer; the caller has checked that its tax code is free. */
async function insertEmployer(ctx: Ctx, unitId: number, taxCode: string, entry: EmployerEntry): Promise<string> {
  const { id } = await ctx.db
    .insertInto('employers.employer')
    .values({
      tax_code: taxCode,
      name: entry.name,
      folded: fold(entry.name),
      kind: entry.kind,
      ownership: entry.ownership,
      industry: entry.industry ?? null,
      ward: entry.ward ?? null,
      unit_id: unitId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function registerEmployer(ctx: Ctx, entry: EmployerEntry & { unitId: string }) {
  requireRole(ctx, 'manage-employers')
  const unit = await getUnit(ctx, entry.unitId)
  const taxCode = readTaxCode(entry.taxCode)
  if (!taxCode) throw new Problem('not-a-tax-code', { taxCode: entry.taxCode })
  const known = await findByTaxCode(ctx, taxCode)
  if (known) throw new Problem('tax-code-taken', { taxCode, name: known.name })
  const id = await insertEmployer(ctx, Number(unit.id), taxCode, entry)
  if (entry.workers != null)
    await countWorkforce(ctx, id, { on: entry.workersOn ?? ctx.today, workers: entry.workers, source: unit.name })
  return { id }
}

export async function countWorkforce(
  ctx: Ctx,
  employerId: string,
  entry: { on: string; workers: number; source: string },
) {
  requireRole(ctx, 'manage-employers')
  refuseFuture(ctx, entry.on)
  await lockEmployer(ctx, employerId)
  const { rows } = await sql<{
    before: number | null
    next: string | null
    unitId: number | null
    linkedFrom: string | null
  }>`
    select (select c.workers from employers.workforce_count c where c.employer_id = e.id and c.on_day <= ${entry.on} order by c.on_day desc, c.id desc limit 1) as before,
      (select min(c.on_day) from employers.workforce_count c where c.employer_id = e.id and c.on_day > ${entry.on}) as next,
      l.unit_id as "unitId", l.valid_from as "linkedFrom"
    from employers.employer e left join employers.union_link l on l.employer_id = e.id and l.superseded_at = 'infinity' and l.valid_to = 'infinity'
    where e.id = ${employerId}`.execute(ctx.db)
  const known = rows[0]
  if (!known) throw new Problem('not-found')
  const { id } = await ctx.db
    .insertInto('employers.workforce_count')
    .values({ employer_id: employerId, on_day: entry.on, workers: entry.workers, source: entry.source })
    .returning('id')
    .executeTakeFirstOrThrow()
  const change = entry.workers - (known.before ?? 0)
  const isBeforeUnion = known.next !== null && known.linkedFrom !== null && known.next <= known.linkedFrom
  if (known.unitId !== null && change !== 0 && !isBeforeUnion) {
    const from = known.linkedFrom! > entry.on ? known.linkedFrom! : entry.on
    await insertChanges(ctx, known.unitId, employerId, [
      { on: from, quantity: change },
      ...(known.next ? [{ on: known.next, quantity: -change }] : []),
    ])
  }
  return { id }
}

/** Finds or registers the employer of a new union; refuses one that has a union already. */
export async function employerForUnion(ctx: Ctx, upperUnitId: number, entry: EmployerEntry): Promise<string> {
  const taxCode = readTaxCode(entry.taxCode)
  if (!taxCode) throw new Problem('not-a-tax-code', { taxCode: entry.taxCode })
  const known = await findByTaxCode(ctx, taxCode)
  if (known?.unionName) throw new Problem('employer-has-union', { taxCode, name: known.unionName })
  if (known && !known.isVisible) throw new Problem('tax-code-taken', { taxCode, name: known.name })
  return known?.id ?? (await insertEmployer(ctx, upperUnitId, taxCode, entry))
}

/** Gives an employer its union from a day on; its workers enter the union's figures that day. */
export async function linkUnion(ctx: Ctx, employerId: string, unitId: number, on: string) {
  await lockEmployer(ctx, employerId)
  await ctx.db
    .insertInto('employers.union_link')
    .values({ employer_id: employerId, unit_id: unitId, valid_from: on })
    .execute()
  const { rows } = await sql<{
    on_day: string
    workers: number
  }>`select distinct on (c.on_day) c.on_day, c.workers from employers.workforce_count c
    where c.employer_id = ${employerId} order by c.on_day, c.id desc`.execute(ctx.db)
  let standing = rows.filter((row) => row.on_day <= on).at(-1)?.workers ?? 0
  const changes = [{ on, quantity: standing }]
  for (const row of rows.filter((count) => count.on_day > on)) {
    changes.push({ on: row.on_day, quantity: row.workers - standing })
    standing = row.workers
  }
  await insertChanges(ctx, unitId, employerId, changes)
}

/** Takes the link back with every workforce row it led to, as if it had never been. */
export async function unlinkUnion(ctx: Ctx, unitId: number) {
  await ctx.db
    .updateTable('employers.union_link')
    .set({ superseded_at: sql`ledger.instant()` })
    .where('unit_id', '=', unitId)
    .where('superseded_at', '=', sql<string>`'infinity'`)
    .execute()
  await sql`insert into employers.workforce_change (unit_id, employer_id, quantity, occurred_on, reverses_id)
    select w.unit_id, w.employer_id, -w.quantity, w.occurred_on, w.id from employers.workforce_change w
    where w.unit_id = ${unitId} and w.reverses_id is null and not exists (select from employers.workforce_change r where r.reverses_id = w.id)`.execute(
    ctx.db,
  )
}

async function insertChanges(
  ctx: Ctx,
  unitId: number,
  employerId: string,
  changes: { on: string; quantity: number }[],
) {
  const rows = changes.filter((change) => change.quantity !== 0)
  if (rows.length === 0) return
  await ctx.db
    .insertInto('employers.workforce_change')
    .values(
      rows.map((row) => ({ unit_id: unitId, employer_id: employerId, quantity: row.quantity, occurred_on: row.on })),
    )
    .execute()
}

const lockEmployer = (ctx: Ctx, employerId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`employer/${employerId}`}, 0))`.execute(ctx.db)
