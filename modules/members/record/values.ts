/** Values of a record at rest: a sensitive one is sealed, and matched by a keyed hash where two must be compared. */
import type { Secret } from '#platform/secret.ts'
import { fields, type FieldCode } from '../fields.ts'

type Sealed = { sealed: string; match: string }
export type Kept = string | Sealed | null
export type Said = Record<string, Kept>

const sensitive = new Set<string>(fields.filter((field) => field.class === 'sensitive').map((field) => field.code))
const known = new Set<string>(fields.map((field) => field.code))

export const isField = (code: string): code is FieldCode => known.has(code)
export const isSensitive = (code: string): boolean => sensitive.has(code)

/** As a statement keeps it. */
export function keepValue(secret: Secret, code: string, value: string | null): Kept {
  if (value === null || !sensitive.has(code)) return value
  return { sealed: secret.seal(value).toString('base64'), match: secret.match(`${code}/${value}`).toString('base64') }
}

const dots = '•••'

/** As it may be shown: sensitive values as dots, unless they are asked for by the recorded act. */
export function showValue(secret: Secret, kept: Kept, isAsked: boolean): string | null {
  if (kept === null || typeof kept === 'string') return kept
  return isAsked ? secret.open(Buffer.from(kept.sealed, 'base64')) : dots
}
