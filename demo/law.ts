/** What the law and the ledgers ask of the unknown amounts, whatever is printed: founding sizes, nobody joins a union that
 *  does not stand, nobody leaves who is not there. */
import { isRate } from './families.ts'
import { bigFrom, categories, indicators, membersMin, openCategories, type Category, type Line } from './indicators.ts'
import type { Model } from './model.ts'
import { countedTerms } from './printed.ts'
import type { Rule, Term } from './solve.ts'

const times = (terms: Term[], factor: number): Term[] => terms.map(([unknown, by]): Term => [unknown, by * factor])
const isSmall = ({ kind, big }: Category) => kind === 'grassroots' && !big
const isBig = ({ big }: Category) => big
const isOccupational = ({ kind }: Category) => kind === 'occupational'
const isGrassroots = ({ kind }: Category) => kind === 'grassroots'
const arrivals = { foundedIn: 1, foundedInOccupational: 1, joined: 1, joinedOccupational: 1 }

export function lawRules(model: Model): Rule[] {
  return model.family.fields.flatMap((_, field) => [
    ...openingRules(model, field),
    ...model.family.stretches.flatMap((_span, stretch) => [
      ...foundingRules(model, field, stretch),
      ...joiningRules(model, field, stretch),
      ...departureRules(model, field, stretch),
      ...workforceRules(model, field, stretch),
    ]),
  ])
}

function openingRules(model: Model, field: number): Rule[] {
  const opened = (which: (category: Category) => boolean) =>
    openCategories.filter(which).map((category): Term => [model.opened(field, category), 1])
  const all = opened(() => true)
  const members: Term = [model.openMembers(field), 1]
  const usual = [
    ...times(opened(isGrassroots), -membersMin.grassroots),
    ...times(opened(isOccupational), -membersMin.occupational),
  ]
  const women = model.openWomen(field)
  return [
    { terms: [members, ...times(all, -1)], min: 0, max: Infinity },
    { terms: [members], min: 0, max: 0, unless: all },
    // A union may have shrunk since it was founded, but only where the printed figures leave no other way.
    preferred(model, [members, ...usual], 20),
    ...(women === null ? [] : [{ terms: [members, [women, -1] as const], min: 0, max: Infinity }]),
  ]
}

/** A rule that may be broken at a price: an unknown of its own makes up what is lacking. */
function preferred(model: Model, terms: Term[], price: number): Rule {
  const lack = model.unknowns.push({ min: 0, max: 1e9, wish: 0, weight: price, rank: 4 }) - 1
  return { terms: [...terms, [lack, 1]], min: 0, max: Infinity }
}

function foundingRules(model: Model, field: number, stretch: number): Rule[] {
  const unions = (which: (category: Category) => boolean, factor: number) =>
    categories.filter(which).map((category): Term => [model.founded(field, stretch, category), factor])
  const line = (name: Line): Term => [model.line(field, stretch, name)!, 1]
  return [
    {
      terms: [line('foundedIn'), ...unions(isSmall, -membersMin.grassroots), ...unions(isBig, -bigFrom)],
      min: 0,
      max: Infinity,
    },
    { terms: [line('foundedIn'), ...unions(isSmall, 1 - bigFrom)], min: -Infinity, max: 0, unless: unions(isBig, 1) },
    {
      terms: [line('foundedInOccupational'), ...unions(isOccupational, -membersMin.occupational)],
      min: 0,
      max: Infinity,
    },
    { terms: [line('foundedInOccupational')], min: 0, max: 0, unless: unions(isOccupational, 1) },
  ]
}

/** Whoever joins later joins a union that stands: one of the opening, or one founded by then. */
function joiningRules(model: Model, field: number, stretch: number): Rule[] {
  const { to } = model.family.stretches[stretch]!
  const standing = (which: (category: Category) => boolean) =>
    countedTerms(model, field, { kind: 'stock', opening: 'unions', foundings: which }, null, to)
  const rule = (name: Line, which: (category: Category) => boolean): Rule => ({
    terms: [[model.line(field, stretch, name)!, 1]],
    min: 0,
    max: 0,
    unless: standing(which),
  })
  const women = model.line(field, stretch, 'womenIn')
  return [
    rule('joined', isGrassroots),
    rule('joinedOccupational', isOccupational),
    ...(women === null
      ? []
      : [{ terms: [...model.flow(field, stretch, arrivals), [women, -1] as const], min: 0, max: Infinity }]),
  ]
}

/** Nobody leaves who is not there, and nobody on the day of joining: in a stretch of one day only those from before leave. */
function departureRules(model: Model, field: number, stretch: number): Rule[] {
  if (model.line(field, stretch, 'left') === null) return []
  const { stretches } = model.family
  const { from, to } = stretches[stretch]!
  const stock = (indicator: string) => countedTerms(model, field, indicators[indicator]!, null, to)
  const withoutArrivals = (terms: Term[], arrived: Term[]) => [...terms, ...(from === to ? times(arrived, -1) : [])]
  const people = withoutArrivals(stock('members_total'), model.flow(field, stretch, arrivals))
  const rules: Rule[] = [{ terms: people, min: 0, max: Infinity }]
  if (model.line(field, stretch, 'womenOut') === null) return rules
  const women = withoutArrivals(stock('members_women'), model.flow(field, stretch, { womenIn: 1 }))
  const departed = model.flow(field, stretch, { left: 1, ended: 1, womenOut: -1 })
  rules.push({ terms: women, min: 0, max: Infinity }, { terms: departed, min: 0, max: Infinity })
  rules.push({ terms: [...people, ...times(women, -1)], min: 0, max: Infinity })
  return rules
}

/** Workers are those of employers with a union; that they are no fewer than the members is usual, not certain. */
function workforceRules(model: Model, field: number, stretch: number): Rule[] {
  const workers = model.workers(field, stretch)
  if (workers === null) return []
  const { facts, stretches } = model.family
  const { to } = stretches[stretch]!
  const unions = countedTerms(model, field, { kind: 'stock', opening: 'unions', foundings: isGrassroots }, null, to)
  const members = countedTerms(model, field, indicators['members_total']!, null, to)
  return [
    { terms: [[workers, 1]], min: 0, max: 0, unless: unions },
    ...(facts.some(isRate) ? [] : [preferred(model, [[workers, 1], ...times(members, -1)], 0.01)]),
  ]
}
