/** The header of an officer's list: where it stands among titles and merged cells, and what each column means. A wrong guess
 *  costs an officer a choice, so what is guessed is told from what is sure. */
import { fold, tidy } from '#kernel/fold.ts'
import { fromTcvn3, fromVni, recogniseLegacy } from '#kernel/legacy.ts'
import { guessColumns, resolveTogether } from './columns.ts'
import { meaningOf, type Column, type ColumnField } from './headings.ts'

export type Header = { headerAt: number[]; dataFrom: number; columns: Column[] }
type Rows = readonly (readonly string[])[]

const [rowsLooked, columnsMax, cellMax] = [40, 200, 300]

export function recogniseHeader(rows: Rows): Header {
  const top = inUnicode(rows.slice(0, rowsLooked + 60).map((row) => row.slice(0, columnsMax)))
  const headerAt = findHeader(top)
  const last = headerAt.at(-1) ?? -1
  const isNumbered = last >= 0 && isNumbering(top[last + 1] ?? [])
  const dataFrom = headerAt.length === 0 ? 0 : last + (isNumbered ? 2 : 1)
  const width = Math.max(0, ...top.slice(headerAt[0] ?? 0).map((row) => row.length))
  const stacks = stackTexts(
    headerAt.map((at) => top[at]!),
    width,
  )
  const read = stacks.map((texts, index): Column => {
    const [joined, own] = [texts.join(' '), texts.at(-1) ?? '']
    const meaning = meaningOf(joined) ?? meaningOf(own)
    return { index, header: joined, field: meaning?.field ?? null, confidence: meaning?.confidence ?? 'guess' }
  })
  return { headerAt, dataFrom, columns: guessColumns(resolveTogether(read), top.slice(dataFrom)) }
}

/** The same for every file of one layout, so that a mapping once corrected is remembered. */
export function layoutOf(columns: readonly Column[]): string {
  const headers = columns.map(({ header }) => fold(header))
  return headers.some(Boolean) ? headers.join('|').replace(/\|+$/, '') : `?${columns.length}`
}

/** Headers in an old font are read too; the cells below are the reader's to convert. */
function inUnicode(rows: Rows): string[][] {
  const encoding = recogniseLegacy(rows.flat())
  const decode = encoding === 'tcvn3' ? fromTcvn3 : encoding === 'vni' ? fromVni : (text: string) => text
  return rows.map((row) => row.map((cell) => tidy(decode((cell ?? '').slice(0, cellMax)))))
}

const telling = new Set<ColumnField>(['fullName', 'familyName', 'identityNumber', 'birthDate', 'birthYear'])

function findHeader(rows: string[][]): number[] {
  const meaningsOf = (row: readonly string[]) => (isData(row) ? [] : row.flatMap((cell) => meaningOf(cell) ?? []))
  const found = rows.slice(0, rowsLooked).map((row) => new Set(meaningsOf(row).map(({ field }) => field)))
  const most = Math.max(0, ...found.map((fields) => fields.size))
  const at = found.findIndex((fields) => fields.size === most)
  // One known word is a header only where there is but one column.
  if (most < (rows.some((row) => row.filter(Boolean).length > 1) ? 2 : 1)) return []
  let [first, end] = [at, at]
  while (first > 0 && end - first < 2 && isAbove(rows[first - 1]!, rows[first]!, found[first - 1]!.size)) first--
  while (end - first < 2 && isBelow(rows[end + 1] ?? [], rows.slice(first, end + 1))) end++
  const block = Array.from({ length: end - first + 1 }, (_, step) => first + step)
  return block.some((row) => [...found[row]!].some((field) => field !== null && telling.has(field))) ? block : []
}

/** A row with a number of its own, a long number, or a day is no header. */
const isData = (row: readonly string[]) =>
  row.some((cell) => /^\d{1,5}$|\d{6}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(cell.replaceAll(' ', '')))

/** An upper row of the header: merged down into this one, or itself naming columns. */
function isAbove(upper: string[], lower: string[], fields: number): boolean {
  if (isData(upper)) return false
  const isMerged = upper.some((cell, index) => cell !== '' && cell === lower[index] && meaningOf(cell) !== null)
  return fields >= 2 || (isMerged && new Set(upper.filter(Boolean)).size > 1)
}

const parts = /^(ngay|thang|nam|nu|nam nu|so|so the|ho|ten|ho dem|dem|ten dem|ho va ten dem|ngay cap|noi cap)$/
const hint = /^[([{].*\p{L}.*[)\]}]$/u

/** A lower row of the header: parts of what stands above, or hints in brackets. A name in the name's column is a person. */
function isBelow(row: string[], block: string[][]): boolean {
  if (row.every((cell) => cell === '') || isData(row) || isNumbering(row)) return false
  let [known, fresh, all] = [0, 0, 0]
  for (const [index, cell] of row.entries()) {
    if (cell === '') continue
    all++
    const above = block.map((upper) => upper[index] ?? '')
    const isSame = above.includes(cell)
    const isPart = hint.test(cell) || parts.test(fold(cell)) || meaningOf(cell) !== null
    const isName = above.some((text) => ['fullName', 'familyName'].includes(meaningOf(text)?.field ?? ''))
    if (isName && !isSame && !isPart) return false
    if (isSame || isPart) known++
    if (isPart && !isSame) fresh++
  }
  return fresh > 0 && known / all >= 0.6
}

/** (1) (2) (3) or A B C under a header. */
export function isNumbering(row: readonly string[]): boolean {
  const filled = row.filter(Boolean).map((cell) => cell.replace(/[()[\]\s]/g, '').replace(/=.*/, ''))
  return (
    filled.length >= 3 &&
    filled.every((cell) => /^(\d{1,3}|[A-Za-z])$/.test(cell)) &&
    !filled.every((one) => one === filled[0])
  )
}

/** The distinct texts down each column. A merged cell that was not repeated stands over what lies below it to the right. */
function stackTexts(block: string[][], width: number): string[][] {
  const spread = block.map((row, level) => {
    const below = block[level + 1]
    const texts: string[] = []
    for (let index = 0; index < width; index++) {
      const own = row[index] ?? ''
      const [left, under, underLeft] = [texts[index - 1] ?? '', below?.[index] ?? '', below?.[index - 1] ?? '']
      texts.push(own === '' && under !== '' && underLeft !== '' && underLeft !== left ? left : own)
    }
    return texts
  })
  return Array.from({ length: width }, (_, index) => {
    const seen = new Set<string>()
    return spread
      .map((row) => row[index]!)
      .filter((text) => text !== '' && !hint.test(text))
      .filter((text) => !seen.has(text) && seen.add(text))
  })
}
