/** Text files with columns, as Excel and old programs export them: read in pieces of whole rows, so that memory stays flat.
 *  Guards against a row without an end. */
import papaparse from 'papaparse'
import { findEncoding, type Encoding } from './table-encoding.ts'
import { chunkBytes, TableTrouble, type Limits, type TableHead, type TableRow } from './table-limits.ts'
import type { Source } from './table-xlsx.ts'

type Opened = { head: TableHead; rows: () => AsyncGenerator<TableRow[], void>; bytesTotal: number }

type Parsed = { data: string[][]; errors: { code: string; row: number }[]; meta: { cursor: number } }

const delimiters = [',', ';', '\t', '|']
/** Stands for "no delimiter": a sign no list contains. */
const never = '\u001f'
const sampleBytes = 64 * 1024
const sepLine = /^"?sep=(.)"?(?:\n|$)/i

export async function openCsv(source: Source): Promise<Opened> {
  const { fileBytes, limits } = source
  const encoding = await findEncoding(source.file, fileBytes, source.refuseIfClosed)
  let sample = ''
  for await (const text of readText({ ...source, onRead: () => {} }, encoding)) {
    sample += text
    if (sample.length >= sampleBytes) break
  }
  const isWhole = sample.length < sampleBytes
  if (isWhole && sample.trim() === '') throw new TableTrouble('empty')
  const told = sepLine.exec(sample)
  const delimiter = told ? told[1]! : findDelimiter(told ? sample.slice(sample.indexOf('\n') + 1) : sample, isWhole)
  const linesInSample = sample.split('\n').length - (sample.endsWith('\n') ? 1 : 0)
  const bytesInSample = isWhole
    ? fileBytes
    : encoding.startsWith('utf-16')
      ? sample.length * 2
      : Buffer.byteLength(sample)
  return {
    head: {
      kind: 'csv',
      sheet: null,
      sheets: [],
      encoding,
      delimiter,
      rowsAbout: Math.round((fileBytes / bytesInSample) * linesInSample) - (told ? 1 : 0),
      merges: [],
    },
    bytesTotal: fileBytes,
    rows: () => readRows(source, encoding, delimiter ?? never, told !== null),
  }

  async function* readRows(
    source: Source,
    encoding: Encoding,
    delimiter: string,
    hasSepLine: boolean,
  ): AsyncGenerator<TableRow[], void> {
    const parser = new papaparse.Parser({ delimiter, newline: '\n' })
    let [left, line, isFirst] = ['', 0, hasSepLine]
    let batch: TableRow[] = []
    let characters = 0
    for await (const text of withEnd(readText(source, encoding))) {
      left += text ?? ''
      if (isFirst) left = left.replace(sepLine, '')
      isFirst = false
      const { data, errors, meta } = parser.parse(left, 0, text !== null) as Parsed
      // A quote that is never closed would swallow everybody below it.
      const unclosed = errors.find(({ code }) => code === 'MissingQuotes')
      if (unclosed) throw new TableTrouble('truncated', line + unclosed.row + 1)
      for (const cells of data) {
        if (++line > limits.linesOfText) throw new TableTrouble('too-large', line)
        const row = readCells(cells, line)
        if (row.length === 0) continue
        characters += row.reduce((sum, cell) => sum + cell.length, 0)
        batch.push({ line, cells: row })
        if (batch.length < limits.batchRows && characters < limits.batchCharacters) continue
        yield batch
        batch = []
        characters = 0
      }
      left = left.slice(meta.cursor)
      if (left.length > limits.lineCharacters) throw endless(left, limits, line + 1)
    }
    if (batch.length > 0) yield batch
  }

  function readCells(cells: string[], line: number): string[] {
    if (cells.length > limits.columns) throw new TableTrouble('too-wide', line)
    let last = Math.min(cells.length, limits.keptColumns)
    while (last > 0 && cells[last - 1] === '') last--
    if (cells.length > limits.filledColumns && cells.filter((cell) => cell !== '').length > limits.filledColumns)
      throw new TableTrouble('too-wide', line)
    const row = last === cells.length ? cells : cells.slice(0, last)
    for (let column = 0; column < last; column++) {
      const cell = row[column]!
      if (cell.length > limits.cellCharacters) throw new TableTrouble('too-large', line)
      // ="001085012345" is how programs keep Excel from dropping zeros; a person sees the digits.
      if (cell.startsWith('="')) row[column] = /^="([^"]*)"$/.exec(cell)?.[1] ?? cell
    }
    return row
  }
}

/** What goes on for a million characters has too many columns, or none, or a quote that is never closed. */
function endless(left: string, limits: Limits, line: number): TableTrouble {
  if (left.includes('\n')) return new TableTrouble('truncated', line)
  const isWide = delimiters.some((sign) => left.split(sign, limits.filledColumns + 1).length > limits.filledColumns)
  return new TableTrouble(isWide ? 'too-wide' : 'not-a-table', line)
}

/** The text of the file in pieces, with one kind of line end. */
async function* readText(source: Source, encoding: Encoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding)
  const bytes = Buffer.alloc(chunkBytes)
  let carried = ''
  for (let at = 0; at < source.fileBytes;) {
    source.refuseIfClosed()
    const { bytesRead } = await source.file.read(bytes, 0, Math.min(bytes.length, source.fileBytes - at), at)
    if (bytesRead === 0) throw new TableTrouble('truncated')
    at += bytesRead
    source.onRead(bytesRead)
    const text = carried + decoder.decode(bytes.subarray(0, bytesRead), { stream: at < source.fileBytes })
    carried = text.endsWith('\r') && at < source.fileBytes ? '\r' : ''
    const whole = carried ? text.slice(0, -1) : text
    yield whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole
  }
}

/** The pieces, and then null for the end. */
async function* withEnd(pieces: AsyncGenerator<string, void>): AsyncGenerator<string | null, void> {
  yield* pieces
  yield null
}

/** The delimiter that gives most of the first lines the same number of columns; null when none gives two. */
function findDelimiter(sample: string, isWhole: boolean): string | null {
  const scores = delimiters.map((delimiter) => {
    const parser = new papaparse.Parser({ delimiter, newline: '\n', preview: 50 })
    const { data } = parser.parse(sample, 0, !isWhole) as { data: string[][] }
    const widths = data.filter((cells) => cells.some((cell) => cell.trim() !== '')).map((cells) => cells.length)
    const counts = new Map<number, number>()
    for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1)
    const [width, lines] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
    return { delimiter, score: lines * 1000 + Math.min(width, 999) }
  })
  const best = scores.sort((a, b) => b.score - a.score)[0]!
  return best.score > 0 ? best.delimiter : null
}
