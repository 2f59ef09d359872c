/** Random worlds for the tests: units, unions and people whose figures are then printed as a file of facts. */
import { addDays } from '#kernel/day.ts'
import { openChance, type Chance } from './chance.ts'
import { readFacts, type FactsFile } from './facts.ts'
import { categories, indicators, membersMin } from './indicators.ts'
import type { Plan, PlannedUnion } from './plan.ts'
import { recount } from './recount.ts'

const start = '2022-12-31'
const codes = Object.keys(indicators).filter((code) => code !== 'coverage_rate')
const blank = { openedOn: start, officers: [], targets: [], declarations: [], unknownIndicators: [] }

const blankFact = {
  article: null,
  note: null,
  of: null,
  target: null,
  percent: null as string | null,
  result: null as number | null,
}

/** A world with few units and people, so that its figures leave little freedom. */
export function inventWorld(seed: number): Plan {
  const chance = openChance(seed, 'world')
  const units = Array.from({ length: chance.whole(1, 5) }, (_, index): Plan['units'][number] => ({
    code: `u${index}`,
    name: `LĐLĐ quận ${index}`,
    kind: 'district',
    foundedOn: '2000-01-01',
    parentCode: index > 0 && chance.happens(0.8) ? `u${chance.whole(0, index - 1)}` : null,
  }))
  const day = () => addDays(start, chance.whole(1, 700))
  const union = (key: string, opening: boolean): PlannedUnion => {
    const { kind, sector, enterprise, big } = chance.pick(categories)
    const members = opening ? chance.whole(1, 60) : big ? chance.whole(25, 90) : chance.whole(membersMin[kind], 24)
    const employer = {
      taxCode: key,
      name: key,
      kind: enterprise ? ('enterprise' as const) : ('agency' as const),
      ownership: 'private' as const,
      industry: '',
      ward: '',
    }
    return {
      key,
      upperCode: chance.pick(units).code,
      kind,
      name: key,
      sector,
      members,
      women: chance.whole(0, members),
      employer:
        kind === 'grassroots' ? { ...employer, workers: members + chance.whole(0, 40), workersOn: start } : null,
    }
  }
  const opened = Array.from({ length: chance.whole(0, 6) }, (_, index) => union(`o${index}`, true))
  const foundings = Array.from({ length: chance.whole(0, 12) }, (_, index) => {
    const effectiveOn = day()
    return {
      ...union(`f${index}`, false),
      effectiveOn,
      signedOn: effectiveOn,
      decisionNumber: `${index}`,
      officerUsername: '',
    }
  })
  const plan: Plan = {
    ...blank,
    units,
    foundings,
    admissions: [],
    departures: [],
    workforce: [],
    opening: units.map(({ code }) => ({
      upperCode: code,
      unions: opened.filter(({ upperCode }) => upperCode === code),
    })),
  }
  const all = [
    ...opened.map((each) => ({ ...each, since: start })),
    ...foundings.map((each) => ({ ...each, since: each.effectiveOn })),
  ]
  if (all.length > 0) addMoves(plan, all, chance, day)
  return plan
}

function addMoves(plan: Plan, unions: (PlannedUnion & { since: string })[], chance: Chance, day: () => string): void {
  for (let index = chance.whole(0, 8); index > 0; index--) {
    const [{ key, since }, on, people] = [chance.pick(unions), day(), chance.whole(1, 30)]
    if (on >= since)
      plan.admissions.push({ unionKey: key, on, people, women: chance.whole(0, people), officerUsername: '' })
  }
  const gone = new Set<string>()
  for (let index = chance.whole(0, 6); index > 0; index--) {
    const [{ key, since, members, women }, on] = [chance.pick(unions), day()]
    if (on <= since || gone.has(key)) continue
    gone.add(key)
    const [womenOut, menOut] = [chance.whole(0, women), chance.whole(0, members - women)]
    if (womenOut + menOut > 0)
      plan.departures.push({
        unionKey: key,
        on,
        kind: chance.pick(['left', 'left', 'ended']),
        people: womenOut + menOut,
        women: womenOut,
      })
  }
  for (let index = chance.whole(0, 5); index > 0; index--) {
    const [{ key, since, employer }, on] = [chance.pick(unions), day()]
    if (employer && on > since) plan.workforce.push({ unionKey: key, on, workers: chance.whole(1, 150) })
  }
  plan.workforce.sort((left, right) => (left.on < right.on ? -1 : 1))
}

/** Prints figures of a world, over periods that nest, meet, cross or lie apart. */
export function printFacts(world: Plan, seed: number, count: number): FactsFile {
  const chance = openChance(seed, 'printing')
  const days = Array.from({ length: chance.whole(2, 6) }, () => addDays(start, chance.whole(2, 720)))
  const few = chance.happens(0.5) ? codes : Array.from({ length: 3 }, () => chance.pick(codes))
  const facts = Array.from({ length: count }, () => {
    const [first, second] = [chance.pick(days), chance.pick(days)].sort()
    const { code } = chance.pick(world.units)
    const fact = { ...blankFact, unit: code }
    if (chance.happens(0.06) && world.foundings.length > 0) {
      const { upperCode, effectiveOn, members } = chance.pick(world.foundings)
      return {
        ...fact,
        unit: upperCode,
        indicator: 'founding_decision',
        kind: 'event',
        on: effectiveOn,
        to: effectiveOn,
        result: members,
      }
    }
    const indicator = chance.pick(few)
    const kind = indicators[indicator]!.kind
    const printed = { ...fact, indicator, kind, to: second!, from: kind === 'flow' ? first! : null }
    return { ...printed, result: recount(world, printed) as number }
  })
  const rate = {
    ...blankFact,
    unit: world.units[0]!.code,
    indicator: 'coverage_rate',
    kind: 'ratio' as const,
    to: days[0]!,
    from: null,
    percent: '0,0%',
  }
  const percent = recount(world, rate)
  const rates =
    chance.happens(0.3) && percent !== null && percent !== '0.0' ? [{ ...rate, percent: `${percent}%` }] : []
  const last = {
    unit: world.units[0]!.code,
    indicator: 'welfare_gifts',
    kind: 'flow',
    from: addDays(start, 1),
    to: addDays(start, 730),
    result: 7,
  }
  const units = world.units.map(({ code, name, parentCode }) => ({ code, name, level: 'district', parent: parentCode }))
  return readFacts({ units, facts: [...facts, ...rates, last] })
}
