/** Whole numbers that keep every rule and lie as near to what is wished as the rules allow: simplex, then branching. */
import { openSimplex, type Bounds, type Row } from './simplex.ts'

export type Unknown = Bounds & {
  wish: number
  /** What one unit away from the wish costs. */
  weight: number
  /** Unknowns of a lower rank are made whole first: unions before people. */
  rank: number
}
export type Rule = { terms: (readonly [unknown: number, factor: number])[]; min: number; max: number }
export type Solution = { values: number[] } | { clash: number[] }

const stepsMax = 3_000

export function solve(unknowns: Unknown[], rules: Rule[]): Solution {
  // An unknown is what it has of its wish plus what goes beyond: less and more than wished both cost.
  const wishes = unknowns.map(({ wish, min, max }) => Math.min(max, Math.max(min, Math.round(wish))))
  const rows: Row[] = rules.map(({ terms, min, max }) => ({
    min,
    max,
    terms: terms.flatMap(([unknown, factor]) => [[unknown * 2, factor] as const, [unknown * 2 + 1, factor] as const]),
  }))
  const split = (unknown: number, { min, max }: Bounds): [Bounds, Bounds] => {
    const wish = wishes[unknown]!
    return [
      { min: Math.min(min, wish), max: Math.min(max, wish) },
      { min: Math.max(0, min - wish), max: Math.max(0, max - wish) },
    ]
  }
  const columns = unknowns.flatMap((unknown, index) => {
    const [within, beyond] = split(index, unknown)
    return [{ ...within, cost: -unknown.weight }, { ...beyond, cost: unknown.weight }]
  })
  const simplex = openSimplex(columns, rows)
  const valueOf = (unknown: number) => simplex.valueOf(unknown * 2) + simplex.valueOf(unknown * 2 + 1)
  const limit = (unknown: number, bounds: Bounds) => {
    ;[simplex.bounds[unknown * 2], simplex.bounds[unknown * 2 + 1]] = split(unknown, bounds)
  }
  let steps = 0

  /** Depth first, the nearer whole number first. */
  function branch(bounds: Bounds[]): boolean {
    if (++steps > stepsMax || !simplex.settle()) return false
    const broken = mostBroken(unknowns, valueOf)
    if (broken === null) return true
    const [was, at] = [bounds[broken]!, valueOf(broken)]
    const [low, high] = [{ min: was.min, max: Math.floor(at) }, { min: Math.ceil(at), max: was.max }]
    for (const half of at - low.max < high.min - at ? [low, high] : [high, low]) {
      limit(broken, half)
      if (branch(bounds.with(broken, half))) return true
    }
    limit(broken, was)
    return false
  }

  if (branch(unknowns.map(({ min, max }) => ({ min, max })))) {
    const values = unknowns.map((_, unknown) => Math.round(valueOf(unknown)))
    if (rules.every((rule) => holds(rule, values))) return { values }
    throw new Error('Rounding broke a rule: the numbers of this file are too large for the demo.')
  }
  if (steps > stepsMax) throw new Error('These facts leave so few ways to be true that none was found in time.')
  return { clash: steps === 1 ? simplex.clash() : rules.map((_, index) => index) }
}

function mostBroken(unknowns: Unknown[], valueOf: (unknown: number) => number): number | null {
  let [worst, most, rank] = [null as number | null, 1e-6, Infinity]
  for (let unknown = 0; unknown < unknowns.length; unknown++) {
    const distance = Math.abs(valueOf(unknown) - Math.round(valueOf(unknown)))
    const first = unknowns[unknown]!.rank
    if (distance > 1e-6 && (first < rank || (first === rank && distance > most))) [worst, most, rank] = [unknown, distance, first]
  }
  return worst
}

function holds({ terms, min, max }: Rule, values: number[]): boolean {
  const sum = terms.reduce((total, [unknown, factor]) => total + factor * values[unknown]!, 0)
  return sum >= min - 1e-6 && sum <= max + 1e-6
}
