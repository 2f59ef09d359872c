/** What a founding needs. Charter of the Vietnam Trade Unions: five members; an occupational union more. Values are dated data. */
import type { Fault } from '#kernel/problem.ts'
import type { FoundingEntry } from './contract.ts'

/** Whether the list is long enough: counted over people who may be admitted, not over rows. */
export function refuseTooFew(count: number, min: { value: number; legalBasis: string }): Fault | null {
  return count < min.value
    ? { name: 'too-few-members', pointer: '/people', facts: { min: min.value, count, law: min.legalBasis } }
    : null
}

/** An employer belongs to a grassroots union and to no occupational one. */
export function refuseEmployer(entry: Pick<FoundingEntry, 'kind' | 'employer'>): Fault | null {
  if (entry.kind === 'grassroots' && !entry.employer) return { name: 'employer-required', pointer: '/employer' }
  if (entry.kind === 'occupational' && entry.employer)
    return { name: 'employer-not-for-occupational', pointer: '/employer' }
  return null
}
