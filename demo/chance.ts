/** Chance that repeats: the same seed and purpose give the same draws on every machine. Math.random never takes part. */

export type Chance = {
  /** At least 0, below 1. */
  next: () => number
  /** A whole number from `min` to `max`, both included. */
  whole: (min: number, max: number) => number
  pick: <T>(from: readonly T[]) => T
  /** One of the entries, as often as its weight says. */
  weigh: <T>(from: readonly T[], weight: (item: T) => number) => T
  /** True this often: 0.25 is once in four. */
  happens: (often: number) => boolean
}

/** A stream of draws of its own for each purpose, so that a change in one part of the demo leaves the others alone. */
export function openChance(seed: number, purpose: string): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0
  for (const letter of purpose) state = mix((state + letter.codePointAt(0)!) >>> 0)
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    return mix(state) / 4_294_967_296
  }
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    whole,
    pick: (from) => from[whole(0, from.length - 1)]!,
    weigh: (from, weight) => {
      let left = next() * from.reduce((sum, item) => sum + weight(item), 0)
      return from.find((item) => (left -= weight(item)) < 0) ?? from.at(-1)!
    },
    happens: (often) => next() < often,
  }
}

/** The mixing step of mulberry32. */
function mix(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}
