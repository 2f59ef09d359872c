/** What a likely year looks like: the amounts the solution should come near to where the printed figures leave a choice.
 *  First unions are wished for, then, once their numbers are known, people. */
import { lengthOf } from './calendar.ts'
import { isFlow, isRate, type Family, type Field } from './families.ts'
import { categories, indicators, openCategories, type Category, type Line } from './indicators.ts'
import { eventDays, type Model } from './model.ts'
import { countedTerms, plainPercent } from './printed.ts'

type Estimate = (field: number, indicator: string, stretch: number) => number | null

/** A printed flow spread evenly over its days, less what shorter periods within it say; then less the units below. */
export function estimateFlows(family: Family): Estimate {
  const byUnit = new Map<string, (number | null)[]>()
  const spread = (unit: string, indicator: string) => {
    const key = `${unit} ${indicator}`
    const known = byUnit.get(key)
    if (known) return known
    const amounts: (number | null)[] = family.stretches.map(() => null)
    byUnit.set(key, amounts)
    const facts = family.facts.filter((fact) => fact.unit === unit && fact.indicator === indicator && isFlow(fact))
    for (const { from, to, result } of facts.toSorted((left, right) => daysOf(left) - daysOf(right))) {
      const within = family.stretches.flatMap((span, index) => (span.from >= from! && span.to <= to ? [index] : []))
      const open = within.filter((index) => amounts[index] === null)
      const left = result! - within.reduce((sum, index) => sum + (amounts[index] ?? 0), 0)
      const days = open.reduce((sum, index) => sum + lengthOf(family.stretches[index]!), 0)
      for (const index of open) amounts[index] = Math.max(0, (left * lengthOf(family.stretches[index]!)) / days)
    }
    return amounts
  }
  return (field, indicator, stretch) => {
    const { unit } = family.fields[field]!
    const whole = spread(unit, indicator)[stretch] ?? null
    if (whole === null) return null
    const below = childrenOf(family, unit).reduce(
      (sum, child) => sum + (spread(child.unit, indicator)[stretch] ?? 0),
      0,
    )
    return Math.max(0, whole - below)
  }
}

const daysOf = ({ from, to }: { from: string | null; to: string }) => lengthOf({ from: from ?? to, to })
const childrenOf = ({ fields }: Family, unit: string): Field[] =>
  fields.filter(({ countedBy }) => countedBy[1] === unit)

/** The first printed stock of a unit, less what the units below print. */
function estimateStock(family: Family, field: number, indicator: string): number | null {
  const first = (unit: string) =>
    family.facts
      .filter((fact) => fact.unit === unit && fact.indicator === indicator)
      .toSorted((a, b) => (a.to < b.to ? -1 : 1))[0]?.result ?? null
  const { unit } = family.fields[field]!
  const whole = first(unit)
  return whole === null
    ? null
    : Math.max(0, whole - childrenOf(family, unit).reduce((sum, child) => sum + (first(child.unit) ?? 0), 0))
}

export function wishForUnions(model: Model): void {
  const { family, unknowns } = model
  const estimate = estimateFlows(family)
  const wish = (unknown: number | null, amount: number, weight: number) => {
    if (unknown !== null) Object.assign(unknowns[unknown]!, { wish: Math.max(0, Math.round(amount)), weight })
  }
  family.fields.forEach((_, field) => {
    const [total, state, nonstate] = [
      estimateStock(family, field, 'grassroots_total'),
      estimateStock(family, field, 'grassroots_state'),
      estimateStock(family, field, 'grassroots_nonstate'),
    ]
    const members = estimateStock(family, field, 'members_total')
    const stood =
      total ??
      (state !== null && nonstate !== null
        ? state + nonstate
        : Math.min(900, Math.max(5, (members ?? admittedInAll(estimate, model, field) * 0.6) / 50)))
    const openMembers = members ?? Math.max(stood * 30, enoughForRates(family, field))
    let arrived = 0
    family.stretches.forEach(({ from, to }, stretch) => {
      const of = (indicator: string) => estimate(field, indicator, stretch)
      const quiet = from === to && eventDays(model).has(to)
      const occupational = of('occupational_founded') ?? 0
      const grassroots =
        of('grassroots_founded_excluding_occupational') ?? Math.max(0, (of('grassroots_founded') ?? 0) - occupational)
      const people = of('members_admitted') ?? of('members_net_growth')
      const bigs = [of('grassroots_founded_nonstate_25'), of('grassroots_founded_enterprise_25')].filter(
        (big) => big !== null,
      )
      const room = people === null ? Infinity : Math.max(0, (people - 6 * grassroots) / 30)
      const big = bigs.length > 0 ? Math.max(...bigs) : Math.min(grassroots * 0.4, room)
      for (const category of categories) {
        const [amount, weight] = likely(category, grassroots, big, occupational)
        wish(model.founded(field, stretch, category), quiet ? 0 : amount, quiet ? 40 : weight)
      }
      const inOccupational = of('occupational_members_admitted') ?? occupational * 35
      const inGrassroots = people === null ? grassroots * 28 : Math.max(0, people - inOccupational)
      arrived += inGrassroots + inOccupational
      wishForPeople(model, field, stretch, inGrassroots, inOccupational, grassroots)
      wish(model.line(field, stretch, 'left'), of('members_left') ?? of('members_decreased') ?? 0, 0.5)
      wish(model.line(field, stretch, 'ended'), 0, 0.6)
      wish(model.workers(field, stretch), (arrived + openMembers) * workersPerMember(family, field, to), 0.0005)
    })
    const occupational = estimateStock(family, field, 'occupational_total') ?? 0
    for (const category of openCategories) {
      const unstated = state !== null && nonstate !== null ? Math.max(0, stood - state - nonstate) : 0
      const share =
        category.sector === 'state'
          ? (state ?? stood * 0.28)
          : category.sector === 'non_state'
            ? (nonstate ?? stood - (state ?? stood * 0.28))
            : unstated
      wish(
        model.opened(field, category),
        category.kind === 'occupational' ? (category.sector ? occupational : 0) : share,
        category.sector ? 0.05 : 1,
      )
    }
    wish(model.openMembers(field), openMembers, 0.001)
  })
}

const admittedInAll = (estimate: Estimate, { family }: Model, field: number) =>
  family.stretches.reduce((sum, _, stretch) => sum + (estimate(field, 'members_admitted', stretch) ?? 0), 0)

/** A rate with many decimals is met only where many are counted: enough that whole workers can be found for it. */
function enoughForRates(family: Family, field: number): number {
  const needs = family.facts
    .filter((fact) => isRate(fact) && family.fields[field]!.countedBy.includes(fact.unit))
    .map(
      ({ percent }) =>
        3 *
        (Number(plainPercent(percent!)) / 100) ** 2 *
        100 *
        10 ** (plainPercent(percent!).split('.')[1] ?? '').length,
    )
  return Math.min(60_000, Math.max(0, ...needs))
}

/** Workers to a member: as the nearest rate says, otherwise a little more than one. */
function workersPerMember(family: Family, field: number, day: string): number {
  const rates = family.facts.filter((fact) => isRate(fact) && family.fields[field]!.countedBy.includes(fact.unit))
  const rate = rates.find(({ to }) => to === day) ?? rates[0]
  return rate ? 100 / Math.max(1, Number(plainPercent(rate.percent!))) : 1.12
}

/** How many of a category to wish for, and how much it costs to have more or fewer. */
function likely(
  { kind, sector, enterprise, big }: Category,
  grassroots: number,
  bigs: number,
  occupational: number,
): [number, number] {
  if (kind === 'occupational') return sector ? [occupational, 1] : [0, 4]
  if (sector === null) return [0, 30]
  if (sector === 'state') return [enterprise || big ? 0 : (grassroots - bigs) * 0.12, enterprise ? 6 : big ? 3 : 1.2]
  if (big) return enterprise ? [bigs, 1] : [0, 1.5]
  return enterprise ? [(grassroots - bigs) * 0.8, 0.9] : [(grassroots - bigs) * 0.08, 1]
}

function wishForPeople(
  model: Model,
  field: number,
  stretch: number,
  inGrassroots: number,
  inOccupational: number,
  foundings: number,
): void {
  const wish = (line: Line, amount: number, weight: number) => {
    const unknown = model.line(field, stretch, line)
    if (unknown !== null) Object.assign(model.unknowns[unknown]!, { wish: Math.max(0, Math.round(amount)), weight })
  }
  const atFounding = inGrassroots <= foundings * 55 ? inGrassroots * 0.85 : foundings * 45
  wish('foundedIn', atFounding, 0.02)
  wish('joined', inGrassroots - atFounding, 0.01)
  wish('foundedInOccupational', inOccupational, 0.02)
  wish('joinedOccupational', 0, 0.02)
  wish('womenIn', (inGrassroots + inOccupational) * 0.53, 0.01)
}

/** The second time: the unions are as found, and people are wished for in proportion to them. */
export function wishForMembers(model: Model, found: number[]): void {
  const { family, unknowns } = model
  unknowns.forEach((unknown, index) => {
    if (unknown.rank === 0) Object.assign(unknown, { min: found[index]!, max: found[index]!, wish: found[index]! })
  })
  const sum = (terms: (readonly [number, number])[]) =>
    terms.reduce((total, [unknown, factor]) => total + factor * found[unknown]!, 0)
  family.fields.forEach((_, field) => {
    family.stretches.forEach(({ to }, stretch) => {
      const of = (kind: Category['kind'], lines: Partial<Record<Line, number>>) => ({
        unions: categories
          .filter((category) => category.kind === kind)
          .reduce((total, category) => total + found[model.founded(field, stretch, category)]!, 0),
        people: Object.keys(lines).reduce(
          (total, line) => total + found[model.line(field, stretch, line as Line)!]!,
          0,
        ),
      })
      const grassroots = of('grassroots', { foundedIn: 1, joined: 1 })
      const occupational = of('occupational', { foundedInOccupational: 1, joinedOccupational: 1 })
      wishForPeople(model, field, stretch, grassroots.people, occupational.people, grassroots.unions)
      const set = (unknown: number | null, amount: number) => {
        if (unknown !== null) unknowns[unknown]!.wish = Math.round(amount)
      }
      const departed = sum(model.flow(field, stretch, { left: 1, ended: 1 }))
      set(model.line(field, stretch, 'left'), found[model.line(field, stretch, 'left') ?? -1] ?? 0)
      set(model.line(field, stretch, 'womenOut'), departed * 0.5)
      const members = sum(countedTerms(model, field, indicators['members_total']!, null, to))
      set(model.workers(field, stretch), members * workersPerMember(family, field, to))
    })
    const openWomen = model.openWomen(field)
    if (openWomen !== null)
      Object.assign(unknowns[openWomen]!, { wish: Math.round(found[model.openMembers(field)]! * 0.52), weight: 0.001 })
    unknowns[model.openMembers(field)]!.wish = found[model.openMembers(field)]!
  })
}
