/** What a person's form asks, in which order, and what typing in it would say: a field left empty says nothing. Pure. */
import { fields, type Field } from '../fields.ts'

/** Fields of the person themselves, kept beside the catalogue; they are never cleared. */
export const coreCodes = ['fullName', 'birthDate', 'sex', 'citizenship', 'identityNumber'] as const
export type CoreCode = (typeof coreCodes)[number]

export const firstFields: readonly Field[] = fields.filter((field) => field.inForm5a)
export const moreFields: readonly Field[] = fields.filter((field) => !field.inForm5a)

const secrets = new Set<string>([
  'identityNumber',
  ...fields.filter((field) => field.class === 'sensitive').map((field) => field.code),
])
/** Not to be left behind in a browser. */
export const isSecret = (code: string): boolean => secrets.has(code)

/** Typed text by field code; null: the old value is to be cleared. */
export type RecordDraft = Record<string, string | null>

/** What a draft would say beside what stands. */
export function valuesSaid(draft: RecordDraft, now: Record<string, string>): RecordDraft {
  const said = Object.entries(draft).flatMap(([code, typed]): [string, string | null][] => {
    if (typed === null) return now[code] === undefined ? [] : [[code, null]]
    const value = typed.trim()
    return value === '' || value === now[code] ? [] : [[code, value]]
  })
  return Object.fromEntries(said)
}
