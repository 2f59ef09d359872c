/** The printed figures of a family as rules over unknown amounts: foundings, people and workers by field and stretch.
 *  What the law or the ledgers would refuse is a rule as well, so that a solution can always be carried out. */
import { isEvent, isRate, isSameEvent, type Family } from './families.ts'
import {
  bigFrom,
  categories,
  indicators,
  listMax,
  membersMin,
  openCategories,
  type Category,
  type Line,
} from './indicators.ts'
import type { Fact } from './facts.ts'
import { lawRules } from './law.ts'
import { printedRules } from './printed.ts'
import type { Rule, Term, Unknown } from './solve.ts'

export type Event = { fact: Fact; field: number; stretch: number; category: Category; unknown: number }

export type Model = {
  family: Family
  unknowns: Unknown[]
  rules: Rule[]
  /** The fact that a rule makes true; null for law and ledger. */
  about: (Fact | null)[]
  events: Event[]
  founded: (field: number, stretch: number, category: Category) => number
  opened: (field: number, category: Category) => number
  line: (field: number, stretch: number, line: Line) => number | null
  openMembers: (field: number) => number
  openWomen: (field: number) => number | null
  /** Every unknown that is a number of unions of a field. */
  unionsOf: (field: number) => number[]
  /** Unknown of the workers on the last day of a stretch; null where no fact asks. */
  workers: (field: number, stretch: number) => number | null
  foundings: (field: number, stretch: number, which: (category: Category) => boolean) => Term[]
  flow: (field: number, stretch: number, lines: Partial<Record<Line, number>>) => Term[]
}

const departureFacts = [
  'members_left',
  'members_decreased',
  'members_net_growth',
  'members_total',
  'members_women',
  'coverage_rate',
]
const womenFacts = ['members_admitted_women', 'members_women']
const arrivals: Line[] = ['foundedIn', 'foundedInOccupational', 'joined', 'joinedOccupational']

/** With `rates`, percents printed without their parts are rules too; without, they wait for `ratesOver`. */
export function openModel(family: Family, rates = false): Model {
  const unknowns: Unknown[] = []
  const places = new Map<string, number>()
  const asks = (codes: string[]) => family.facts.some(({ indicator }) => codes.includes(indicator))
  const lines: Line[] = [...arrivals]
  if (asks(departureFacts)) lines.push('left')
  if (asks(['members_left'])) lines.push('ended')
  if (asks(womenFacts)) lines.push('womenIn')
  if (asks(womenFacts) && lines.includes('left')) lines.push('womenOut')
  const workersAsked = new Set(
    family.facts.filter((fact) => indicators[fact.indicator]?.workers || isRate(fact)).map(({ to }) => to),
  )

  const add = (key: string, rank: number, max: number, weight = 1) => {
    places.set(key, unknowns.push({ min: 0, max, wish: 0, weight, rank }) - 1)
    return unknowns.length - 1
  }
  family.fields.forEach((_, field) => {
    for (const category of openCategories) add(`${field} open ${categories.indexOf(category)}`, 0, 1e6)
    add(`${field} members`, 2, 1e8)
    if (lines.includes('womenIn')) add(`${field} women`, 3, 1e8)
    family.stretches.forEach(({ to }, stretch) => {
      categories.forEach((_category, index) => add(`${field} ${stretch} founded ${index}`, 0, 1e6))
      for (const line of lines) add(`${field} ${stretch} ${line}`, line.startsWith('women') ? 3 : 2, 1e8)
      if (workersAsked.has(to)) add(`${field} ${stretch} workers`, 5, 1e9)
    })
  })
  // One founding printed for a unit and again for the unit above it, or in two articles, is one founding.
  const printed = family.facts.filter(isEvent)
  const days = printed.filter((fact, index) => printed.findIndex((other) => isSameEvent(other, fact)) === index)
  const events = days.flatMap((fact): Event[] => {
    const stretch = family.stretches.findIndex(({ to }) => to === fact.to)
    if (stretch < 0) return []
    const units = new Set(printed.filter((other) => isSameEvent(other, fact)).map(({ unit }) => unit))
    return family.fields.flatMap(({ countedBy }, field) =>
      countedBy.some((unit) => units.has(unit))
        ? categories
            .filter((category) => fits(category, fact.result!))
            .map((category) => ({
              fact,
              field,
              stretch,
              category,
              unknown: add(`event ${unknowns.length}`, 0, 1, category.sector ? 3 : 9),
            }))
        : [],
    )
  })
  const find = (key: string) => places.get(key) ?? null
  const model: Model = {
    family,
    unknowns,
    events,
    rules: [],
    about: [],
    founded: (field, stretch, category) => find(`${field} ${stretch} founded ${categories.indexOf(category)}`)!,
    opened: (field, category) => find(`${field} open ${categories.indexOf(category)}`)!,
    line: (field, stretch, line) => find(`${field} ${stretch} ${line}`),
    openMembers: (field) => find(`${field} members`)!,
    openWomen: (field) => find(`${field} women`),
    unionsOf: (field) => [
      ...[...places]
        .filter(([key]) => key.startsWith(`${field} `) && / (open|founded) /.test(key))
        .map(([, unknown]) => unknown),
      ...events.filter((event) => event.field === field).map(({ unknown }) => unknown),
    ],
    workers: (field, stretch) => find(`${field} ${stretch} workers`),
    foundings: (field, stretch, which) => [
      ...categories.filter(which).map((category): Term => [model.founded(field, stretch, category), 1]),
      ...eventsAt(events, field, stretch)
        .filter(({ category }) => which(category))
        .map(({ unknown }): Term => [unknown, 1]),
    ],
    flow: (field, stretch, factors) =>
      Object.entries(factors).flatMap(([line, factor]): Term[] => [
        ...[model.line(field, stretch, line as Line)]
          .filter((unknown) => unknown !== null)
          .map((unknown): Term => [unknown, factor]),
        ...eventsAt(events, field, stretch)
          .filter(({ category }) => line === (category.kind === 'occupational' ? 'foundedInOccupational' : 'foundedIn'))
          .map(({ unknown, fact }): Term => [unknown, factor * fact.result!]),
      ]),
  }
  const keep = (rule: Rule, fact: Fact | null) => {
    model.rules.push(rule)
    model.about.push(fact)
  }
  for (const fact of family.facts) {
    for (const rule of printedRules(model, fact, rates)) keep(rule, fact)
  }
  for (const rule of lawRules(model)) keep(rule, null)
  return model
}

const eventsAt = (events: Event[], field: number, stretch: number) =>
  events.filter((event) => event.field === field && event.stretch === stretch)

/** Days of printed foundings: nothing else is founded then, so that the one founding can be told. */
export const eventDays = ({ events }: Model): Set<string> => new Set(events.map(({ fact }) => fact.to))

function fits({ kind, big }: Category, members: number): boolean {
  if (members > listMax) return false
  if (kind === 'occupational') return members >= membersMin.occupational
  return members >= membersMin.grassroots && big === members >= bigFrom
}
