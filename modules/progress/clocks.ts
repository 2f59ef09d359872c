/** The three clocks of a question, with the defaults an officer expects. */
import { sql } from 'kysely'
import { isDay, yearStart } from '#kernel/day.ts'
import { Problem } from '#kernel/problem.ts'
import { getUnit, type Unit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Clocks } from './contract.ts'

export type Question = { unit: Unit; from: string; asOf: string; knownAt: string | null; structureOn: string }

/** `from`: the first of January of the cut-off's year. `structureOn`: the cut-off. `knownAt`: all that is known now. */
export async function readClocks(ctx: Ctx, ask: Clocks): Promise<Question> {
  const current = await getUnit(ctx, ask.unitId)
  const asOf = ask.asOf ?? ctx.today
  const from = ask.from ?? yearStart(asOf)
  if (!isDay(from) || from > asOf) throw new Problem('period-backwards')
  if (ask.knownAt && Date.parse(ask.knownAt) > Date.now()) throw new Problem('known-at-in-future')
  const [knownAt, structureOn] = [ask.knownAt ?? null, ask.structureOn ?? asOf]
  const unit =
    knownAt || ask.structureOn ? { ...current, name: await nameThen(ctx, current, structureOn, knownAt) } : current
  return { unit, from, asOf, knownAt, structureOn }
}

/** What a unit was called: an answer of then, asked again, carries the name of then. */
async function nameThen(ctx: Ctx, unit: Unit, on: string, knownAt: string | null): Promise<string> {
  const found = await sql<{ name: string | null }>`
    select units.trait_on(${Number(unit.id)}, 'name', ${on}, ${knownAt}::timestamptz) as name`.execute(ctx.db)
  return found.rows[0]!.name ?? unit.name
}

/** Which rows of the closure (as `b`) speak: of the structure asked, as it was known. */
export const branchAsKnown = ({
  structureOn,
  knownAt,
}: Question) => sql`b.valid_from <= ${structureOn} and ${structureOn}::date < b.valid_to
  and ${knownAt ? sql`b.recorded_at <= ${knownAt}::timestamptz and ${knownAt}::timestamptz < b.superseded_at` : sql`b.superseded_at = 'infinity'`}`

export const askedClocks = ({ from, asOf, knownAt, structureOn }: Question) => ({ from, asOf, knownAt, structureOn })
