/** Questions about one person: where they stand, and their whole history. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { decisionJson, unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Member } from './contract.ts'
import { noteLook } from './record/queries.ts'
import { maskIdentity } from './rules.ts'
import { membershipsOf, stateOf } from './state.ts'

type Row = Omit<Member, 'identityMasked'> & { tail: string | null }

const personColumns = sql`p.id::text as id, p.full_name as "fullName", coalesce(p.birth_date::text, p.birth_year::text) as "birthDate", p.sex, p.identity_tail as tail`

const memberOf = ({ tail, ...row }: Row): Member => ({ ...row, identityMasked: tail ? maskIdentity(tail) : '' })

type MovementRow = {
  id: string
  kind: 'opening'
  quantity: number
  occurredOn: string
  recordedAt: string
  recordedBy: string
  unit: UnitRef
  otherUnit: UnitRef | null
  isOtherHidden: boolean
  cause: string | null
  decision: null
  officer: { id: string; name: string } | null
  reversedById: string | null
  reversesId: string | null
  reason: string | null
}

export async function showMember(ctx: Ctx, personId: string) {
  const found = await sql<Row>`select ${personColumns}, now.since, now.unit from members.person p
    left join lateral (select lower(m.during) as since, ${unitJson(sql`m.unit_id`)} as unit from members.membership m
      where m.person_id = p.id and m.during @> ${ctx.today}::date limit 1) now on true where p.id = ${personId}`.execute(
    ctx.db,
  )
  if (!found.rows[0]) throw new Problem('not-found')
  const movements = await sql<MovementRow>`
    select m.id, m.kind, m.quantity, m.occurred_on as "occurredOn", m.recorded_at as "recordedAt", coalesce(a.name, '') as "recordedBy",
      ${unitJson(sql`m.unit_id`)} as unit, ${unitJson(sql`m.other_unit_id`)} as "otherUnit", m.cause,
      m.other_unit_id is not null and not units.in_my_branch(m.other_unit_id) as "isOtherHidden", ${decisionJson(sql`m.decision_id`)} as decision,
      (select json_build_object('id', o.id::text, 'name', o.name) from access.account o where o.id = m.officer_id) as officer,
      (select r.id from members.movement r where r.reverses_id = m.id) as "reversedById", m.reverses_id as "reversesId", m.reason
    from members.movement m left join access.account a on a.id = m.recorded_by
    where m.person_id = ${personId} order by m.occurred_on, m.id`.execute(ctx.db)
  await noteLook(ctx, personId)
  const memberships = await membershipsOf(ctx, personId)
  const state = await stateOf(ctx, personId, memberships)
  return { ...memberOf(found.rows[0]), state, memberships, movements: movements.rows }
}
