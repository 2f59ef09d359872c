/** Questions about people: the register of a branch on a day, a tone-free search, one person's whole history. */
import { sql, type RawBuilder } from 'kysely'
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

/** Vietnamese order is word by word: all of `Dung` before the first `Dũng`, whatever the family. */
const inOrder = (givenFirst: RawBuilder<unknown>) => sql`string_to_array(${givenFirst}, ' ') collate "vi-x-icu"`

/** The register: union by union, in Vietnamese order of given names. A page costs the same wherever it is. */
async function listRegister(ctx: Ctx, ask: Ask) {
  const unit = await getUnit(ctx, ask.unitId ?? ctx.actor.unitId)
  const asOf = ask.asOf ?? ctx.today
  const [unitKey, nameKey, id] = readCursor(ask.cursor, ['number', 'text', 'id']) ?? [0, '', '0']
  const found = await sql<Row>`
    select m.* from units.branch b cross join lateral (
      select ${personColumns}, b.unit_id as "unitKey", members.given_first(p.full_name) as "nameKey", lower(m.during) as since, ${unitJson(sql`b.unit_id`)} as unit
      from members.membership m join members.person p on p.id = m.person_id
      where m.unit_id = b.unit_id and m.during @> ${asOf}::date
        and (b.unit_id > ${unitKey} or (${inOrder(sql`members.given_first(p.full_name)`)}, p.id) > (${inOrder(sql`${nameKey}::text`)}, ${id}::bigint))
      order by ${inOrder(sql`members.given_first(p.full_name)`)}, p.id) m
    where b.ancestor_id = ${Number(unit.id)} and b.superseded_at = 'infinity' and b.valid_from <= ${asOf} and ${asOf}::date < b.valid_to and b.unit_id >= ${unitKey}
    order by b.unit_id, ${inOrder(sql`m."nameKey"`)}, m.id::bigint limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
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
  if (!which && !key) return { members: [], total: null, next: null }
  const pages = which ? [which] : [begins('name_key', key), begins('given_key', key)]
  const rows = new Map<string, Row>()
  for (const where of pages)
    if (rows.size < ask.limit) for (const row of await people(ctx, where, ask.limit)) rows.set(row.id, row)
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

/** A beginning as a range of keys: behind the fence only comparisons may use an index, `like` may not. */
const begins = (column: 'name_key' | 'given_key', key: string) =>
  sql`${sql.ref(`p.${column}`)} >= ${key} and ${sql.ref(`p.${column}`)} < ${`${key}\u{10ffff}`}`

/** A branch with so many members is searched by name, a smaller one by going through its members. */
const smallBranch = 20_000

/** At most `limit` people that a condition names, of those whom the caller may see. */
async function people(ctx: Ctx, where: ReturnType<typeof sql>, limit: number): Promise<Row[]> {
  const isLarge = ctx.actor.seesAll || (await countMembers(ctx, ctx.actor.unitId, ctx.today)) > smallBranch
  const fenced = isLarge
    ? sql`members.person p where ${where}`
    : sql`(select distinct m.person_id from units.branch b join members.membership m on m.unit_id = b.unit_id
        where b.ancestor_id = ${ctx.actor.unitId} and b.superseded_at = 'infinity' and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to) mine
        join members.person p on p.id = mine.person_id where ${where}`
  const found = await sql<Row>`
    select ${personColumns}, now.since, now.unit, 0 as "unitKey", '' as "nameKey"
    from (select p.* from ${fenced} limit ${sql.lit(limit)}) p
    left join lateral (select lower(m.during) as since, ${unitJson(sql`m.unit_id`)} as unit from members.membership m
      where m.person_id = any(array[p.id]) and m.during @> ${ctx.today}::date limit 1) now on true
    order by ${inOrder(sql`members.given_first(p.full_name)`)}, p.id`.execute(ctx.db)
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
