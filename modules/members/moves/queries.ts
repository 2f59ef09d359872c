/** Worklists of moves: who is on the road and how long, who rests, who is asked for. */
import { sql } from 'kysely'
import { daysBetween } from '#kernel/day.ts'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { getUnit, unitJson } from '#modules/units/queries.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import type { Ctx } from '#platform/database.ts'
import { addMonths } from '../rules.ts'

type Page = { unitId: string; cursor?: string | undefined; limit: number }

/** The branch of a unit today, as a set to compare a column with. */
const branchOf = (
  ctx: Ctx,
  unitId: number,
) => sql`(select b.unit_id from units.branch b where b.ancestor_id = ${unitId} and b.superseded_at = 'infinity'
  and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to)`

type TravellerRow = {
  personId: string
  fullName: string
  birth: string
  from: UnitRef | null
  to: UnitRef | null
  isArriving: boolean
  isToHidden: boolean
  sentOn: string
  movementId: string
  legId: string
}

export async function listOnTheRoad(ctx: Ctx, ask: Page) {
  const unit = await getUnit(ctx, ask.unitId)
  const branch = branchOf(ctx, Number(unit.id))
  const [afterOn, afterId] = readCursor(ask.cursor, ['day', 'id']) ?? ['1900-01-01', '0']
  const open = sql`l.closed_by is null and (l.from_unit_id in ${branch} or l.to_unit_id in ${branch})`
  const found = await sql<TravellerRow>`
    select l.id as "legId", l.person_id as "personId", p.full_name as "fullName", coalesce(p.birth_date::text, p.birth_year::text) as birth,
      ${unitJson(sql`l.from_unit_id`)} as "from", ${unitJson(sql`l.to_unit_id`)} as "to", lower(l.during) as "sentOn", l.opened_by as "movementId",
      coalesce(l.to_unit_id in ${branch}, false) as "isArriving", l.to_unit_id is not null and not units.in_my_branch(l.to_unit_id) as "isToHidden"
    from members.leg l join members.person p on p.id = l.person_id
    where ${open} and (lower(l.during), l.id) > (${afterOn}::date, ${afterId}::bigint)
    order by lower(l.during), l.id limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
  const total = await sql<{ n: number }>`select count(*)::int as n from members.leg l where ${open}`.execute(ctx.db)
  const page = found.rows.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    travellers: page.map((row) => ({ ...row, days: daysBetween(row.sentOn, ctx.today) })),
    total: total.rows[0]!.n,
    next: found.rows.length > ask.limit && last ? writeCursor([last.sentOn, last.legId]) : null,
  }
}

type RestingRow = { id: string; personId: string; fullName: string; unit: UnitRef; since: string; cause: string | null }

export async function listSuspended(ctx: Ctx, ask: Page) {
  const unit = await getUnit(ctx, ask.unitId)
  const [afterOn, afterId] = readCursor(ask.cursor, ['day', 'id']) ?? ['1900-01-01', '0']
  const open = sql`s.closed_by is null and s.unit_id in ${branchOf(ctx, Number(unit.id))}`
  const found = await sql<RestingRow>`
    select s.id, s.person_id as "personId", p.full_name as "fullName", ${unitJson(sql`s.unit_id`)} as unit, lower(s.during) as since, m.cause
    from members.suspension s join members.person p on p.id = s.person_id join members.movement m on m.id = s.opened_by
    where ${open} and (lower(s.during), s.id) > (${afterOn}::date, ${afterId}::bigint)
    order by lower(s.during), s.id limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
  const total = await sql<{ n: number }>`select count(*)::int as n from members.suspension s where ${open}`.execute(
    ctx.db,
  )
  const { suspension_job_loss_months: limit } = await rulesOn(ctx, ['suspension_job_loss_months'], ctx.today)
  const page = found.rows.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    members: page.map(({ id: _, ...row }) => ({
      ...row,
      until: row.cause === 'job_loss' ? addMonths(row.since, limit.value) : null,
    })),
    total: total.rows[0]!.n,
    next: found.rows.length > ask.limit && last ? writeCursor([last.since, last.id]) : null,
  }
}
