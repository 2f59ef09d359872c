/** The groups of a staff list in the order a clerk works: what waits for a human first, what needs nothing last. Pure. */
import type { IconName } from '#ui/Icon.tsx'
import { actsFor, type StaffAct, type StaffVerdict } from '../../labour/rules.ts'

export const order: readonly StaffVerdict[] = [
  'unclear',
  'gone',
  'moved',
  'ineligible',
  'new',
  'arrives',
  'elsewhere',
  'changed',
  'same',
]

export const icons: Record<StaffVerdict, IconName> = {
  unclear: 'warning',
  gone: 'close',
  moved: 'right',
  ineligible: 'user',
  new: 'plus',
  arrives: 'left',
  elsewhere: 'units',
  changed: 'pencil',
  same: 'check',
}

export type Counts = Readonly<Record<string, number>>

export const countOf = (counts: Counts, key: string): number => counts[key] ?? 0

/** Rows of a group that are accepted together: those who rest are looked at one by one. */
export const bulkOf = (counts: Counts, verdict: StaffVerdict): number =>
  verdict === 'unclear' ? 0 : countOf(counts, `open_${verdict}`) - countOf(counts, `held_${verdict}`)

/** What is proposed for a group. */
export const proposedAct = (verdict: StaffVerdict): StaffAct => actsFor(verdict)[0] ?? 'none'

/** The group to show: the one asked for, else the first with something open, else the first there is. */
export function shownGroup(counts: Counts, asked: string | undefined): StaffVerdict {
  return (
    order.find((verdict) => verdict === asked) ??
    order.find((verdict) => countOf(counts, `open_${verdict}`) > 0) ??
    order.find((verdict) => countOf(counts, verdict) > 0) ??
    'same'
  )
}
