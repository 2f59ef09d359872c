/** What a unit may be and do. Pure: the server refuses by it, a screen warns by it. */
import type { Facts, ProblemName } from '#kernel/problem.ts'
import type { UnitKind } from './contract.ts'

const lowerKinds: readonly UnitKind[] = ['grassroots', 'occupational', 'component', 'section', 'group']

/** Upper units manage others; lower ones hold members. */
export const isUpper = (kind: UnitKind): boolean => !lowerKinds.includes(kind)

/** Grassroots unions and occupational unions: the two kinds that are founded and counted as CĐCS. */
export const isGrassroots = (kind: UnitKind): boolean => kind === 'grassroots' || kind === 'occupational'

type Life = { isUpper: boolean; foundedOn: string | null; endedOn: string | null }

/** Why nothing may be recorded for a unit on a day, or null. A unit no longer stands on the day it ended; a union whose
 *  founding was cancelled never began. */
export function refuseOutsideLife(unit: Life, on: string): { problem: ProblemName; facts: Facts } | null {
  if (!unit.isUpper && !unit.foundedOn) return { problem: 'founding-cancelled', facts: {} }
  if (unit.endedOn && on >= unit.endedOn) return { problem: 'unit-ended', facts: { endedOn: unit.endedOn } }
  if (unit.foundedOn && on < unit.foundedOn)
    return { problem: 'day-before-founding', facts: { day: on, foundedOn: unit.foundedOn } }
  return null
}

/** `May Sông Hồng` → `may-song-hong`, for a code people can read. The fold is the caller's. */
export const codeFrom = (folded: string): string =>
  folded
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32) || 'unit'
