/** A worksheet's cells: from the attributes and the text of one to what a person sees in it. Guards against cells that are
 *  larger, and rows that are wider, than a list can be. */
import { numberText, type Format } from './table-formats.ts'
import { TableTrouble, type Limits, type Merge, type TableRow } from './table-limits.ts'
import type { Strings } from './table-strings.ts'
import { textOf, unescapeExcel } from './table-text.ts'
import { token, type Xml } from './table-xml.ts'

export type Workbook = { strings: Strings; formats: Format[]; is1904: boolean; merges: Merge[]; limits: Limits }

type Type = 'number' | 'shared' | 'text' | 'truth' | 'error' | 'moment'

/** A sheet while it is read: where we stand, and the rows of the batch so far. */
export type Sheet = {
  book: Workbook
  xml: Xml
  fill: ((line: number, cells: string[]) => number) | null
  isInside: boolean
  isOver: boolean
  isReading: boolean
  isInRow: boolean
  line: number
  column: number
  type: Type
  style: number
  text: string
  index: number
  hasText: boolean
  cells: string[]
  filled: number
  rows: TableRow[]
  days: Map<string, string>
  characters: number
  charactersInAll: number
}

const [quote, apostrophe, equals] = [0x22, 0x27, 0x3d]
export const [letterR, letterS, letterT] = [0x72, 0x73, 0x74]

/** Attributes of one letter, which are all a row or a cell is asked for: `take` gets the letter and where its value is. */
export function eachLetter(sheet: Sheet, take: (sheet: Sheet, letter: number, from: number, to: number) => void) {
  const { bytes, from, to } = sheet.xml
  for (let at = from; at < to; at++) {
    if (bytes[at] !== equals) continue
    let last = at - 1
    while (bytes[last]! <= 0x20) last--
    const letter = bytes[last - 1]! <= 0x20 ? bytes[last]! : 0
    while (at < to && bytes[at] !== quote && bytes[at] !== apostrophe) at++
    const start = at + 1
    const closing = bytes[at]
    for (at = start; at < to && bytes[at] !== closing;) at++
    take(sheet, letter, start, at)
  }
}

export function numberBetween(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + bytes[at]! - 0x30
  return value
}

export function beginCell(sheet: Sheet) {
  sheet.column++
  sheet.type = 'number'
  sheet.style = 0
  sheet.text = ''
  sheet.index = 0
  sheet.hasText = false
  eachLetter(sheet, takeCellLetter)
  if (!(sheet.column < sheet.book.limits.columns)) throw new TableTrouble('too-wide', sheet.line)
}

function takeCellLetter(sheet: Sheet, letter: number, from: number, to: number) {
  const { bytes } = sheet.xml
  if (letter === letterR) {
    let column = 0
    for (let at = from; at < to && bytes[at]! >= 0x41; at++) column = column * 26 + (bytes[at]! & 0x1f)
    if (column > 0) sheet.column = column - 1
  } else if (letter === letterS) sheet.style = numberBetween(bytes, from, to)
  else if (letter === letterT) sheet.type = typeOf(bytes, from, to)
}

/** s, str, inlineStr, b, e, d; anything else is a number. */
function typeOf(bytes: Buffer, from: number, to: number): Type {
  if (bytes[from] === letterS) return to - from === 1 ? 'shared' : 'text'
  if (bytes[from] === 0x69) return 'text'
  if (bytes[from] === 0x62) return 'truth'
  if (bytes[from] === 0x65) return 'error'
  return bytes[from] === 0x64 ? 'moment' : 'number'
}

export function addText(sheet: Sheet, kind: number) {
  const { bytes, from, to } = sheet.xml
  if (to > from) sheet.hasText = true
  if (sheet.column >= sheet.book.limits.keptColumns) return
  if (sheet.type === 'shared') {
    for (let at = from; at < to; at++) {
      const digit = bytes[at]! - 0x30
      if (digit >= 0 && digit <= 9) sheet.index = sheet.index * 10 + digit
    }
    return
  }
  const text = kind === token.text ? textOf(bytes, from, to) : unescapeExcel(textOf(bytes, from, to, false))
  sheet.text = sheet.text === '' ? text : sheet.text + text
  if (sheet.text.length > sheet.book.limits.cellCharacters) throw new TableTrouble('too-large', sheet.line)
}

export function endCell(sheet: Sheet) {
  if (!sheet.hasText || sheet.type === 'error') return
  const { column, book, cells } = sheet
  const isKept = column < book.limits.keptColumns
  const text = isKept ? textOfCell(sheet) : ''
  if (isKept && text === '') return
  if (++sheet.filled > book.limits.filledColumns) throw new TableTrouble('too-wide', sheet.line)
  if (!isKept) return
  while (cells.length < column) cells.push('')
  cells[column] = text
  sheet.characters += text.length
}

const plain: Format = { kind: 'plain' }

function textOfCell(sheet: Sheet): string {
  const { type, text, book } = sheet
  if (type === 'shared') return book.strings.at(sheet.index)
  if (type === 'text') return text
  if (type === 'truth') return text.trim() === '1' || text.trim() === 'true' ? 'TRUE' : 'FALSE'
  if (type === 'moment') return text.replace(/^(\d{4})-(\d\d)-(\d\d)(?:T.*)?$/, '$3/$2/$1')
  const format = book.formats[sheet.style] ?? plain
  if (format.kind === 'plain' && isWhole(text)) return text
  return format.kind === 'day' ? dayText(sheet, text, format) : numberText(text, format, book.is1904)
}

/** A list has few different days and shows them many times. */
function dayText({ days, book }: Sheet, text: string, format: Format): string {
  const known = days.get(text)
  if (known !== undefined) return known
  const shown = numberText(text, format, book.is1904)
  if (days.size < daysKept && text.length < 8) days.set(text, shown)
  return shown
}
const daysKept = 50_000

/** Up to fifteen digits without a zero in front are already what a person sees. */
function isWhole(text: string): boolean {
  if (text.length > 15 || (text.charCodeAt(0) === 0x30 && text.length > 1)) return false
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return false
  }
  return true
}
