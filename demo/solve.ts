/** Whole numbers that keep every rule and lie as near to what is wished as the rules allow: simplex, then branching. */
import { openSimplex, type Bounds, type Row } from './simplex.ts'

export type Unknown = Bounds & {
  wish: number
  /** What one unit away from the wish costs. */
  weight: number
  /** Unknowns of a lower rank are made whole first: unions before people. */
  rank: number
}
export type Term = readonly [unknown: number, factor: number]
export type Rule = Bounds & {
  terms: Term[]
  /** The rule need not hold where these add up to one or more: nobody joins unless a union stands. */
  unless?: Term[]
}
export type Solution = { values: number[] } | { clash: number[] }

const stepsMax = 500
const free: Bounds = { min: -Infinity, max: Infinity }

/** A search that loses its way is begun again, otherwise inclined. */
export function solve(unknowns: Unknown[], rules: Rule[]): Solution {
  for (let tries = 0; tries < 6; tries++) {
    const solution = search(unknowns, rules, tries)
    if (solution) return solution
  }
  throw new Error('These facts leave so few ways to be true that none was found in time.')
}

/** Null when too many steps were taken. Each try prefers other prices, and every second one unions where there are none. */
function search(unknowns: Unknown[], rules: Rule[], tries: number): Solution | null {
  // An unknown is what it has of its wish plus what goes beyond: less and more than wished both cost.
  const wishes = unknowns.map(({ wish, min, max }) => Math.min(max, Math.max(min, Math.round(wish))))
  const split = (unknown: number, { min, max }: Bounds): [Bounds, Bounds] => {
    const wish = wishes[unknown]!
    return [
      { min: Math.min(min, wish), max: Math.min(max, wish) },
      { min: Math.max(0, min - wish), max: Math.max(0, max - wish) },
    ]
  }
  const columns = unknowns.flatMap((unknown, index) => {
    const [within, beyond] = split(index, unknown)
    return [
      { ...within, cost: -unknown.weight },
      { ...beyond, cost: unknown.weight },
    ]
  })
  const row = (terms: Term[], bounds: Bounds): Row => ({
    ...bounds,
    terms: terms.flatMap(([unknown, factor]): Term[] => [
      [unknown * 2, factor],
      [unknown * 2 + 1, factor],
    ]),
  })
  const always = rules.filter(({ unless }) => !unless)
  const conditional = rules.filter(({ unless }) => unless)
  const simplex = openSimplex(
    columns,
    always.map((rule) => row(rule.terms, rule)),
    tries,
  )
  const valueOf = (unknown: number) => simplex.valueOf(unknown * 2) + simplex.valueOf(unknown * 2 + 1)
  const sumOf = (terms: Term[]) => terms.reduce((sum, [unknown, factor]) => sum + factor * valueOf(unknown), 0)
  const bounds: Bounds[] = unknowns.map(({ min, max }) => ({ min, max }))
  const limit = (unknown: number, to: Bounds) => {
    bounds[unknown] = to
    ;[simplex.bounds[unknown * 2], simplex.bounds[unknown * 2 + 1]] = split(unknown, to)
  }
  let [steps, rootClash] = [0, [] as number[]]

  /** Depth first: each way is tried, and what it changed is put back before the next. */
  function branch(): boolean {
    if (++steps > stepsMax) return false
    if (!simplex.settle()) {
      if (steps === 1) rootClash = simplex.clash()
      return false
    }
    const broken = mostBroken(unknowns, valueOf)
    if (broken !== null) {
      const [was, at] = [bounds[broken]!, valueOf(broken)]
      // The nearest whole number first, and that one alone: otherwise two unknowns can push each other up for ever.
      const whole = Math.round(at)
      const [low, high] = [
        { min: was.min, max: whole - 1 },
        { min: whole + 1, max: was.max },
      ]
      const ways = [{ min: whole, max: whole }, ...(at < whole ? [low, high] : [high, low])]
      for (const way of ways.filter(({ min, max }) => min <= max)) {
        limit(broken, way)
        if (branch()) return true
      }
      limit(broken, was)
      return false
    }
    const open = conditional.find(({ terms, unless, ...rule }) => sumOf(unless!) < 0.5 && !keeps(rule, sumOf(terms)))
    if (!open) return true
    const ways = [[open.terms, open] as const, [open.unless!, { min: 1, max: Infinity }] as const]
    for (const [terms, to] of tries % 2 === 0 ? ways : ways.toReversed()) {
      const added = unknowns.length * 2 + simplex.add(row(terms, to))
      if (branch()) return true
      simplex.bounds[added] = free
    }
    return false
  }

  if (branch()) {
    const values = unknowns.map((_, unknown) => Math.round(valueOf(unknown)))
    const sum = (terms: Term[]) => terms.reduce((total, [unknown, factor]) => total + factor * values[unknown]!, 0)
    if (rules.every((rule) => keeps(rule, sum(rule.terms)) || (rule.unless && sum(rule.unless) >= 1))) return { values }
    throw new Error('Rounding broke a rule: the numbers of this file are too large for the demo.')
  }
  if (steps > stepsMax) return null
  return {
    clash: steps === 1 ? rootClash.map((index) => rules.indexOf(always[index]!)) : rules.map((_, index) => index),
  }
}

const keeps = ({ min, max }: Bounds, sum: number) => sum >= min - 1e-6 && sum <= max + 1e-6

function mostBroken(unknowns: Unknown[], valueOf: (unknown: number) => number): number | null {
  let [worst, most, rank] = [null as number | null, 1e-6, Infinity]
  for (let unknown = 0; unknown < unknowns.length; unknown++) {
    const distance = Math.abs(valueOf(unknown) - Math.round(valueOf(unknown)))
    const first = unknowns[unknown]!.rank
    if (distance > 1e-6 && (first < rank || (first === rank && distance > most)))
      [worst, most, rank] = [unknown, distance, first]
  }
  return worst
}
