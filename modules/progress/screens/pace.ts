/** Where a result should stand today if it grew evenly to its target. Pure. */
import { daysBetween, yearEnd } from '#kernel/day.ts'
import type { Figure } from '../contract.ts'

/** The even pace to a target on a day of its period, rounded half up. */
export function paceOf(target: number, from: string, asOf: string): number {
  const total = daysBetween(from, yearEnd(asOf)) + 1
  const passed = Math.min(Math.max(daysBetween(from, asOf) + 1, 0), total)
  return total <= 0 ? target : Math.floor((target * passed * 2 + total) / (total * 2))
}

/** The target a figure is first measured by: the assigned one, or the unit's own. */
export const firstTarget = (figure: Figure) =>
  figure.targets.find((target) => target.by === 'assigned') ?? figure.targets[0] ?? null

export type Standing = { target: number; pace: number; behind: number; state: 'kept' | 'on' | 'behind' }

/** Null without a target or a result. A stock is measured against its target whole, not by pace. */
export function standingOf(figure: Figure, isFlow: boolean, from: string, asOf: string): Standing | null {
  const target = firstTarget(figure)
  if (!target || figure.result === null) return null
  const pace = isFlow ? paceOf(target.value, from, asOf) : target.value
  const behind = Math.max(0, pace - figure.result)
  return {
    target: target.value,
    pace,
    behind,
    state: figure.result >= target.value ? 'kept' : behind > 0 ? 'behind' : 'on',
  }
}

/** A figure and all that is 'of which' in it, in order. */
export const withParts = (figures: Figure[]): Figure[] =>
  figures.flatMap((figure) => [figure, ...withParts(figure.ofWhich)])
