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
  test.each([3, 8])('%i figures of a world all come out', (count) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        expect(missed(printFacts(inventWorld(seed), seed, count), seed)).toEqual({ wrong: [], refused: [] })
      }),
      { numRuns: 40 },
    )
  })
})

test('facts that no records could make true are named', () => {
  const unit = { code: 'q', name: 'LĐLĐ quận', level: 'district', parent: null }
  const flow = { unit: 'q', from: '2024-01-01', to: '2024-12-31', kind: 'flow' }
  const file = (...facts: object[]) => readFacts({ units: [unit], facts })
  // Nine unions take five members each at the least.
  const lawless = file(
    { ...flow, indicator: 'grassroots_founded', result: 9 },
    { ...flow, indicator: 'members_admitted', result: 20 },
  )
  expect(() => planDemo(lawless, 1, today)).toThrow(
    /grassroots_founded[^]*members_admitted|members_admitted[^]*grassroots_founded/,
  )
  // More in the first half than in the whole year.
  const backwards = file(
    { ...flow, indicator: 'members_admitted', result: 50 },
    { ...flow, to: '2024-06-30', indicator: 'members_admitted', result: 60 },
  )
  expect(() => planDemo(backwards, 1, today)).toThrow(/members_admitted/)
})
