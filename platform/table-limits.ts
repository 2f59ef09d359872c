/** Tables: what a file may be and how large it may grow before we stop believing it. Guards the server's memory: every
 *  number here is a ceiling somebody hostile will try to reach. */
const troubles = [
  'not-a-table',
  'password-protected',
  'old-excel',
  'empty',
  'truncated',
  'too-wide',
  'too-large',
  'unpacks-too-large',
] as const
export type Trouble = (typeof troubles)[number]

/** Why a file cannot be read, in one word that a catalogue can say to a person; the line where it was met, if known. */
export class TableTrouble extends Error {
  readonly trouble: Trouble
  readonly line: number | null
  constructor(trouble: Trouble, line: number | null = null) {
    super(line === null ? trouble : `${trouble} at line ${line}`)
    this.name = 'TableTrouble'
    this.trouble = trouble
    this.line = line
  }
}

/** The text a person sees in the cell; not yet brought to NFC. */
export type TableCell = string
/** `line` is the number of the row in the sheet, from 1; empty cells at the end are cut, empty rows are left out. */
export type TableRow = { line: number; cells: TableCell[] }
/** A merged region; lines from 1, columns from 0, ends included. */
export type Merge = { fromLine: number; toLine: number; fromColumn: number; toColumn: number }

export type TableHead = {
  kind: 'xlsx' | 'csv'
  sheet: string | null
  /** The sheets a person sees as tabs; hidden ones are not told. */
  sheets: string[]
  encoding: string
  delimiter: string | null
  rowsAbout: number | null
  /** Regions that begin in the first lines; `not-read` when the sheet is too large to be looked through first. */
  merges: Merge[] | 'not-read'
}

export type Table = {
  head: TableHead
  /** Rows in batches, from the start each time it is called. */
  rows: () => AsyncIterable<TableRow[]>
  bytesRead: () => number
  bytesTotal: number
  /** Stops whoever is still reading (they meet an AbortError) and gives the file back. */
  close: () => Promise<void>
}

export const defaultLimits = {
  fileBytes: 1_000_000_000,
  sheetBytes: 2_500_000_000,
  stringsBytes: 700_000_000,
  /** Text of shared strings kept in memory; four million names and addresses take about half of it. */
  stringsHeldBytes: 256_000_000,
  /** workbook.xml, its relations and styles.xml, each. */
  partBytes: 32_000_000,
  entries: 10_000,
  sheets: 1_000,
  styles: 70_000,
  cellCharacters: 32_767,
  /** One row of a text file. */
  lineCharacters: 1_000_000,
  lines: 1_048_576,
  linesOfText: 20_000_000,
  columns: 16_384,
  filledColumns: 400,
  keptColumns: 200,
  batchRows: 2_000,
  batchCharacters: 2_000_000,
  /** Merges stand after the rows: a sheet that unpacks to more is not looked through for them. */
  mergesReadBelow: 60_000_000,
  merges: 100_000,
  /** A merge is repeated across its columns only this far down, where headers stand. */
  headerLines: 40,
}
export type Limits = typeof defaultLimits

export const chunkBytes = 256 * 1024

/** Reading was stopped by whoever opened the table; not the file's fault, so not a trouble. */
export function stopped(): Error {
  const error = new Error('the table was closed while it was being read')
  error.name = 'AbortError'
  return error
}
