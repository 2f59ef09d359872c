/** Lists as officers have them: pasted from Excel, or attached. Read into rows and checked one by one; nothing is kept. */
import papaparse from 'papaparse'
import { addDays } from '#kernel/day.ts'
import { recogniseLegacy } from '#kernel/legacy.ts'
import { sentenceOf } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import { readSheet } from '#platform/excel.ts'
import type { Upload } from '#platform/serve.ts'
import type { PersonEntry } from './contract.ts'
import { recogniseHeader } from './header.ts'
import { decoderOf } from './import/staging.ts'
import { readCells, type RawPerson } from './rows.ts'
import { faultsOfTwins, readPerson } from './rules.ts'

export const rowsMax = 20_000

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
  return readTable(ctx, cells)
}

export async function readPastedList(ctx: Ctx, text: string) {
  if (hasEndlessLine(text)) throw new Problem('list-unreadable')
  const delimiter = text.includes('\t') ? '\t' : ''
  const parsed = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter,
    skipEmptyLines: 'greedy',
    preview: rowsMax + 100,
  })
  return readTable(ctx, parsed.data)
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
const [cellMax, columnsMax] = [200, 200]

/** Recognised and read as an import is; whoever is named comes back as typed, a day in the form the register keeps. */
function readTable(ctx: Ctx, cells: string[][]) {
  const filled = cells
    .map((row) => row.slice(0, columnsMax).map((cell) => (cell ?? '').slice(0, cellMax).normalize('NFC').trim()))
    .filter((row) => row.some(Boolean))
  const decode = decoderOf(recogniseLegacy(filled.slice(0, 400).flat()))
  const { columns, dataFrom } = recogniseHeader(filled)
  const people = filled.slice(dataFrom).flatMap((row) => entryOf(readCells(row.map(decode), columns)))
  if (people.length === 0) throw new Problem('list-empty')
  if (people.length > rowsMax) throw new Problem('list-too-long', { max: rowsMax })
  const rows = people.map((person, index) => ({ ...person, line: index + 1 }))
  const read = rows.map((row) => readPerson(row, row.line))
  const faults = [
    ...read.flatMap((row) => row.faults),
    ...faultsOfTwins(read.flatMap(({ person }) => (person ? [person] : []))),
  ]
  return {
    rows,
    faults: faults
      .map(({ name, line, facts }) => ({ name, line: line!, title: sentenceOf(ctx.language, name, facts) }))
      .sort((a, b) => a.line - b.line),
    columns: columns.filter(({ header }) => header !== '').map(({ header, field }) => ({ header, field })),
  }
}

/** Excel shows a day whose cell lost its format as the days since 1900: 33239 is 01/01/1991. */
const dayOfSerial = (cell: string) => (/^\d{5}$/.test(cell) ? addDays('1899-12-30', Number(cell)) : cell)

/** A name alone is no entry: it may be any line of a letter. */
const entryOf = (typed: RawPerson | null): PersonEntry[] =>
  typed && (typed.identityNumber || typed.birthDate || typed.sex)
    ? [
        {
          fullName: typed.fullName ?? '',
          birthDate: dayOfSerial(typed.birthDate ?? ''),
          sex: typed.sex ?? '',
          identityNumber: typed.identityNumber ?? '',
        },
      ]
    : []
