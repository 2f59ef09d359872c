/** A plan makes every counted figure come out as printed, for the articles' file and for files of random worlds. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFacts, type FactsFile } from './facts.ts'
import { countedFacts, isRate } from './families.ts'
import { planDemo } from './plan.ts'
import { plainPercent } from './printed.ts'
import { recount, refusals } from './recount.ts'
import { inventWorld, printFacts } from './world.ts'

const today = '2026-11-22'

/** Counted facts that a plan does not make true. */
function missed(file: FactsFile, seed: number) {
  const plan = planDemo(file, seed, today)
  const wrong = countedFacts(file.facts).flatMap((fact) => {
    const counted = recount(plan, fact)
    return counted === (isRate(fact) ? plainPercent(fact.percent!) : fact.result) ? [] : [{ ...fact, counted }]
  })
  return { wrong, refused: refusals(plan, file, today) }
}

test('the articles: every counted figure comes out of the plan, whatever the seed', () => {
  const articles = readFacts(JSON.parse(readFileSync(`${import.meta.dirname}/hanoi.json`, 'utf8')))
  for (const seed of [1, 2]) expect(missed(articles, seed)).toEqual({ wrong: [], refused: [] })
})

describe('random worlds', () => {
  test.each([3, 8, 16])('%i figures of a world all come out', (count) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        expect(missed(printFacts(inventWorld(seed), seed, count), seed)).toEqual({ wrong: [], refused: [] })
      }),
      { numRuns: 40, seed: 1_946 },
    )
  })
})

const units = [
  { code: 'p', name: 'LĐLĐ tỉnh', level: 'provincial', parent: null },
  { code: 'q', name: 'LĐLĐ quận', level: 'district', parent: 'p' },
]
const year = { unit: 'q', from: '2024-01-01', to: '2024-12-31', kind: 'flow' }
const half = { ...year, to: '2024-06-30' }
const stock = { unit: 'q', to: '2024-12-31', kind: 'stock' }
const file = (...facts: object[]) => readFacts({ units, facts })

test('parts that do not add up are unions nobody has classified', () => {
  const facts = file(
    { ...stock, indicator: 'grassroots_total', result: 387 },
    { ...stock, indicator: 'grassroots_nonstate', result: 287 },
    { ...stock, indicator: 'grassroots_state', result: 99 },
  )
  expect(missed(facts, 1)).toEqual({ wrong: [], refused: [] })
})

test('what a unit counts beyond the units under it goes to one more unit under it', () => {
  const facts = file(
    { ...year, indicator: 'grassroots_founded', result: 3 },
    { ...year, unit: 'p', indicator: 'grassroots_founded', result: 5 },
  )
  expect(missed(facts, 1)).toEqual({ wrong: [], refused: [] })
  const plan = planDemo(facts, 1, today)
  expect(plan.foundings.filter(({ upperCode }) => upperCode === 'p')).toEqual([])
  expect(plan.units.find(({ code }) => code === 'p-con-lai')).toMatchObject({ parentCode: 'p', kind: 'local_sector' })
})

test('a printed founding is alone on its day and bears the name the note gives', () => {
  const note = 'union of the joint-stock company Giong Việt Nam founded with 58 members'
  const event = {
    unit: 'q',
    on: '2024-11-10',
    to: '2024-11-10',
    indicator: 'founding_decision',
    kind: 'event',
    result: 58,
    note,
  }
  const plan = planDemo(
    file(event, { ...event, unit: 'p' }, { ...year, indicator: 'grassroots_founded', result: 40 }),
    1,
    today,
  )
  expect(plan.foundings.filter(({ effectiveOn }) => effectiveOn === '2024-11-10')).toMatchObject([
    { name: 'CĐCS Công ty Cổ phần Giong Việt Nam', members: 58, upperCode: 'q' },
  ])
  expect(plan.foundings).toHaveLength(40)
})

test('a percent printed alone is met by members and workers', () => {
  const facts = file({ ...stock, kind: 'ratio', indicator: 'coverage_rate', percent: '89,97%' })
  expect(missed(facts, 1)).toEqual({ wrong: [], refused: [] })
})

test('the same file and seed give the same plan; another seed another, of equal sums', () => {
  const facts = file({ ...year, indicator: 'members_admitted', result: 300 })
  expect(planDemo(facts, 1, today)).toEqual(planDemo(facts, 1, today))
  expect(planDemo(facts, 1, today)).not.toEqual(planDemo(facts, 2, today))
})

test('a target is of the whole year; indicators nobody counts are declared', () => {
  const facts = file(
    { ...half, indicator: 'members_admitted', result: 30, target: 70 },
    { ...half, indicator: 'songs_sung', result: 3 },
  )
  const plan = planDemo(facts, 1, today)
  expect(plan.targets).toMatchObject([{ from: '2024-01-01', to: '2024-12-31', value: 70, by: 'assigned' }])
  expect(plan.declarations).toMatchObject([
    { indicator: 'songs_sung', from: '2024-01-01', to: '2024-06-30', result: 3 },
  ])
  expect(plan.unknownIndicators).toEqual([{ code: 'songs_sung', kind: 'flow', measure: 'other' }])
})

describe('facts that no records could make true are named, with the reason', () => {
  test.each([
    [
      'nine unions with twenty members',
      /grassroots_founded 9[^]*members_admitted 20[^]*at least 5/,
      [
        { ...year, indicator: 'grassroots_founded', result: 9 },
        { ...year, indicator: 'members_admitted', result: 20 },
      ],
    ],
    [
      'more in the half year than in the year',
      /60[^]*shorter periods/,
      [
        { ...year, indicator: 'members_admitted', result: 50 },
        { ...half, indicator: 'members_admitted', result: 60 },
      ],
    ],
    [
      'parts that exceed the whole',
      /grassroots_total 10[^]*not more/,
      [
        { ...stock, indicator: 'grassroots_total', result: 10 },
        { ...stock, indicator: 'grassroots_state', result: 6 },
        { ...stock, indicator: 'grassroots_nonstate', result: 5 },
      ],
    ],
    [
      'a unit with less than the unit under it',
      /every unit under it/,
      [
        { ...year, indicator: 'grassroots_founded', result: 5 },
        { ...year, unit: 'p', indicator: 'grassroots_founded', result: 4 },
      ],
    ],
    [
      'one figure with two amounts',
      /printed twice/,
      [
        { ...year, indicator: 'grassroots_founded', result: 5 },
        { ...year, indicator: 'grassroots_founded', result: 4 },
      ],
    ],
    ['a count below nothing', /not negative/, [{ ...year, indicator: 'grassroots_founded', result: -1 }]],
    [
      'what is yet to come',
      /after today/,
      [{ ...year, from: '2027-01-01', to: '2027-12-31', indicator: 'grassroots_founded', result: 1 }],
    ],
    [
      'unions that become fewer',
      /does not fall/,
      [
        { ...stock, indicator: 'grassroots_total', result: 9 },
        { ...stock, to: '2023-12-31', indicator: 'grassroots_total', result: 10 },
      ],
    ],
    [
      'a founding with three members',
      /at least 5/,
      [{ ...year, from: '2024-05-06', to: '2024-05-06', kind: 'event', indicator: 'founding_decision', result: 3 }],
    ],
  ] as const)('%s', (_, message, facts) => {
    expect(() => planDemo(file(...facts), 1, today)).toThrow(message)
  })

  test('only those in conflict are named', () => {
    const facts = file(
      { ...year, indicator: 'grassroots_founded', result: 9 },
      { ...year, indicator: 'members_admitted', result: 20 },
      { ...stock, indicator: 'members_total', result: 5_000 },
      { ...year, indicator: 'members_left', result: 4 },
    )
    expect(() => planDemo(facts, 1, today)).toThrow(/^(?![^]*(members_total 5000|members_left))/)
  })
})
