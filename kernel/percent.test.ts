/** Percentages are exact: the same as a fraction in whole numbers, rounded half up once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentOf, percentTruncated } from './percent.ts'

const whole = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n })
const target = fc.bigInt({ min: 1n, max: 10n ** 13n })
const decimals = fc.integer({ min: 0, max: 12 })

/** A decimal string as a whole number of its last place. */
const scaled = (text: string) => BigInt(text.replace('.', ''))

test('the printed percent is the nearest of its length; a half goes away from zero', () => {
  fc.assert(
    fc.property(whole, target, decimals, (result, below, places) => {
      const text = percentOf(result, below, places)!
      expect(text).toMatch(places === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${places}}$`))
      // |printed - exact| <= half of the last place, in whole numbers; and on the half, the larger in size.
      const exact = result * 100n * 10n ** BigInt(places)
      const off = scaled(text) * below - exact
      const size = off < 0n ? -off : off
      expect(size * 2n <= below).toBe(true)
      expect(size * 2n === below && off < 0n !== result < 0n).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('the truncated percent never passes the exact one, and differs from the rounded by at most one last place', () => {
  fc.assert(
    fc.property(whole, target, decimals, (result, below, places) => {
      const [cut, near] = [scaled(percentTruncated(result, below, places)!), scaled(percentOf(result, below, places)!)]
      const exact = result * 100n * 10n ** BigInt(places)
      const within = result < 0n ? cut * below >= exact : cut * below <= exact
      expect([within, near - cut === 0n || near - cut === (result < 0n ? -1n : 1n)]).toEqual([true, true])
    }),
  )
})

test('as officers print it', () => {
  expect([
    percentOf(66, 20, 1),
    percentOf(4071, 4000, 1),
    percentOf(1, 3, 2),
    percentOf(1, 8, 2),
    percentOf(-1, 8, 2),
    percentOf(1, 200, 0),
    percentOf(0, 7, 1),
  ]).toEqual(['330.0', '101.8', '33.33', '12.50', '-12.50', '1', '0.0'])
  expect(percentOf(-1, 200, 0)).toBe('-1')
  expect(percentOf(-1, 100_000, 1)).toBe('0.0')
  expect([percentOf(5, 0, 1), percentOf(5, -3, 1), percentTruncated(5, 0, 1)]).toEqual([null, null, null])
})
