/** Text with commas (RFC 4180) out, as it comes, so that memory stays flat. UTF-8 with a byte order mark, by which Excel knows the
 *  letters. Commas, because programs expect them: whoever opens lists by a double click in an Excel of either habit takes the
 *  workbook. No cell can be run as a formula, nor a piece of one, should a reader split lines at semicolons or tabs. */
import { Readable } from 'node:stream'
import type { Cell } from './excel.ts'

/** Signs that a spreadsheet may take for the beginning of a formula, also in their wide forms. */
const live = /(^|[;,|\t\r\n"])(\s*)([=+@\-\uff1d\uff0b\uff20\uff0d])/g

/** A number that must not lose its zeros or be rounded is text: an apostrophe says so, and our own reader takes it off again. */
const isNumberInName = /^(0\d+|\d{12,})$/

export function writeCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const inert = cell.replace(live, `$1$2'$3`)
  const text = isNumberInName.test(inert) ? `'${inert}` : inert
  return /[",\r\n;\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Title lines, a header, rows. */
export function streamCsv(
  title: readonly string[],
  header: readonly string[],
  rows: AsyncIterable<readonly Cell[]>,
): Readable {
  const lineOf = (cells: readonly Cell[]) => `${cells.map(writeCell).join(',')}\r\n`
  async function* text(): AsyncGenerator<string> {
    yield '\ufeff' + title.map((line) => lineOf([line])).join('') + (title.length > 0 ? '\r\n' : '') + lineOf(header)
    // Some hundred lines a piece: a piece a line costs more than the lines.
    let piece = ''
    for await (const row of rows) {
      piece += lineOf(row)
      if (piece.length < 32_768) continue
      yield piece
      piece = ''
    }
    if (piece) yield piece
  }
  return Readable.from(text(), { objectMode: false })
}
