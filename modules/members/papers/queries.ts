/** People as their papers need them: what the record says, the union, the portrait. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { getUnit } from '#modules/units/queries.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import type { Ctx } from '#platform/database.ts'
import { readIdentityNumber } from '../actions.ts'
import { showValue, type Kept } from '../record/values.ts'
import { signCard } from './card.ts'
import { cardsPdf, joiningFormDocx, joiningFormPdf, type CardPerson, type PaperPerson } from './papers.ts'

type Row = Omit<PaperPerson, 'record'> & { record: Record<string, Kept> }

/** `whose`: a condition on the person p and their open membership m. */
async function read(ctx: Ctx, whose: ReturnType<typeof sql>, page: ReturnType<typeof sql>): Promise<PaperPerson[]> {
  const { rows } = await sql<Row>`
    select p.id, p.full_name as "fullName", coalesce(p.birth_date::text, p.birth_year::text) as birth, p.sex, p.record, u.name as "unionName", lower(m.during)::text as since,
      (select g.name from units.placement w join units.unit g on g.id = w.manager_id where w.unit_id = m.unit_id and w.superseded_at = 'infinity'
        and w.valid_from <= ${ctx.today} and ${ctx.today}::date < w.valid_to) as "upperName",
      units.trait_on(m.unit_id, 'area', ${ctx.today}) as place,
      (select f.content from members.photo f where f.person_id = p.id order by f.id desc limit 1) as photo
    from members.person p left join members.membership m on m.person_id = any(array[p.id]) and m.closed_by is null left join units.unit u on u.id = m.unit_id
    where ${whose} order by string_to_array(members.given_first(p.full_name), ' ') collate "vi-x-icu", p.id ${page}`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ ...row, record: shown(ctx, row.record) }))
}

const shown = (ctx: Ctx, record: Record<string, Kept>) =>
  Object.fromEntries(Object.entries(record).map(([code, kept]) => [code, showValue(ctx.secret, kept, false) ?? '']))

async function onePerson(ctx: Ctx, personId: string): Promise<PaperPerson> {
  const [person] = await read(ctx, sql`p.id = ${personId}`, sql`limit 1`)
  if (!person) throw new Problem('not-found')
  return person
}

/** The joining form. The whole number is printed only by the act that keeps who asked and why. */
export async function joiningForm(ctx: Ctx, personId: string, kind: 'docx' | 'pdf', reason: string | undefined) {
  const person = await onePerson(ctx, personId)
  const number = reason?.trim() ? (await readIdentityNumber(ctx, personId, reason.trim())).identityNumber : null
  const write = kind === 'docx' ? joiningFormDocx : joiningFormPdf
  return { name: `${person.fullName}.${kind}`, content: await write(ctx.language, person, number, ctx.today) }
}

/** A member who has a card number, with the signed text of their code; null for somebody who has none. */
function withCard(ctx: Ctx, person: PaperPerson): CardPerson | null {
  const { cardNumber, cardIssuedOn } = person.record
  if (!cardNumber || !person.unionName) return null
  const issuedOn = cardIssuedOn ?? person.since ?? ctx.today
  const facts = {
    personId: person.id,
    cardNumber,
    fullName: person.fullName,
    birthYear: person.birth ? Number(person.birth.slice(0, 4)) : null,
    unionName: person.unionName,
    issuedOn,
  }
  return { ...person, cardNumber, cardIssuedOn: issuedOn, qr: signCard(ctx.secret, facts) }
}

export async function cardOf(ctx: Ctx, personId: string) {
  const person = withCard(ctx, await onePerson(ctx, personId))
  if (!person) throw new Problem('no-card')
  return { name: `${person.fullName}.pdf`, content: await cardsPdf(ctx.language, [person], 'card') }
}

const cardsMax = 500

/** Ten cards a page; a union of more members than one file holds is printed from place to place. */
export async function cardsOf(ctx: Ctx, unitId: string, from: number) {
  const unit = await getUnit(ctx, unitId)
  if (!isGrassroots(unit.kind)) throw new Problem('not-a-grassroots-union')
  const people = await read(
    ctx,
    sql`m.unit_id = ${Number(unit.id)} and p.record ? 'cardNumber'`,
    sql`limit ${sql.lit(cardsMax)} offset ${from}`,
  )
  const cards = people.flatMap((person) => withCard(ctx, person) ?? [])
  if (cards.length === 0) throw new Problem('no-card')
  return { name: `${unit.name}.pdf`, content: await cardsPdf(ctx.language, cards, 'sheet') }
}

/** Gives a member a card number; without one typed, the person's own number in the register. */
export async function issueCard(
  ctx: Ctx,
  personId: string,
  entry: { cardNumber?: string | null | undefined; on: string },
) {
  requireRole(ctx, 'admit')
  const person = await onePerson(ctx, personId)
  if (!person.unionName) throw new Problem('not-a-member', { name: person.fullName })
  if (entry.on > ctx.today) throw new Problem('day-in-future', { day: entry.on, today: ctx.today })
  const cardNumber = entry.cardNumber ?? personId.padStart(10, '0')
  const taken =
    await sql`select from members.person p where p.record ->> 'cardNumber' = ${cardNumber} and p.record ? 'cardNumber' and p.id <> ${personId}`.execute(
      ctx.db,
    )
  if (taken.rows.length > 0) throw new Problem('card-number-taken', { cardNumber })
  const said = { cardNumber, cardIssuedOn: entry.on }
  await sql`insert into members.statement (person_id, said, source) values (${personId}, ${JSON.stringify(said)}::jsonb, 'form')`.execute(
    ctx.db,
  )
  return { cardNumber }
}
