/** Setting a target: a new version, never an overwrite. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { refuseFuture } from '#modules/units/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { TargetBy } from './contract.ts'
import { listIndicators, requireIndicator } from './indicators.ts'

type TargetEntry = {
  unitId: string
  indicator: string
  by: TargetBy
  from: string
  to: string
  value: number
  setOn: string
  paper: string
}

export async function setTarget(ctx: Ctx, entry: TargetEntry) {
  requireRole(ctx, entry.by === 'assigned' ? 'assign-target' : 'set-own-target')
  if (entry.to < entry.from) throw new Problem('period-backwards')
  refuseFuture(ctx, entry.setOn)
  await getUnit(ctx, entry.unitId)
  requireIndicator(await listIndicators(ctx), entry.indicator)
  const name = `${entry.unitId}/${entry.indicator}/${entry.by}/${entry.from}/${entry.to}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 1))`.execute(ctx.db)
  const done = await sql<{ id: string; version: number }>`
    insert into targets.target (unit_id, indicator, set_by, period, value, version, set_on, paper)
    select ${Number(entry.unitId)}, ${entry.indicator}, ${entry.by}, daterange(${entry.from}, ${entry.to}, '[]'), ${entry.value},
      1 + coalesce((select max(t.version) from targets.target t where t.unit_id = ${Number(entry.unitId)} and t.indicator = ${entry.indicator}
        and t.set_by = ${entry.by} and t.period = daterange(${entry.from}, ${entry.to}, '[]')), 0), ${entry.setOn}, ${entry.paper}
    returning id::text as id, version`.execute(ctx.db)
  return done.rows[0]!
}
