/** The three clocks of a question, with the defaults an officer expects. */
import { isDay, yearStart } from '#kernel/day.ts'
import { Problem } from '#kernel/problem.ts'
import { getUnit, type Unit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Clocks } from './contract.ts'

export type Question = { unit: Unit; from: string; asOf: string; knownAt: string | null; structureOn: string }

/** `from`: the first of January of the cut-off's year. `structureOn`: the cut-off. `knownAt`: all that is known now. */
export async function readClocks(ctx: Ctx, ask: Clocks): Promise<Question> {
  const unit = await getUnit(ctx, ask.unitId)
  const asOf = ask.asOf ?? ctx.today
  const from = ask.from ?? yearStart(asOf)
  if (!isDay(from) || from > asOf) throw new Problem('period-backwards')
  if (ask.knownAt && Date.parse(ask.knownAt) > Date.now()) throw new Problem('known-at-in-future')
  return { unit, from, asOf, knownAt: ask.knownAt ?? null, structureOn: ask.structureOn ?? asOf }
}

export const askedClocks = ({ from, asOf, knownAt, structureOn }: Question) => ({ from, asOf, knownAt, structureOn })
