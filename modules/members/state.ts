/** Where one person stands today, and in which unions they have been: as far as the caller may see. */
import { sql } from 'kysely'
import { daysBetween } from '#kernel/day.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { unitJson } from '#modules/units/queries.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import type { Ctx } from '#platform/database.ts'
import type { MemberState } from './contract.ts'
import { addMonths } from './rules.ts'

type Membership = { unit: UnitRef; from: string; to: string | null }
type Leg = { since: string; from: UnitRef | null; to: UnitRef | null; isToHidden: boolean; sentBy: string }
type Rest = { since: string; cause: string | null }

/** Every membership in a union of the branch, the first one first. */
export async function membershipsOf(ctx: Ctx, personId: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select ${unitJson(sql`m.unit_id`)} as unit, lower(m.during) as "from", upper(m.during) as "to"
    from members.membership m where m.person_id = any(array[${personId}::bigint]) order by lower(m.during)`.execute(
    ctx.db,
  )
  return rows
}

export async function stateOf(ctx: Ctx, personId: string, memberships: readonly Membership[]): Promise<MemberState> {
  const now = memberships.find(({ from, to }) => from <= ctx.today && (to === null || to > ctx.today))
  if (now) return { where: 'union', since: now.from, suspension: await suspensionOf(ctx, personId) }
  const legs = await sql<Leg>`
    select lower(l.during) as since, ${unitJson(sql`l.from_unit_id`)} as "from", ${unitJson(sql`l.to_unit_id`)} as "to",
      l.to_unit_id is not null and not units.in_my_branch(l.to_unit_id) as "isToHidden", l.opened_by as "sentBy"
    from members.leg l where l.person_id = ${personId} and l.during @> ${ctx.today}::date`.execute(ctx.db)
  const leg = legs.rows[0]
  if (leg) return { where: 'road', ...leg, days: daysBetween(leg.since, ctx.today) }
  return { where: 'none', receivedElsewhereOn: await receivedElsewhereOn(ctx, personId, memberships.at(-1)?.to ?? '') }
}

async function suspensionOf(ctx: Ctx, personId: string) {
  const { rows } = await sql<Rest>`
    select lower(s.during) as since, m.cause from members.suspension s join members.movement m on m.id = s.opened_by
    where s.person_id = ${personId} and s.during @> ${ctx.today}::date`.execute(ctx.db)
  const rest = rows[0]
  if (!rest) return null
  const { suspension_job_loss_months: limit } = await rulesOn(ctx, ['suspension_job_loss_months'], ctx.today)
  return { ...rest, until: rest.cause === 'job_loss' ? addMonths(rest.since, limit.value) : null }
}

/** The road ended where the caller may not look: somebody there received them. */
async function receivedElsewhereOn(ctx: Ctx, personId: string, leftOn: string): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`
    select upper(l.during) as "on" from members.leg l
    where l.person_id = ${personId} and l.closed_by is not null and not exists (select from members.movement m where m.id = l.closed_by)
    order by upper(l.during) desc limit 1`.execute(ctx.db)
  return rows[0] && rows[0].on >= leftOn ? rows[0].on : null
}
