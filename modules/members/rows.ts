/** One row of a list as what it says of a person, each value still as typed; titles, totals and signatures are nobody. */
import { fold, tidy } from '#kernel/fold.ts'
import { isNumbering } from './header.ts'
import type { Column, ColumnField } from './headings.ts'
import { readSex } from './rules.ts'

type Part =
  | 'familyName'
  | 'givenName'
  | 'birthDay'
  | 'birthMonth'
  | 'birthYear'
  | 'birthIfMale'
  | 'birthIfFemale'
  | 'isMale'
  | 'isFemale'
export type RawField = Exclude<ColumnField, Part>
export type RawPerson = Partial<Record<RawField, string>>

/** How totals and signatures begin. */
const closing =
  /^(tong( cong| so| hop)?|cong|danh sach (nay )?(co|gom))( \d.*| so.*| danh sach.*)?$|^(nguoi lap|ky ten|ky ghi ro|thu truong|ke toan truong|xac nhan|t ?m |noi nhan|chu tich|giam doc|ngay( \d+)? thang)\b/

/** Only filled values; null for a row that names nobody. */
export function readCells(cells: readonly string[], columns: readonly Column[]): RawPerson | null {
  const typed = new Map<ColumnField, string>()
  for (const { field, index } of columns) {
    const cell = tidy(cells[index] ?? '')
    const isFilled = ticked.has(field ?? '') ? !/^[-\u2013\u2014._/]*$/.test(cell) : /[\p{L}\p{N}]/u.test(cell)
    if (field && isFilled && !typed.has(field)) typed.set(field, cell)
  }
  const person: RawPerson = {}
  for (const [field, value] of typed) if (!isPart(field)) person[field] = value
  const take = (field: RawField, value: string | undefined) => {
    if (value && person[field] === undefined) person[field] = value
  }
  const name = nameOf(typed)
  if (name) person.fullName = name
  take('birthDate', birthOf(typed))
  take('sex', sexOf(typed))
  const isSomebody = isPerson(person, cells, columns)
  take('sex', sexOfUnticked(columns))
  return isSomebody ? person : null
}

const parts: ReadonlySet<string> = new Set<Part>([
  'familyName',
  'givenName',
  'birthDay',
  'birthMonth',
  'birthYear',
  'birthIfMale',
  'birthIfFemale',
  'isMale',
  'isFemale',
])
const isPart = (field: ColumnField): field is Part => parts.has(field)

const ticked: ReadonlySet<string> = new Set(['isMale', 'isFemale', 'birthIfMale', 'birthIfFemale'])

function nameOf(typed: ReadonlyMap<ColumnField, string>): string {
  const [whole, family, given] = (['fullName', 'familyName', 'givenName'] as const).map((part) => typed.get(part) ?? '')
  // A given name beside a whole one is there for sorting.
  const isRepeated = whole !== '' && ` ${fold(whole!)}`.endsWith(` ${fold(given!)}`)
  return (isRepeated ? whole! : `${whole || family} ${given}`).trim()
}

function birthOf(typed: ReadonlyMap<ColumnField, string>): string | undefined {
  const [day, month, year] = (['birthDay', 'birthMonth', 'birthYear'] as const).map((part) => typed.get(part))
  if (year && (day || month)) return [day ?? '0', month ?? '0', year].join('/')
  const bySex = [typed.get('birthIfMale'), typed.get('birthIfFemale')].find((cell) => cell && /\d/.test(cell))
  return year ?? bySex ?? day
}

/** A tick, or a year, under women or under men. */
function sexOf(typed: ReadonlyMap<ColumnField, string>): string | undefined {
  const isTicked = (field: ColumnField) => typed.has(field) && !/^(0|khong|no|false)$/.test(fold(typed.get(field)!))
  const [female, male] = [
    isTicked('isFemale') || isTicked('birthIfFemale'),
    isTicked('isMale') || isTicked('birthIfMale'),
  ]
  return female === male ? undefined : female ? 'female' : 'male'
}

/** Where only women are ticked, whoever is not is a man. */
function sexOfUnticked(columns: readonly Column[]): string | undefined {
  const ticks = columns.filter(({ field }) => field === 'isFemale' || field === 'isMale')
  return ticks.length === 1 ? (ticks[0]!.field === 'isFemale' ? 'male' : 'female') : undefined
}

const core: ReadonlySet<string> = new Set(['birthDate', 'birthDay', 'birthYear', 'sex', 'identityNumber', ...ticked])

function isPerson(person: RawPerson, cells: readonly string[], columns: readonly Column[]): boolean {
  const filled = cells.map((cell) => tidy(cell ?? '')).filter(Boolean)
  if (/\d{6}/.test((person.identityNumber ?? '').replace(/[\s.]/g, ''))) return true
  if (isNumbering(filled) || isHeaderAgain(filled, columns)) return false
  if (!/\p{L}/u.test(person.fullName ?? '') || (filled.length > 1 && new Set(filled).size === 1)) return false
  if (/\d{2}/.test(person.birthDate ?? '')) return true
  if ([filled[0]!, person.fullName!].some((cell) => closing.test(fold(cell)))) return false
  if (readSex(person.sex ?? '') || /\d/.test(person.identityNumber ?? '')) return true
  const isCounted = columns.some(({ field, index }) => field === null && /^\d{1,5}$/.test((cells[index] ?? '').trim()))
  const isListOfNames = !columns.some(({ field }) => core.has(field ?? ''))
  return person.fullName!.includes(' ') && (isCounted || isListOfNames)
}

/** The headers of a list, folded once for all its rows. */
function wordsOf(columns: readonly Column[]): string[] {
  let words = headerWords.get(columns)
  if (!words) headerWords.set(columns, (words = columns.map(({ header }) => ` ${fold(header)} `)))
  return words
}
const headerWords = new WeakMap<readonly Column[], string[]>()

/** Printed lists repeat their header on every page. */
function isHeaderAgain(filled: readonly string[], columns: readonly Column[]): boolean {
  const words = wordsOf(columns)
  const again = filled.filter((cell) => words.some((header) => header.includes(` ${fold(cell)} `)))
  return again.length >= 2 && again.length >= filled.length / 2
}
