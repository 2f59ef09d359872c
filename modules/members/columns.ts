/** Columns beside one another: what only neighbours or the cells below can tell - day, month and year apart, a name in two
 *  columns, years of men and of women, a column without a header. */
import { fold } from '#kernel/fold.ts'
import type { Column, ColumnField } from './headings.ts'
import { readPhone } from './identity.ts'
import { readSex } from './rules.ts'

export function resolveTogether(columns: readonly Column[]): Column[] {
  return settleClaims(splitNames(splitBirths(columns)))
}

/** `Năm` and `Nam` fold to one word: beside a month it is the year, beside women it is men. */
function splitBirths(columns: readonly Column[]): Column[] {
  const words = columns.map(({ header }) => fold(header).split(' '))
  const familyAt = (index: number) => words[index]!.slice(0, -1).join(' ')
  const hasMonth = columns.some(({ field }) => field === 'birthMonth')
  return columns.map((column, index) => {
    const [part, family] = [words[index]!.at(-1)!, familyAt(index)]
    const isBirth = /\bsinh$/.test(family)
    if (!isBirth && !(family === '' && /^(ngay|thang|nam)$/.test(part)))
      return hasMonth && column.field === 'birthDate' ? { ...column, field: 'birthDay' } : column
    const siblings = new Set(words.filter((_, other) => familyAt(other) === family).map((one) => one.at(-1)))
    const field = birthPart(part, siblings, isBirth, column)
    return field ? { ...column, field, confidence: isBirth ? 'sure' : 'guess' } : column
  })
}

function birthPart(part: string, siblings: Set<string | undefined>, isBirth: boolean, { header }: Column) {
  if (siblings.has('thang')) {
    const fields: Record<string, ColumnField> = { ngay: 'birthDay', thang: 'birthMonth', nam: 'birthYear' }
    return fields[part]
  }
  if (!isBirth) return undefined
  if (part === 'nu') return 'birthIfFemale'
  if (part !== 'nam') return undefined
  return siblings.has('nu') || !/\u0103m$/i.test(header.normalize('NFC')) ? 'birthIfMale' : 'birthYear'
}

/** One header over two columns is the family and middle name, then the given name. */
function splitNames(columns: readonly Column[]): Column[] {
  const has = (field: ColumnField) => columns.some((column) => column.field === field)
  return columns.map((column, index): Column => {
    const [before, after] = [columns[index - 1], columns[index + 1]]
    const isTwin = (other: Column | undefined) => other?.field === 'fullName' && other.header === column.header
    if (column.field === 'fullName' && isTwin(after) && !isTwin(before)) return { ...column, field: 'familyName' }
    if (column.field === 'fullName' && isTwin(before)) return { ...column, field: 'givenName' }
    if (column.field === 'givenName' && !has('familyName') && !has('fullName')) return { ...column, field: 'fullName' }
    return column.field === 'familyName' && !has('givenName') && !has('fullName')
      ? { ...column, field: 'fullName', confidence: 'guess' }
      : column
  })
}

/** Each field is one column's, the surest and then the first; an old card beside a citizen number is the old number. */
function settleClaims(columns: readonly Column[]): Column[] {
  const old = (column: Column) => column.field === 'identityNumber' && /\b(cm|chung)/.test(fold(column.header))
  const hasNew = columns.some((column) => column.field === 'identityNumber' && !old(column))
  const named = columns.map((column): Column =>
    hasNew && old(column) && !/\b(cccd|can cuoc|dinh danh)\b/.test(fold(column.header))
      ? { ...column, field: 'oldIdNumber' }
      : column,
  )
  const owners = new Map<ColumnField, number>()
  for (const wanted of ['sure', 'guess'])
    for (const { field, confidence, index } of named)
      if (field && confidence === wanted && !owners.has(field)) owners.set(field, index)
  return named.map((column): Column => {
    const { field, index } = column
    if (field === null || owners.get(field) === index || field === 'identityNumber') return column
    const isSecondPlace = field === 'union' && !owners.has('workplace')
    if (isSecondPlace) owners.set('workplace', index)
    return { ...column, field: isSecondPlace ? 'workplace' : null, confidence: 'guess' }
  })
}

const looks: [ColumnField, (cell: string) => boolean][] = [
  ['email', (cell) => /^\S+@\S+\.\S+$/.test(cell)],
  ['phone', (cell) => /^(0|\+84|[35789]\d{8}$)/.test(cell) && readPhone(cell) !== null],
  ['identityNumber', (cell) => /^'?\d{9,12}$/.test(cell.replace(/[\s.]/g, ''))],
  ['birthDate', (cell) => /^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$|^(19|20)\d\d$/.test(cell.replaceAll(' ', ''))],
  ['sex', (cell) => readSex(cell) !== null],
  ['fullName', (cell) => /^\p{L}+(\s+\p{L}+){1,5}$/u.test(cell)],
]
/** A share of the filled cells that convinces, and how many of them there must be where the header is silent. */
const [shareMin, cellsMax] = [0.7, 60]

/** Columns whose header says nothing are taken by their cells, if nobody else claims the field. */
export function guessColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): Column[] {
  const claimed = new Set(columns.map(({ field }) => field))
  const isKnown = claimed.has('familyName') || claimed.has('givenName')
  if (isKnown) claimed.add('fullName')
  if (['birthYear', 'birthDay', 'birthIfMale', 'birthIfFemale'].some((field) => claimed.has(field as ColumnField)))
    claimed.add('birthDate')
  if (claimed.has('isFemale') || claimed.has('isMale') || claimed.has('birthIfFemale')) claimed.add('sex')
  return columns.map((column): Column => {
    if (column.field !== null || column.confidence === 'sure') return column
    const cells = rows.flatMap((row) => row[column.index] || []).slice(0, cellsMax)
    const share = (test: (cell: string) => boolean) => cells.filter(test).length / cells.length
    const field = looks.find(([field, test]) => cells.length > 0 && !claimed.has(field) && share(test) >= shareMin)?.[0]
    if (!field || (column.header !== '' && field === 'fullName')) return column
    claimed.add(field)
    return { ...column, field, confidence: 'guess' }
  })
}
