/** Questions about foundings: one with its papers, and the latest of a branch. */
import { sql } from 'kysely'
import type { z } from 'zod'
import { addDays, yearEnd, yearStart } from '#kernel/day.ts'
import { Problem } from '#kernel/problem.ts'
import { decisionJson, getUnit, unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Founding } from './contract.ts'

type Row = z.output<typeof Founding>

const columns = sql`f.id::text as id, ${unitJson(sql`f.unit_id`)} as unit,
  coalesce(${unitJson(sql`(select p.manager_id from units.placement p where p.unit_id = f.unit_id and p.superseded_at = 'infinity' and p.valid_from <= f.occurred_on and f.occurred_on < p.valid_to)`)},
    ${unitJson(sql`f.unit_id`)}) as "upperUnit",
  f.unit_kind as kind, f.sector, f.occurred_on as "effectiveOn", ${decisionJson(sql`f.decision_id`)} as decision,
  (select json_build_object('id', e.id::text, 'taxCode', e.tax_code, 'name', e.name) from employers.employer e where e.id = f.employer_id) as employer,
  (select json_build_object('id', o.id::text, 'name', o.name) from access.account o where o.id = f.officer_id) as officer,
  f.members, f.recorded_at as "recordedAt", coalesce(a.name, '') as "recordedBy",
  (select json_build_object('reason', r.reason, 'recordedAt', r.recorded_at, 'recordedBy', coalesce(ra.name, ''))
    from founding.founding r left join access.account ra on ra.id = r.recorded_by where r.reverses_id = f.id) as cancelled`

export async function showFounding(ctx: Ctx, foundingId: string): Promise<Row> {
  const found =
    await sql<Row>`select ${columns} from founding.founding f left join access.account a on a.id = f.recorded_by
    where f.id = ${foundingId} and f.reverses_id is null`.execute(ctx.db)
  if (!found.rows[0]) throw new Problem('not-found')
  return found.rows[0]
}

export async function listFoundings(ctx: Ctx, unitId: string) {
  const unit = await getUnit(ctx, unitId)
  const found = await sql<Row>`select ${columns} from (
      select f.* from founding.founding f where f.reverses_id is null and exists (
        select from units.branch b where b.ancestor_id = ${Number(unit.id)} and b.unit_id = f.unit_id and b.superseded_at = 'infinity'
          and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to)
      order by f.occurred_on desc, f.id desc limit 50) f
    left join access.account a on a.id = f.recorded_by order by f.occurred_on desc, f.id desc`.execute(ctx.db)
  return { foundings: found.rows }
}

/** What a founding would move in the year it counts in, as far as that year has gone: unions founded, and members admitted. */
export async function changesOf(ctx: Ctx, unitId: string, on: string, members: number) {
  const [first, end] = [addDays(yearStart(on), -1), yearEnd(on)]
  const last = end < ctx.today ? end : ctx.today
  const { rows } = await sql<{ founded: string; admitted: string }>`select
    (select coalesce(sum(at_end[1] - at_start[1]), 0)::bigint from founding.figures_in_branch(${[Number(unitId)]}, ${first}, ${last}, ${last}, null)) as founded,
    (select coalesce(sum(at_end[3] - at_start[3]), 0)::bigint from members.figures_in_branch(${[Number(unitId)]}, ${first}, ${last}, ${last}, null)) as admitted`.execute(
    ctx.db,
  )
  const [founded, admitted] = [Number(rows[0]!.founded), Number(rows[0]!.admitted)]
  return [
    { indicator: 'grassroots_founded', before: founded, after: founded + 1 },
    { indicator: 'members_admitted', before: admitted, after: admitted + members },
  ]
}
