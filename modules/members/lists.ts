/** Lists as officers have them: pasted from Excel, or attached. Read into rows and checked one by one; nothing is kept. */
import papaparse from 'papaparse'
import { addDays } from '#kernel/day.ts'
import { fold } from '#kernel/fold.ts'
import { sentenceOf } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import { readSheet } from '#platform/excel.ts'
import type { Upload } from '#platform/serve.ts'
import type { PersonEntry } from './contract.ts'
import { faultsOfTwins, readPerson, readSex } from './rules.ts'

type Field = keyof PersonEntry

export const rowsMax = 20_000

/** Folded header words, most telling first. `ho va ten dem` and `ten` may be two columns: they are joined. */
const headers: [Field | 'givenName', RegExp][] = [
  ['identityNumber', /\b(cccd|cmnd|cmt|can cuoc|dinh danh|identity|id number|so giay to)\b/],
  ['birthDate', /\b(ngay sinh|nam sinh|sinh ngay|ngay thang nam sinh|birth|dob|sinh)\b/],
  ['sex', /\b(gioi tinh|phai|sex|gender)\b/],
  ['fullName', /\b(ho va ten|ho ten|ho dem|ho va ten dem|ho va dem|full name|name|ho)\b/],
  ['givenName', /^(ten|given name)$/],
]

export async function readListFile(ctx: Ctx, upload: Upload) {
  const isWorkbook = upload.content.subarray(0, 2).toString('latin1') === 'PK'
  if (!isWorkbook) {
    // Text has no zero bytes; anything else that is no workbook is rubbish.
    if (upload.content.length === 0 || upload.content.subarray(0, 100_000).includes(0))
      throw new Problem('list-unreadable')
    return readPastedList(ctx, upload.content.toString('utf8'))
  }
  const cells = await readSheet(upload.content, rowsMax + 100).catch(() => {
    throw new Problem('list-unreadable')
  })
  return readCells(ctx, cells)
}

export async function readPastedList(ctx: Ctx, text: string) {
  if (hasEndlessLine(text)) throw new Problem('list-unreadable')
  const delimiter = text.includes('\t') ? '\t' : ''
  const parsed = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter,
    skipEmptyLines: 'greedy',
    preview: rowsMax + 100,
  })
  return readCells(ctx, parsed.data)
}

/** A list has short lines; rubbish may be one line of forty megabytes, which would keep everybody waiting. */
function hasEndlessLine(text: string): boolean {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    const next = end < 0 ? text.length : end + 1
    if (next - from > lineMax) return true
    from = next
  }
  return false
}
const lineMax = 20_000
const [cellMax, columnsMax] = [200, 100]

function readCells(ctx: Ctx, cells: string[][]) {
  const filled = cells
    .map((row) => row.slice(0, columnsMax).map((cell) => (cell ?? '').slice(0, cellMax).normalize('NFC').trim()))
    .filter((row) => row.some(Boolean))
  const headerAt = filled.slice(0, 20).findIndex((row) => fieldsOf(row).filter(Boolean).length >= 2)
  const fields = headerAt >= 0 ? fieldsOf(filled[headerAt]!) : guessFields(filled)
  const people = filled.slice(headerAt + 1).flatMap((row) => readRow(row, fields))
  if (people.length === 0) throw new Problem('list-empty')
  if (people.length > rowsMax) throw new Problem('list-too-long', { max: rowsMax })
  const rows = people.map((person, index) => ({ ...person, line: index + 1 }))
  const read = rows.map((row) => readPerson(row, row.line))
  const faults = [
    ...read.flatMap((row) => row.faults),
    ...faultsOfTwins(read.flatMap(({ person }) => (person ? [person] : []))),
  ]
  const header = headerAt >= 0 ? filled[headerAt]! : []
  return {
    rows,
    faults: faults
      .map(({ name, line, facts }) => ({ name, line: line!, title: sentenceOf(ctx.language, name, facts) }))
      .sort((a, b) => a.line - b.line),
    columns: header.map((cell, index) => ({ header: cell, field: fields[index] ?? null })),
  }
}

const fieldsOf = (row: string[]) =>
  row.map((cell) => headers.find(([, pattern]) => pattern.test(fold(cell)))?.[0] ?? null)

/** Without a header: what the cells look like tells the columns. */
function guessFields(rows: string[][]): (Field | 'givenName' | null)[] {
  const sample = rows.slice(0, 30)
  const share = (column: number, test: (cell: string) => boolean) =>
    sample.filter((row) => test(row[column] ?? '')).length / sample.length
  const width = Math.max(0, ...sample.map((row) => row.length))
  return Array.from({ length: width }, (_, column) => {
    if (share(column, (cell) => /^\d{9,12}$/.test(cell.replace(/\s/g, ''))) > 0.5) return 'identityNumber'
    if (share(column, (cell) => /^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$/.test(cell)) > 0.5) return 'birthDate'
    if (share(column, (cell) => readSex(cell) !== null) > 0.5) return 'sex'
    return share(column, (cell) => /\p{L}+\s+\p{L}+/u.test(cell)) > 0.5 ? 'fullName' : null
  })
}

/** Excel shows a day whose cell lost its format as the days since 1900: 33239 is 01/01/1991. */
const dayOfSerial = (cell: string) => (/^\d{5}$/.test(cell) ? addDays('1899-12-30', Number(cell)) : cell)

/** A row that names nobody and has no number is a title, a total or a signature line, not a person. */
function readRow(row: string[], fields: (Field | 'givenName' | null)[]): PersonEntry[] {
  const entry: PersonEntry = { fullName: '', birthDate: '', sex: '', identityNumber: '' }
  fields.forEach((field, index) => {
    const cell = row[index] ?? ''
    if (field === 'givenName') entry.fullName = `${entry.fullName} ${cell}`.trim()
    else if (field && !entry[field]) entry[field] = field === 'birthDate' ? dayOfSerial(cell) : cell
  })
  const isPerson =
    entry.identityNumber !== '' || (entry.fullName !== '' && (entry.birthDate !== '' || entry.sex !== ''))
  return isPerson ? [entry] : []
}
