/** What a printed figure asks of the unknown amounts: that those it counts add up to it. */
import type { Fact } from './facts.ts'
import { isEvent, isRate, isSameEvent } from './families.ts'
import { indicators, openCategories, type Counted } from './indicators.ts'
import type { Model } from './model.ts'
import type { Rule, Term } from './solve.ts'

export function printedRules(model: Model, fact: Fact, rates: boolean): Rule[] {
  if (isRate(fact)) return rateRules(model, fact, rates)
  if (isEvent(fact)) {
    const { fields } = model.family
    const here = model.events.filter(
      (event) => isSameEvent(event.fact, fact) && fields[event.field]!.countedBy.includes(fact.unit),
    )
    return [{ terms: here.map(({ unknown }): Term => [unknown, 1]), min: 1, max: Infinity }]
  }
  const counted = indicators[fact.indicator]!
  const terms = branchOf(model, fact.unit).flatMap((field) =>
    counted.workers
      ? workersOn(model, field, fact.to)
      : countedTerms(model, field, counted, counted.kind === 'flow' ? fact.from : null, fact.to),
  )
  return [{ terms, min: fact.result!, max: fact.result! }]
}

/** The fields a unit's figures count. */
const branchOf = ({ family }: Model, unit: string): number[] =>
  family.fields.flatMap(({ countedBy }, field) => (countedBy.includes(unit) ? [field] : []))

/** What a field adds to an indicator in a period; without `from`, up to a day and with what stood at the opening. */
export function countedTerms(model: Model, field: number, counted: Counted, from: string | null, to: string): Term[] {
  const { foundings, lines, opening } = counted
  const moved = model.family.stretches.flatMap((span, stretch): Term[] => {
    if (span.to > to || (from && span.from < from)) return []
    return [
      ...(foundings ? model.foundings(field, stretch, foundings) : []),
      ...(lines ? model.flow(field, stretch, lines) : []),
    ]
  })
  if (from || !opening) return moved
  if (opening === 'unions') {
    return [...openCategories.filter(foundings!).map((category): Term => [model.opened(field, category), 1]), ...moved]
  }
  const stood = opening === 'members' ? model.openMembers(field) : model.openWomen(field)!
  return [[stood, 1], ...moved]
}

/** After today nothing is recorded, so a later day shows what stands today. */
function workersOn(model: Model, field: number, day: string): Term[] {
  const stretch = model.family.stretches.findLastIndex(({ to }) => to <= day)
  const unknown = stretch < 0 ? null : model.workers(field, stretch)
  return unknown === null ? [] : [[unknown, 1]]
}

/** A rounded percent of members over workers leaves whole numbers from one bound to another: of members where the workers are
 *  printed, of workers where the members are. Where both are printed, nothing is left to ask. */
function rateRules(model: Model, fact: Fact, rates: boolean): Rule[] {
  const printed = (code: string) =>
    model.family.facts.find(({ unit, to, indicator }) => unit === fact.unit && to === fact.to && indicator === code)
      ?.result ?? null
  const [people, staff] = [printed('members_total'), printed('workers_total')]
  const { members, workers, low, high, scale } = rateOf(model, fact)
  if (people !== null && staff !== null) return []
  if (staff !== null)
    return [range(members, ceilOf(low * BigInt(staff), scale), ceilOf(high * BigInt(staff), scale) - 1)]
  if (people !== null) return [workersFor(workers, people, low, high, scale)]
  if (!rates) return []
  const over = (bound: bigint) => [
    ...members,
    ...workers.map(([unknown]): Term => [unknown, -Number(bound) / Number(scale)]),
  ]
  return [
    { terms: over(low), min: 0, max: Infinity },
    { terms: over(high), min: -Infinity, max: -1 / Number(scale) },
    { terms: workers, min: 1, max: Infinity },
  ]
}

/** Once the people are known: the workers that make each percent printed without its parts come out, and which other numbers
 *  of people would have any. */
export function ratesOver(model: Model, values: number[]) {
  const isPrinted = (fact: Fact, code: string) =>
    model.family.facts.some(({ unit, to, indicator }) => unit === fact.unit && to === fact.to && indicator === code)
  const rates = model.family.facts.filter(
    (fact) => isRate(fact) && !(isPrinted(fact, 'members_total') && isPrinted(fact, 'workers_total')),
  )
  return rates.map((fact) => {
    const { members, workers, low, high, scale } = rateOf(model, fact)
    const people = members.reduce((sum, [unknown, factor]) => sum + factor * values[unknown]!, 0)
    const ruleFor = (count: number) => workersFor(workers, count, low, high, scale)
    return { members, people, workers: ruleFor(people), isPossible: (count: number) => ruleFor(count).terms.length > 0 }
  })
}

/** `low`/`scale` ≤ members/workers < `high`/`scale` is what rounds half up to the printed percent. */
function rateOf(model: Model, fact: Fact) {
  const [whole, part = ''] = plainPercent(fact.percent!).split('.')
  const branch = branchOf(model, fact.unit)
  const [printed, scale] = [BigInt(whole! + part), 200n * 10n ** BigInt(part.length)]
  return {
    scale,
    low: 2n * printed - 1n,
    high: 2n * printed + 1n,
    members: branch.flatMap((field) => countedTerms(model, field, indicators['members_total']!, null, fact.to)),
    workers: branch.flatMap((field) => workersOn(model, field, fact.to)),
  }
}

function workersFor(workers: Term[], members: number, low: bigint, high: bigint, scale: bigint): Rule {
  const least = (BigInt(members) * scale) / high + 1n
  const most = low > 0n ? (BigInt(members) * scale) / low : BigInt(1e9)
  return range(workers, Number(least), Number(most))
}

const ceilOf = (above: bigint, below: bigint): number => Number(above > 0n ? (above + below - 1n) / below : 0n)

/** A range with nothing in it is a rule that never holds. */
const range = (terms: Term[], min: number, max: number): Rule =>
  min <= max ? { terms, min, max } : { terms: [], min: 1, max: 1 }

/** `1.234,5%` and `1234.5%` → 1234.5: the comma is decimal; so is a single dot unless three digits follow it. */
export function plainPercent(printed: string): string {
  const digits = printed.replace(/[%\s]/g, '')
  if (digits.includes(',')) return digits.replaceAll('.', '').replace(',', '.')
  return /^\d{1,3}(\.\d{3})+$/.test(digits) ? digits.replaceAll('.', '') : digits
}
