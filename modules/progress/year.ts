/** The year's line: the running result at each month's end, last year's beside it, and where an even pace would be. */
import { addDays, daysBetween, yearEnd, yearStart } from '#kernel/day.ts'
import { findCounted } from '#kernel/indicators.ts'
import { Problem } from '#kernel/problem.ts'
import { listIndicators, requireIndicator } from '#modules/targets/indicators.ts'
import type { Ctx } from '#platform/database.ts'
import { askedClocks, readClocks, type Question } from './clocks.ts'
import type { Clocks, Figure } from './contract.ts'
import { figuresOf } from './figures.ts'

/** Each point is counted anew; a longer line is asked in pieces. */
const monthsMax = 60

export async function showYear(ctx: Ctx, ask: Clocks & { indicator: string }) {
  const question = await readClocks(ctx, ask)
  const indicator = requireIndicator(await listIndicators(ctx), ask.indicator)
  const days = monthEnds(question.from, question.asOf)
  if (days.length > monthsMax)
    throw new Problem('unreadable-request', {}, [{ name: 'unreadable-request', pointer: '/query/from' }])
  const figureOn = async (from: string, asOf: string): Promise<Figure> => {
    const asked: Question = { ...question, from, asOf, structureOn: question.structureOn }
    return (await figuresOf(ctx, asked, [Number(question.unit.id)], { indicators: [indicator], decimals: 1 })).get(
      Number(question.unit.id),
    )![0]!
  }
  const points = []
  for (const on of days) {
    const lastYear = findCounted(indicator.code)
      ? (await figureOn(yearBefore(question.from), yearBefore(on))).result
      : null
    points.push({ on, result: (await figureOn(question.from, on)).result, lastYear })
  }
  const { targets } = await figureOn(question.from, question.asOf)
  const target = targets.find((line) => line.by === 'assigned') ?? targets[0]
  return {
    indicator: indicator.code,
    ...askedClocks(question),
    points,
    targets,
    pace: target && indicator.kind === 'flow' ? evenPace(target.value, question.asOf) : null,
  }
}

/** The result that keeps an even pace through the year on a day; whole, half up. */
export function evenPace(target: number, on: string): number {
  const days = daysBetween(yearStart(on), addDays(yearEnd(on), 1))
  const gone = daysBetween(yearStart(on), on) + 1
  return Number((BigInt(target) * BigInt(gone) * 2n + BigInt(days)) / (BigInt(days) * 2n))
}

/** The last day of each month from one day to another, and the last day itself. */
export function monthEnds(from: string, to: string): string[] {
  const ends: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = addDays(`${month}-28`, 4).slice(0, 7)) {
    const end = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1)
    ends.push(end < to ? end : to)
  }
  return ends
}

/** The same day a year earlier; 28 February for the 29th. */
export const yearBefore = (day: string): string =>
  day.endsWith('-02-29') ? `${Number(day.slice(0, 4)) - 1}-02-28` : `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
