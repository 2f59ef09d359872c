/** The rows of a worksheet, read from its XML as it is unpacked; a batch at a time, so that memory stays flat however long the
 *  sheet is. Guards against rows and cells that are larger than Excel itself allows. */
import {
  addText,
  beginCell,
  eachLetter,
  endCell,
  letterR,
  numberBetween,
  type Sheet,
  type Workbook,
} from './table-cell.ts'
import { TableTrouble, type TableRow } from './table-limits.ts'
import { startFilling } from './table-merges.ts'
import { feed, nameOf, nextToken, startXml, token } from './table-xml.ts'

const name = {
  sheetData: nameOf('sheetData'),
  row: nameOf('row'),
  c: nameOf('c'),
  v: nameOf('v'),
  t: nameOf('t'),
  rPh: nameOf('rPh'),
}

/** Rows with something in them, in batches. A sheet whose rows are never closed ended early. */
export async function* readRows(chunks: AsyncIterable<Buffer>, book: Workbook): AsyncGenerator<TableRow[], void> {
  const sheet = startSheet(book)
  for await (const chunk of chunks) {
    if (sheet.isOver) continue
    feed(sheet.xml, chunk)
    while (scan(sheet)) yield takeRows(sheet)
  }
  if (!sheet.isOver) throw new TableTrouble('truncated')
  if (sheet.rows.length > 0) yield takeRows(sheet)
}

const startSheet = (book: Workbook): Sheet => ({
  book,
  xml: startXml(),
  fill: book.merges.length > 0 ? startFilling(book.merges, book.limits) : null,
  isInside: false,
  isOver: false,
  isReading: false,
  isInRow: false,
  line: 0,
  column: -1,
  type: 'number',
  style: 0,
  text: '',
  index: 0,
  hasText: false,
  cells: [],
  filled: 0,
  rows: [],
  days: new Map(),
  characters: 0,
  charactersInAll: 0,
})

function takeRows(sheet: Sheet): TableRow[] {
  const { rows } = sheet
  sheet.charactersInAll += sheet.characters
  if (sheet.charactersInAll > sheet.book.limits.sheetBytes) throw new TableTrouble('unpacks-too-large', sheet.line)
  sheet.rows = []
  sheet.characters = 0
  return rows
}

/** Reads on until a batch is full (true) or the chunk is used up (false). */
function scan(sheet: Sheet): boolean {
  const { xml } = sheet
  for (;;) {
    const kind = nextToken(xml)
    if (kind === token.more) return false
    if (kind === token.text || kind === token.literal) addText(sheet, kind)
    else if (xml.name === name.sheetData) {
      sheet.isInside = kind === token.open
      sheet.isOver = !sheet.isInside
      if (sheet.isOver) return false
    } else if (!sheet.isInside) continue
    else if (xml.name === name.c) {
      if (kind !== token.close) beginCell(sheet)
      if (kind !== token.open) endCell(sheet)
    } else if (xml.name === name.v) xml.wantsText = kind === token.open
    else if (xml.name === name.row) {
      if (kind !== token.close) beginRow(sheet)
      if (kind !== token.open && endRow(sheet)) return true
    } else if (xml.name === name.t) xml.wantsText = kind === token.open && !sheet.isReading
    else if (xml.name === name.rPh) sheet.isReading = kind === token.open
  }
}

function beginRow(sheet: Sheet) {
  sheet.line++
  sheet.column = -1
  sheet.isInRow = true
  sheet.filled = 0
  if (sheet.cells.length > 0) sheet.cells = []
  eachLetter(sheet, takeRowLetter)
  if (!(sheet.line > 0 && sheet.line <= sheet.book.limits.lines)) throw new TableTrouble('too-large')
}

function takeRowLetter(sheet: Sheet, letter: number, from: number, to: number) {
  if (letter === letterR) sheet.line = numberBetween(sheet.xml.bytes, from, to)
}

/** Closes the row; true when the batch is full. */
function endRow(sheet: Sheet): boolean {
  const { cells, line, book, rows } = sheet
  if (!sheet.isInRow || cells.length === 0) return false
  sheet.isInRow = false
  if (sheet.fill) sheet.characters += sheet.fill(line, cells)
  rows.push({ line, cells })
  sheet.cells = []
  return rows.length >= book.limits.batchRows || sheet.characters >= book.limits.batchCharacters
}
