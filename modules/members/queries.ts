/** Questions about people: the register of a branch on a day, a tone-free search, one person's whole history. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { decisionJson, getUnit, unitJson } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Member } from './contract.ts'
import { maskIdentity } from './rules.ts'

type Row = Omit<Member, 'identityMasked'> & { tail: string; unitKey: number; nameKey: string }

const personColumns = sql`p.id::text as id, p.full_name as "fullName", p.birth_date as "birthDate", p.sex, p.identity_tail as tail`

const memberOf = ({ tail, unitKey: _, nameKey: __, ...row }: Row): Member => ({
  ...row,
  identityMasked: maskIdentity(tail),
})

type Ask = {
  unitId?: string | undefined
  q: string
  asOf?: string | undefined
  cursor?: string | undefined
  limit: number
}

export const listMembers = (ctx: Ctx, ask: Ask) => (ask.q.trim() ? searchMembers(ctx, ask) : listRegister(ctx, ask))

/** The register: union by union, in Vietnamese order of given names. A page costs the same wherever it is. */
async function listRegister(ctx: Ctx, ask: Ask) {
  const unit = await getUnit(ctx, ask.unitId ?? ctx.actor.unitId)
  const asOf = ask.asOf ?? ctx.today
  const [unitKey, nameKey, id] = readCursor<[number, string, string]>(ask.cursor) ?? [0, '', '0']
  const found = await sql<Row>`
    select m.* from units.branch b cross join lateral (
      select ${personColumns}, b.unit_id as "unitKey", members.given_first(p.full_name) collate "vi-x-icu" as "nameKey", lower(m.during) as since, ${unitJson(sql`b.unit_id`)} as unit
      from members.membership m join members.person p on p.id = m.person_id
      where m.unit_id = b.unit_id and m.during @> ${asOf}::date
        and (b.unit_id > ${unitKey} or (members.given_first(p.full_name) collate "vi-x-icu", p.id) > (${nameKey} collate "vi-x-icu", ${id}::bigint))
      order by "nameKey", p.id) m
    where b.ancestor_id = ${Number(unit.id)} and b.superseded_at = 'infinity' and b.valid_from <= ${asOf} and ${asOf}::date < b.valid_to and b.unit_id >= ${unitKey}
    order by b.unit_id limit ${ask.limit + 1}`.execute(ctx.db)
  const page = found.rows.slice(0, ask.limit)
  const last = page.at(-1)
  const total = await countMembers(ctx, Number(unit.id), asOf)
  return {
    members: page.map(memberOf),
    total,
    next: found.rows.length > ask.limit && last ? writeCursor([last.unitKey, last.nameKey, last.id]) : null,
  }
}

/** Members of a branch on a day, in today's structure: from tallies, never by counting people. */
export async function countMembers(ctx: Ctx, unitId: number, asOf: string): Promise<number> {
  const found = await sql<{ total: string }>`select coalesce(sum(at_end[1]), 0)::bigint as total
    from members.figures_in_branch(${[unitId]}, ${asOf}, ${asOf}, ${asOf}, null)`.execute(ctx.db)
  return Number(found.rows[0]!.total)
}

/** Tone-free: words in the order typed from the start of the name, or any words half-typed, or an identity number's last digits. */
async function searchMembers(ctx: Ctx, ask: Ask) {
  const digits = ask.q.replace(/\s/g, '')
  const which = /^\d{3,12}$/.test(digits) ? byIdentity(ctx, digits) : null
  const key = fold(ask.q)
  const pages = which ? [which] : [sql`p.name_key like ${`${key}%`}`, sql`p.given_key like ${`${key}%`}`]
  const rows = new Map<string, Row>()
  for (const where of pages) for (const row of await people(ctx, where, ask.limit)) rows.set(row.id, row)
  if (!which && rows.size < ask.limit && key) {
    const words = key
      .split(' ')
      .map((word) => `${word}:*`)
      .join(' & ')
    for (const row of await people(ctx, sql`p.name_id in (select members.named(${words}, 2000))`, ask.limit))
      rows.set(row.id, row)
  }
  return { members: [...rows.values()].slice(0, ask.limit).map(memberOf), total: null, next: null }
}

const byIdentity = (ctx: Ctx, digits: string) =>
  digits.length === 12 ? sql`p.identity_hash = ${ctx.secret.match(digits)}` : sql`p.identity_tail = ${digits.slice(-3)}`

/** At most `limit` people that a condition names. Whoever sees a branch only is answered from that branch. */
async function people(ctx: Ctx, where: ReturnType<typeof sql>, limit: number): Promise<Row[]> {
  const fenced = ctx.actor.seesAll
    ? sql`members.person p where ${where}`
    : sql`(select distinct m.person_id from units.branch b join members.membership m on m.unit_id = b.unit_id
        where b.ancestor_id = ${ctx.actor.unitId} and b.superseded_at = 'infinity' and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to) mine
        join members.person p on p.id = mine.person_id where ${where}`
  const found = await sql<Row>`
    select ${personColumns}, now.since, now.unit, 0 as "unitKey", '' as "nameKey"
    from (select p.* from ${fenced} limit ${limit}) p
    left join lateral (select lower(m.during) as since, ${unitJson(sql`m.unit_id`)} as unit from members.membership m
      where m.person_id = p.id and m.during @> ${ctx.today}::date limit 1) now on true
    order by members.given_first(p.full_name) collate "vi-x-icu", p.id`.execute(ctx.db)
  return found.rows
}

type MovementRow = {
  id: string
  kind: 'opening'
  quantity: number
  occurredOn: string
  recordedAt: string
  recordedBy: string
  unit: UnitRef
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
      ${unitJson(sql`m.unit_id`)} as unit, ${decisionJson(sql`m.decision_id`)} as decision,
      (select json_build_object('id', o.id::text, 'name', o.name) from access.account o where o.id = m.officer_id) as officer,
      (select r.id from members.movement r where r.reverses_id = m.id) as "reversedById", m.reverses_id as "reversesId", m.reason
    from members.movement m left join access.account a on a.id = m.recorded_by
    where m.person_id = ${personId} order by m.occurred_on, m.id`.execute(ctx.db)
  return { ...memberOf(found.rows[0]), movements: movements.rows }
}
