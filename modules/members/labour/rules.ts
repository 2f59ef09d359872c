/** What may be done with a row of a staff list, by what the row is; and the day a list is about. Pure. */
import { addMonths } from '../rules.ts'

/** What a row of a staff list is, against the members of the union. */
export const verdicts = [
  'same',
  'changed',
  'new',
  'arrives',
  'elsewhere',
  'gone',
  'moved',
  'ineligible',
  'unclear',
] as const
export type StaffVerdict = (typeof verdicts)[number]

/** `none`: looked at, nothing to record. */
export const acts = ['write', 'invite', 'receive', 'ask', 'end', 'leave', 'send', 'none'] as const
export type StaffAct = (typeof acts)[number]

const allowed: Record<StaffVerdict, readonly StaffAct[]> = {
  same: [],
  changed: ['write', 'none'],
  new: ['invite', 'none'],
  arrives: ['receive', 'none'],
  elsewhere: ['ask', 'none'],
  gone: ['leave', 'send', 'end', 'none'],
  moved: ['send', 'leave', 'none'],
  ineligible: ['end', 'none'],
  // Somebody says first who it is.
  unclear: ['none'],
}

/** What a row may be accepted as; the first is what is proposed. */
export const actsFor = (verdict: StaffVerdict): readonly StaffAct[] => allowed[verdict]

/** Acts that move a member, on a day and by a paper. */
export const moves: ReadonlySet<StaffAct> = new Set(['receive', 'end', 'leave', 'send'])

/** The month a list that arrives today is about: this one from its middle on, else the one before. Its last day, or today. */
export function listDay(today: string): string {
  const first = `${today.slice(0, 8)}01`
  const isLate = Number(today.slice(8)) > 15
  const next = isLate ? addMonths(first, 1) : first
  const last = new Date(Date.parse(`${next}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return last < today ? last : today
}
