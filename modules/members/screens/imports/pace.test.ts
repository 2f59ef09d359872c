/** The pace of long work: told from what was seen, never from nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leftOf, paceOf, seeing, type Seen } from './pace.ts'

test('steady work is told as it is, from the first look and from many', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 500, max: 5000 }),
      (perSecond, looks, everyMs) => {
        const total = 1_000_000_000
        const at = (look: number): Seen => ({ done: (perSecond * look * everyMs) / 1000, total, at: look * everyMs })
        const seen = Array.from({ length: looks }, (_, look) => at(look + 1)).reduce(seeing, [at(0)])
        const pace = paceOf(seen)
        expect(pace.perSecond).toBeCloseTo(perSecond, 6)
        expect(pace.secondsLeft).toBeCloseTo((total - seen.at(-1)!.done) / perSecond, 3)
        expect(seen.length).toBeLessThan(20_000 / everyMs + 3)
      },
    ),
  )
})

test('the pace follows work that has slowed down', () => {
  const fast = Array.from({ length: 60 }, (_, second) => ({ done: second * 1000, total: 100_000, at: second * 1000 }))
  const slow = Array.from({ length: 60 }, (_, second) => ({
    done: 60_000 + second * 10,
    total: 100_000,
    at: 60_000 + second * 1000,
  }))
  expect(paceOf([...fast, ...slow].reduce<Seen[]>(seeing, [])).perSecond).toBeCloseTo(10, 6)
})

test('nothing is told of work that has not begun, stands still, or is known by one look', () => {
  const nothing = { share: null, perSecond: null, secondsLeft: null }
  expect(paceOf([])).toEqual(nothing)
  expect(paceOf([{ done: 0, total: 0, at: 1 }])).toEqual(nothing)
  expect(paceOf([{ done: 5, total: 10, at: 1 }])).toEqual({ share: 0.5, perSecond: null, secondsLeft: null })
  const still = [1, 2, 3].map((at) => ({ done: 5, total: 10, at }))
  expect(paceOf(still)).toEqual({ share: 0.5, perSecond: null, secondsLeft: null })
})

test('a time is said as people say it', () => {
  expect([2, 31, 89, 120, 5000, 6001].map(leftOf)).toEqual([
    { unit: 'moments', n: 0 },
    { unit: 'seconds', n: 35 },
    { unit: 'seconds', n: 90 },
    { unit: 'minutes', n: 2 },
    { unit: 'minutes', n: 84 },
    { unit: 'hours', hours: 1, minutes: 50 },
  ])
})
