/** Declared figures: what units say where no ledger records it yet. The latest declaration of a period speaks. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { listIndicators, requireIndicator } from '#modules/targets/indicators.ts'
import { refuseFuture } from '#modules/units/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import { branchAsKnown, type Question } from './clocks.ts'

export type Declared = { unitId: number; indicator: string; result: number | null; percent: string | null; to: string }

/** A unit's own declaration speaks; without one, the sum of those below it. A percent is never summed. */
export async function declaredFigures(
  ctx: Ctx,
  question: Question,
  unitIds: readonly number[],
  codes: readonly string[],
): Promise<Declared[]> {
  const { from, asOf, knownAt } = question
  const found = await sql<Declared>`
    with said as (
      select distinct on (b.ancestor_id, d.unit_id, d.indicator) b.ancestor_id, d.unit_id, d.indicator, d.result, trim_scale(d.percent) as percent, d.to_day
      from units.branch b join progress.declaration d on d.unit_id = b.unit_id
      where b.ancestor_id = any(${unitIds}::int[]) and ${branchAsKnown(question)}
        and d.indicator = any(${codes}::text[]) and d.to_day <= ${asOf} and (d.from_day is null or d.from_day = ${from})
        and (${knownAt}::timestamptz is null or d.recorded_at <= ${knownAt}::timestamptz)
      order by b.ancestor_id, d.unit_id, d.indicator, d.to_day desc, d.id desc
    )
    select ancestor_id as "unitId", indicator,
      (case when bool_or(unit_id = ancestor_id) then max(result) filter (where unit_id = ancestor_id) else sum(result) end)::float8 as result,
      (max(percent) filter (where unit_id = ancestor_id))::text as percent,
      coalesce(max(to_day) filter (where unit_id = ancestor_id), max(to_day)) as "to"
    from said group by 1, 2
    having bool_or(unit_id = ancestor_id) or sum(result) is not null`.execute(ctx.db)
  return found.rows
}

type Entry = {
  unitId: string
  indicator: string
  from?: string | null | undefined
  to: string
  result?: number | null | undefined
  percent?: string | null | undefined
  note?: string | null | undefined
}

export async function declareFigure(ctx: Ctx, entry: Entry) {
  requireRole(ctx, 'declare')
  await getUnit(ctx, entry.unitId)
  const indicator = requireIndicator(await listIndicators(ctx), entry.indicator)
  if (indicator.counted) throw new Problem('indicator-is-counted')
  if (entry.from && entry.from > entry.to) throw new Problem('period-backwards')
  refuseFuture(ctx, entry.to)
  if (entry.result == null && entry.percent == null) throw new Problem('nothing-declared')
  const { id } = await ctx.db
    .insertInto('progress.declaration')
    .values({
      unit_id: Number(entry.unitId),
      indicator: entry.indicator,
      from_day: entry.from ?? null,
      to_day: entry.to,
      result: entry.result ?? null,
      percent: entry.percent ?? null,
      note: entry.note ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id }
}
