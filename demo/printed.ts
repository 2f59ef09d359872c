/** What a printed figure asks of the unknown amounts: that those it counts add up to it. */
import type { Fact } from './facts.ts'
import { isEvent, isRate, isSameEvent } from './families.ts'
import { indicators, openCategories, type Counted } from './indicators.ts'
import type { Model } from './model.ts'
import type { Rule, Term } from './solve.ts'

export function printedRules(model: Model, fact: Fact): Rule[] {
  if (isRate(fact)) return coverageRules(model, fact)
  if (isEvent(fact)) {
    const { fields } = model.family
    const here = model.events.filter((event) => isSameEvent(event.fact, fact) && fields[event.field]!.countedBy.includes(fact.unit))
    return [{ terms: here.map(({ unknown }): Term => [unknown, 1]), min: 1, max: Infinity }]
  }
  const counted = indicators[fact.indicator]!
  const terms = branchOf(model, fact.unit).flatMap((field) =>
    counted.workers ? workersOn(model, field, fact.to) : countedTerms(model, field, counted, counted.kind === 'flow' ? fact.from : null, fact.to),
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

/** The rounded percent printed, as two bounds on members over workers. Where both are printed too, nothing is left to ask. */
function coverageRules(model: Model, fact: Fact): Rule[] {
  const both = ['members_total', 'workers_total'].every((code) =>
    model.family.facts.some(({ unit, to, indicator }) => unit === fact.unit && to === fact.to && indicator === code),
  )
  if (both) return []
  const [whole, part = ''] = plainPercent(fact.percent!).split('.')
  const [printed, scale] = [Number(whole! + part), 200 * 10 ** part.length]
  const branch = branchOf(model, fact.unit)
  const members = branch.flatMap((field) => countedTerms(model, field, indicators['members_total']!, null, fact.to))
  const workers = branch.flatMap((field) => workersOn(model, field, fact.to))
  const over = (factor: number) => [...members, ...workers.map(([unknown]): Term => [unknown, -factor / scale])]
  return [
    { terms: over(2 * printed - 1), min: 0, max: Infinity },
    { terms: over(2 * printed + 1), min: -Infinity, max: -1 / scale },
    { terms: workers, min: 1, max: Infinity },
  ]
}

/** `1.234,5%` and `1234.5%` → 1234.5: the comma is decimal; so is a single dot unless three digits follow it. */
export function plainPercent(printed: string): string {
  const digits = printed.replace(/[%\s]/g, '')
  if (digits.includes(',')) return digits.replaceAll('.', '').replace(',', '.')
  return /^\d{1,3}(\.\d{3})+$/.test(digits) ? digits.replaceAll('.', '') : digits
}
