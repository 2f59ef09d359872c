/** A row of a list as it waits: what was typed sealed, what is matched and written beside it. */
import { fold } from '#kernel/fold.ts'
import { fromTcvn3, fromVni } from '#kernel/legacy.ts'
import type { Secret } from '#platform/secret.ts'
import { keepIdentity } from '../record/number.ts'
import { keepValue } from '../record/values.ts'
import type { RawPerson } from '../rows.ts'
import { readRow } from './row.ts'

/** Columns of the waiting rows, side by side. */
export type StagedRow = readonly [
  line: number,
  typedSealed: Uint8Array,
  fullName: string | null,
  nameKey: string | null,
  birthDate: string | null,
  birthYear: number | null,
  sex: string | null,
  citizenship: string,
  identityKind: string | null,
  identityHash: Uint8Array | null,
  identitySealed: Uint8Array | null,
  identityTail: string | null,
  said: string,
  union: string | null,
  onDay: string | null,
  faults: string | null,
  warnings: string | null,
]

/** One person as the waiting row it becomes. `typed` is what a mend starts from. */
export function stageRow(secret: Secret, line: number, typed: RawPerson, today: string): StagedRow {
  const row = readRow(typed, today)
  const identity = row.identity ? keepIdentity(secret, row.identity.kind, row.identity.number, row.citizenship) : null
  const said = Object.fromEntries(
    Object.entries(row.said).map(([code, value]) => [code, keepValue(secret, code, value)]),
  )
  return [
    line,
    secret.seal(JSON.stringify(typed)),
    row.fullName,
    row.fullName ? fold(row.fullName) : null,
    row.birthDate,
    row.birthYear,
    row.sex,
    row.citizenship,
    identity?.identityKind ?? null,
    identity?.identityHash ?? null,
    identity?.identitySealed ?? null,
    identity?.identityTail ?? null,
    JSON.stringify(said),
    row.union,
    row.onDay,
    row.faults.length > 0 ? JSON.stringify(row.faults) : null,
    row.warnings.length > 0 ? JSON.stringify(row.warnings) : null,
  ]
}

/** Cell texts as they were meant: an old font's letters are converted, and of a link only its text is taken. */
export function decoderOf(legacy: 'tcvn3' | 'vni' | null): (text: string) => string {
  const decode = legacy === 'tcvn3' ? fromTcvn3 : legacy === 'vni' ? fromVni : (text: string) => text
  return (text) => decode(text.startsWith('=') ? text.replace(link, '$1') : text)
}
const link = /^=HYPERLINK\("[^"]*"[,;]\s*"([^"]*)"\)$/i
