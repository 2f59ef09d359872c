/** Sharing a whole number out: parts that add up to it exactly, each within its bounds, near to their weights. */
import type { Chance } from './chance.ts'

export type Part = { weight: number; min: number; max: number }

export function shareOut(total: number, parts: Part[]): number[] {
  const shares = parts.map(({ min }) => min)
  let left = total - shares.reduce((sum, share) => sum + share, 0)
  let open = parts.map((_, index) => index).filter((index) => shares[index]! < parts[index]!.max)
  if (left < 0 || left > open.reduce((sum, index) => sum + parts[index]!.max - shares[index]!, 0)) {
    throw new Error(`${total} cannot be shared out among ${parts.length}.`)
  }
  while (left > 0) {
    const weights = open.reduce((sum, index) => sum + Math.max(parts[index]!.weight, 1e-6), 0)
    const pot = left
    let [due, rounded] = [0, 0]
    for (const index of open) {
      due += (pot * Math.max(parts[index]!.weight, 1e-6)) / weights
      const share = Math.min(Math.round(due) - rounded, parts[index]!.max - shares[index]!)
      rounded = Math.round(due)
      shares[index]! += share
      left -= share
    }
    open = open.filter((index) => shares[index]! < parts[index]!.max)
  }
  return shares
}

/** Sizes as they are found among firms: most small, a few large. */
export const likelySize = (chance: Chance): number =>
  Math.exp((chance.next() + chance.next() + chance.next() - 1.5) * 1.9)

export const clamp = (amount: number, min: number, max: number): number => Math.min(max, Math.max(min, amount))
