/** Families: units whose figures depend on one another, since a unit's figures include its whole branch. Each unit with
 *  figures of its own has a field: the unions of its branch that stand in the branch of no other such unit below it. */
import { addDays } from '#kernel/day.ts'
import type { Day } from '#kernel/shapes.ts'
import type { Span } from './calendar.ts'
import type { Fact, FactsFile, FactsUnit } from './facts.ts'
import { eventIndicator, indicators, isCounted } from './indicators.ts'

export type Field = {
  unit: string
  /** Units whose figures count this field: the unit itself and those above it that have figures. */
  countedBy: string[]
  /** Units of the file that may hold its unions. */
  places: string[]
}
export type Family = {
  fields: Field[]
  facts: Fact[]
  /** The time from the opening to the last fact, cut at every day a fact begins or ends. */
  stretches: Span[]
}

/** What a file prints that the ledgers have to make true. */
export const countedFacts = (facts: Fact[]): Fact[] =>
  facts.filter((fact) => isCounted(fact.indicator) && (fact.result !== null || (isRate(fact) && fact.percent !== null)))

export const isRate = ({ indicator }: Fact): boolean => indicators[indicator]?.kind === 'ratio'
export const isEvent = ({ indicator }: Fact): boolean => indicator === eventIndicator
/** One founding may be printed for a unit, for the unit above it, and in two articles. */
export const isSameEvent = (left: Fact, right: Fact): boolean => left.to === right.to && left.result === right.result
export const isFlow = ({ indicator }: Fact): boolean => indicators[indicator]?.kind === 'flow'

/** The last day before any fact: what stands then is an opening stock. */
export function openingDay(facts: Fact[]): Day {
  const first = facts.map(({ from, to }) => from ?? to).sort()[0] ?? '2024-01-01'
  return `${Number(first.slice(0, 4)) - 1}-12-31`
}

export function gatherFamilies(file: FactsFile, openedOn: Day, today: Day): Family[] {
  const facts = countedFacts(file.facts)
  const bearing = new Set(facts.map(({ unit }) => unit))
  const parents = new Map(file.units.map(({ code, parent }) => [code, parent]))
  const above = (code: string): string[] => {
    const parent = parents.get(code) ?? null
    return parent ? [parent, ...above(parent)] : []
  }
  const fields = file.units
    .filter(({ code }) => bearing.has(code))
    .map(({ code }): Field => ({
      unit: code,
      countedBy: [code, ...above(code).filter((unit) => bearing.has(unit))],
      places: placesOf(file.units, code, (unit) => [unit, ...above(unit)].find((each) => bearing.has(each)) === code),
    }))
  const heads = [...new Set(fields.map(({ countedBy }) => countedBy.at(-1)!))]
  return heads.map((head) => {
    const own = fields.filter(({ countedBy }) => countedBy.at(-1) === head)
    const members = new Set(own.map(({ unit }) => unit))
    const printed = facts.filter(({ unit }) => members.has(unit))
    return { fields: own, facts: printed, stretches: cutTime(printed, openedOn, today) }
  })
}

/** Units below take the unions before the unit itself does. */
function placesOf(units: FactsUnit[], code: string, isHeld: (unit: string) => boolean): string[] {
  const held = units.map((unit) => unit.code).filter(isHeld)
  return held.length > 1 ? held.filter((unit) => unit !== code) : held
}

function cutTime(facts: Fact[], openedOn: Day, today: Day): Span[] {
  const ends = new Set<Day>()
  for (const { from, to, ...fact } of facts) {
    const begins =
      indicators[fact.indicator]?.kind === 'stock' || indicators[fact.indicator]?.kind === 'ratio' ? null : from
    for (const end of [begins ? addDays(begins, -1) : to, to]) {
      const day = end < today ? end : today
      if (day > openedOn) ends.add(day)
    }
  }
  const days = [openedOn, ...[...ends].sort()]
  return days.slice(1).map((to, index) => ({ from: addDays(days[index]!, 1), to }))
}
