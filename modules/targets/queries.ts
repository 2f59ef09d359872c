/** Questions about targets: every version of a year; and those in force on a day, as known at an instant. */
import { sql } from 'kysely'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Target, TargetBy } from './contract.ts'

export async function listTargets(ctx: Ctx, unitId: string, year: number) {
  await getUnit(ctx, unitId)
  const found = await sql<Target>`
    select t.id::text as id, t.unit_id::text as "unitId", t.indicator, t.set_by as by, lower(t.period) as "from", upper(t.period) - 1 as "to",
      t.value::float8 as value, t.version, t.set_on as "setOn", t.paper, t.recorded_at as "recordedAt", coalesce(a.name, '') as "recordedBy"
    from targets.target t left join access.account a on a.id = t.recorded_by
    where t.unit_id = ${Number(unitId)} and t.period && daterange(${`${year}-01-01`}, ${`${year + 1}-01-01`})
    order by t.indicator, t.set_by, lower(t.period), t.version desc`.execute(ctx.db)
  return { targets: found.rows }
}

export type StandingTarget = {
  unitId: number
  indicator: string
  by: TargetBy
  value: number
  version: number
  setOn: string
  from: string
  to: string
}

/** The newest version of each target whose period holds a question's days: set by the cut-off day, recorded by the instant.
 *  A cut-off inside a year compares with the full year's target. Where periods nest, the shortest that fits speaks. */
export async function targetsInForce(
  ctx: Ctx,
  unitIds: readonly number[],
  from: string,
  asOf: string,
  knownAt: string | null,
): Promise<StandingTarget[]> {
  const found = await sql<StandingTarget>`
    select distinct on (t.unit_id, t.indicator, t.set_by) t.unit_id as "unitId", t.indicator, t.set_by as by, t.value::float8 as value, t.version,
      t.set_on as "setOn", lower(t.period) as "from", upper(t.period) - 1 as "to"
    from targets.target t
    where t.unit_id = any(${unitIds}) and t.period @> ${from}::date and t.period @> ${asOf}::date and t.set_on <= ${asOf}
      and (${knownAt}::timestamptz is null or t.recorded_at <= ${knownAt}::timestamptz)
    order by t.unit_id, t.indicator, t.set_by, upper(t.period) - lower(t.period), t.version desc`.execute(ctx.db)
  return found.rows
}
