/** What a column may be taken for, in the groups an officer looks for it; and what is wanting in a choice of columns. Pure. */
import { fields } from '../../fields.ts'
import type { ColumnField } from '../../headings.ts'

const own = {
  name: ['fullName', 'familyName', 'givenName'],
  birth: [
    'birthDate',
    'birthDay',
    'birthMonth',
    'birthYear',
    'birthIfMale',
    'birthIfFemale',
    'sex',
    'isFemale',
    'isMale',
  ],
  identity: ['identityNumber', 'citizenship'],
  union: ['union', 'unionCode', 'admittedOn', 'decisionNumber'],
} as const satisfies Record<string, readonly ColumnField[]>

type Group = keyof typeof own | 'record'

export const groups: readonly { group: Group; fields: readonly ColumnField[] }[] = [
  ...(Object.keys(own) as (keyof typeof own)[]).map((group) => ({ group, fields: own[group] })),
  { group: 'record', fields: fields.map(({ code }) => code) },
]

/** Where a part of a value is kept: day, month and year are one birth. */
const wholes: Readonly<Record<string, ColumnField>> = {
  familyName: 'fullName',
  givenName: 'fullName',
  birthDay: 'birthDate',
  birthMonth: 'birthDate',
  birthYear: 'birthDate',
  birthIfMale: 'birthDate',
  birthIfFemale: 'birthDate',
  isFemale: 'sex',
  isMale: 'sex',
}
export const wholeOf = (field: string): string => wholes[field] ?? field

/** `A`, `B`, … `AA`: as Excel calls its columns. */
export function letterOf(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter
}

type Wanting = {
  /** Nobody can be read without it. */
  missing: 'needsName' | 'needsUnionColumn' | null
  warnings: ('withoutSex' | 'withoutBirth')[]
  twice: { field: string; indexes: number[] }[]
}

/** What a choice of columns lacks. `isUpper`: the list is for many unions. */
export function wantingIn(columns: readonly { index: number; field: string | null }[], isUpper: boolean): Wanting {
  const at = new Map<string, number[]>()
  for (const { index, field } of columns) if (field) at.set(field, [...(at.get(field) ?? []), index])
  const has = (...names: string[]) => names.some((name) => at.has(name))
  const isNamed = has(...own.name, 'identityNumber')
  const isPlaced = !isUpper || has('union', 'unionCode')
  const isNumbered = has('identityNumber')
  const hasSex = isNumbered || has('sex', 'isFemale', 'isMale') || (has('birthIfMale') && has('birthIfFemale'))
  const hasBirth = isNumbered || has('birthDate', 'birthYear', 'birthIfMale', 'birthIfFemale')
  return {
    missing: !isNamed ? 'needsName' : !isPlaced ? 'needsUnionColumn' : null,
    warnings: [...(hasSex ? [] : (['withoutSex'] as const)), ...(hasBirth ? [] : (['withoutBirth'] as const))],
    twice: [...at].filter(([, indexes]) => indexes.length > 1).map(([field, indexes]) => ({ field, indexes })),
  }
}
