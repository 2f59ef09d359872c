/** No file hurts the server: it is refused in one word, soon, and in flat memory. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import jszip from 'jszip'
import { afterAll, expect, test } from 'vitest'
import { makeFiles } from '#tests/files.ts'
import { bookOf, oleOf, partsOf, sheetOf, stylesOf, zipOf, type Part } from '#tests/workbooks.ts'
import { openTable, TableTrouble, type Limits } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'table-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'file')

/** How reading ends: rows and characters read, or the trouble. */
async function end(content: Buffer | string, limits?: Partial<Limits>) {
  writeFileSync(path, content)
  let [rows, largest] = [0, 0]
  try {
    const table = await openTable(path, { limits })
    try {
      for await (const batch of table.rows()) {
        rows += batch.length
        const characters = batch.reduce((sum, row) => sum + row.cells.reduce((all, cell) => all + cell.length, 0), 0)
        largest = Math.max(largest, characters)
      }
    } finally {
      await table.close()
    }
    return { rows, largest, trouble: null }
  } catch (error) {
    if (!(error instanceof TableTrouble)) throw error
    return { rows, largest, trouble: error.trouble }
  }
}
const troubleOf = async (content: Buffer | string, limits?: Partial<Limits>) => (await end(content, limits)).trouble

/** Runs and tells by how many megabytes the peak of the process grew, and how long it took. */
async function costOf<Result>(run: () => Promise<Result>) {
  const [before, start] = [process.memoryUsage.rss(), performance.now()]
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const result = await run()
  clearInterval(timer)
  return {
    result,
    megabytes: (Math.max(peak, process.memoryUsage.rss()) - before) / 1e6,
    seconds: (performance.now() - start) / 1000,
  }
}

const simple = { sheets: [{ name: 'A', xml: sheetOf([['An', 1]]) }] }
const change = (name: string, how: (part: Part) => Partial<Part>, book = simple) =>
  zipOf(partsOf(book).map((part) => (part.name === name ? { ...part, ...how(part) } : part)))
const sheetName = 'xl/worksheets/sheet1.xml'

/** Deflated content that repeats a piece many times, without ever standing unpacked in memory. */
function repeated(before: string, piece: Buffer | string, times: number, after: string) {
  const flush = (content: Buffer | string) => deflateRawSync(content, { finishFlush: constants.Z_FULL_FLUSH })
  const packed = flush(piece)
  const bytes = Buffer.byteLength(before) + Buffer.byteLength(piece as string) * times + Buffer.byteLength(after)
  return {
    content: Buffer.concat([flush(before), ...Array<Buffer>(times).fill(packed), deflateRawSync(after)]),
    packed: { bytes, crc: 0 },
  }
}

test('what is no list is told apart by its content', async () => {
  const word = await new jszip()
    .file('word/document.xml', '<w/>')
    .file('[Content_Types].xml', '<T/>')
    .generateAsync({ type: 'nodebuffer' })
  const seen: [Buffer | string, string][] = [
    ['', 'empty'],
    [' \r\n\r\n', 'empty'],
    [Buffer.alloc(100_000), 'truncated'],
    [`a,b\n${'1,2\n'.repeat(100_000)}${'\0'.repeat(100_000)}`, 'truncated'],
    [Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj, 2'), 'not-a-table'],
    [Buffer.from('ffd8ffe000104a46494600010100', 'hex'), 'not-a-table'],
    [Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)), 'not-a-table'],
    [word, 'not-a-table'],
    ['<html><body><table><tr><td>An</td></tr></table>', 'old-excel'],
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'old-excel'],
    ['<!DOCTYPE html><p>An, Bình</p>', 'not-a-table'],
    [oleOf(['EncryptionInfo', 'EncryptedPackage']), 'password-protected'],
    [oleOf(['Workbook']), 'old-excel'],
    [oleOf(['WordDocument']), 'not-a-table'],
    [zipOf([...partsOf(simple), { name: 'xl/workbook.bin', content: 'x' }]), 'old-excel'],
    [Buffer.from('PK\x03\x04'), 'truncated'],
  ]
  for (const [content, trouble] of seen)
    expect([content.slice(0, 20), await troubleOf(content)]).toEqual([content.slice(0, 20), trouble])
})

test('a file cut anywhere is truncated, never read as if it were whole', async () => {
  const made = Buffer.from(
    await writeXlsx({
      sheets: [{ name: 'A', rows: Array.from({ length: 400 }, (_, line) => [line, `Người ${line * 7919}`]) }],
    }),
  )
  for (const whole of [made, makeFiles()['title-rows.xlsx']!])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: whole.length - 1 }), async (length) => {
        expect(await troubleOf(whole.subarray(0, length))).toBe('truncated')
      }),
      { numRuns: 60 },
    )
})

test('a file with damaged bytes is read or refused: nothing else happens', async () => {
  const made = Buffer.from(
    await writeXlsx({
      sheets: [{ name: 'A', rows: Array.from({ length: 50 }, (_, line) => [line, `Người ${line}`]) }],
    }),
  )
  const files = [
    made,
    bookOf({ ...simple, shared: '<si><t>a</t></si>' }),
    Buffer.from('a,"b"\r\nĐặng,2\r\n'.repeat(40)),
    makeFiles()['utf16.csv']!,
  ]
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(change, { minLength: 1, maxLength: 12 }),
      async (file, changes) => {
        const content = Buffer.from(file)
        for (const [at, byte] of changes) content[Math.floor(at * (content.length - 1))] = byte
        await end(content)
      },
    ),
    { numRuns: 250 },
  )
})

test('XML that is not what it should be is read or refused: nothing else happens', async () => {
  const sheet = sheetOf(
    [
      ['An', 1, { number: 31121, style: 1 }],
      [{ xml: '<c r="REF" t="s"><v>0</v></c>' }, 'x'],
    ],
    ['A1:B2', 'C1:C9'],
  )
  const parts = partsOf({
    sheets: [{ name: 'A', xml: sheet }],
    shared: '<si><t>a&amp;</t></si>',
    styles: stylesOf(['dd/mm/yyyy']),
  })
  const piece = fc.constantFrom(
    ...'<>/"\'=&;!?[]-:',
    '<c ',
    '</row>',
    '<![CDATA[',
    '<!--',
    '-->',
    '\0',
    '9',
    '</sheetData>',
    '<v>',
    '\xff',
  )
  const change = fc.record({ part: fc.nat(parts.length - 1), at: fc.nat(2000), cut: fc.nat(12), piece })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const changed = parts.map((part) => ({ ...part, content: String(part.content) }))
      for (const { part, at, cut, piece } of changes) {
        const { content } = changed[part]!
        const from = at % content.length
        changed[part]!.content = content.slice(0, from) + piece + content.slice(from + cut)
      }
      await end(zipOf(changed))
    }),
    { numRuns: 250 },
  )
})

test('a bomb is refused by what it says, and by what it does when it lies', async () => {
  const zeros = repeated('', Buffer.alloc(1_000_000), 3000, '')
  const rows = repeated(
    '<worksheet><sheetData>',
    '<row><c><v>1</v></c></row>'.repeat(40_000),
    2500,
    '</sheetData></worksheet>',
  )
  const spaces = repeated(
    '<worksheet><sheetData><row><c><v>1</v></c></row>',
    ' '.repeat(1_000_000),
    2400,
    '</sheetData></worksheet>',
  )
  const blank = repeated(
    '<worksheet><sheetData><row><c><v>1</v></c></row>',
    '<row/>'.repeat(100_000),
    400,
    '</sheetData></worksheet>',
  )
  const seen: [ReturnType<typeof repeated>, Part['claims'], string][] = [
    [zeros, undefined, 'unpacks-too-large'],
    [zeros, { bytes: 100_000_000 }, 'unpacks-too-large'],
    [rows, { bytes: 1000 }, 'unpacks-too-large'],
    [rows, undefined, 'unpacks-too-large'],
    [spaces, undefined, 'not-a-table'],
    [blank, undefined, 'too-large'],
  ]
  for (const [part, claims, trouble] of seen) {
    const file = change(sheetName, () => ({ ...part, claims }))
    const { result, megabytes, seconds } = await costOf(() => end(file))
    expect(result.trouble).toBe(trouble)
    expect(seconds).toBeLessThan(15)
    expect(megabytes).toBeLessThan(150)
  }
})

test('strings that would fill the memory are refused; one string shown a million times is handed out in small batches', async () => {
  const long = `<si><t>${'A'.repeat(32_000)}</t></si>`
  const many = change('xl/sharedStrings.xml', () => repeated('<sst>', long.repeat(30), 80, '</sst>'))
  const { result, megabytes } = await costOf(() => end(many, { stringsHeldBytes: 50_000_000 }))
  expect(result.trouble).toBe('too-large')
  expect(megabytes).toBeLessThan(150)
  const tooMany = repeated('<sst>', long.repeat(30), 800, '</sst>')
  expect(await troubleOf(change('xl/sharedStrings.xml', () => tooMany))).toBe('unpacks-too-large')

  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(150)}</row>`
  const shown = bookOf({ sheets: [{ name: 'A', xml: sheetOf(row.repeat(2000)) }], shared: long, isPacked: true })
  const cost = await costOf(() => end(shown, { sheetBytes: 100_000_000 }))
  expect(cost.result.trouble).toBe('unpacks-too-large')
  expect(cost.result.largest).toBeLessThan(10_000_000)
  expect(cost.megabytes).toBeLessThan(150)
  const merges = Array.from({ length: 200 }, (_, column) => `A1:A${1_000_000 + column}`)
  const covered = sheetOf(`<row><c t="s"><v>0</v></c></row>${'<row><c r="B1"><v>1</v></c></row>'.repeat(5000)}`, merges)
  expect(
    await troubleOf(bookOf({ sheets: [{ name: 'A', xml: covered }], shared: long }), { sheetBytes: 100_000_000 }),
  ).toBe('unpacks-too-large')
})

test('a cell, a tag, a row or a list of parts without an end is refused', async () => {
  const cell = (inside: string) => bookOf({ sheets: [{ name: 'A', xml: sheetOf(inside) }], isPacked: true })
  expect(await troubleOf(cell(`<row><c t="inlineStr"><is><t>${'a'.repeat(32_768)}</t></is></c></row>`))).toBe(
    'too-large',
  )
  expect(await troubleOf(cell(`<row><c t="inlineStr"><is>${'<t>aaaaaaaa</t>'.repeat(5000)}</is></c></row>`))).toBe(
    'too-large',
  )
  expect(await troubleOf(cell(`<row><c t="inlineStr"><is><t>${'a'.repeat(32_767)}</t></is></c></row>`))).toBe(null)
  expect(await troubleOf(cell(`<row><c t="str"><v>${'a'.repeat(2_000_000)}</v></c></row>`))).toBe('not-a-table')
  expect(await troubleOf(cell(`<row><c t="${'a'.repeat(2_000_000)}"><v>1</v></c></row>`))).toBe('not-a-table')
  expect(await troubleOf(cell(`<row><c><v>1</v></c>${'<c/>'.repeat(16_384)}</row>`))).toBe('too-wide')
  expect(await troubleOf(cell('<row r="1048577"><c><v>1</v></c></row>'))).toBe('too-large')
  expect(await troubleOf(cell('<row r="99999999999999999999999"><c><v>1</v></c></row>'))).toBe('too-large')
  expect(await troubleOf(cell('<row><c t="s"><v>5</v></c></row>'))).toBe('truncated')
  expect(
    await troubleOf(bookOf({ sheets: [{ name: 'A', xml: '<worksheet><sheetData><row><c><v>1</v></c></row>' }] })),
  ).toBe('truncated')
  const sheets = Array.from({ length: 1001 }, () => simple.sheets[0]!)
  expect(await troubleOf(bookOf({ sheets }))).toBe('too-large')
  const styles = `<styleSheet><cellXfs>${'<xf/>'.repeat(70_001)}</cellXfs></styleSheet>`
  expect(await troubleOf(bookOf({ ...simple, styles }))).toBe('too-large')
  const parts = Array.from({ length: 10_001 }, (_, index) => ({ name: `xl/media/${index}`, content: '' }))
  expect(await troubleOf(zipOf([...partsOf(simple), ...parts]))).toBe('too-large')
  const merges = Array.from({ length: 100_001 }, (_, index) => `A${index * 2 + 1}:A${index * 2 + 2}`)
  writeFileSync(path, bookOf({ sheets: [{ name: 'A', xml: sheetOf([['An']], merges) }] }))
  const table = await openTable(path)
  await table.close()
  expect(table.head.merges).toBe('not-read')
})

test('entities of a document type are not expanded, wherever it stands', async () => {
  const type = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
  for (const name of [sheetName, 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/styles.xml', '_rels/.rels'])
    expect([name, await troubleOf(change(name, (part) => ({ content: `${type}${String(part.content)}` })))]).toEqual([
      name,
      'not-a-table',
    ])
  expect(await troubleOf(bookOf({ sheets: [{ name: 'A', xml: `${type}${sheetOf([['&b;']])}` }] }))).toBe('not-a-table')
})

test('entries that lie over one another, that are there twice, or that are locked, are refused', async () => {
  expect(await troubleOf(change(sheetName, () => ({ claims: { at: 0 } })))).toBe('not-a-table')
  expect(await troubleOf(zipOf([...partsOf(simple), { name: 'XL/worksheets/Sheet1.xml', content: 'x' }]))).toBe(
    'not-a-table',
  )
  expect(await troubleOf(change(sheetName, () => ({ claims: { bytes: 100_000 } })))).toBe('truncated')
  expect(await troubleOf(change(sheetName, () => ({ claims: { bytes: 10 } })))).toBe('unpacks-too-large')
  const wrongSum = change(sheetName, ({ content }) => ({ content: Buffer.from(content as string), packed: undefined }))
  const at = wrongSum.indexOf('<v>1</v>')
  wrongSum.write('<v>2</v>', at)
  expect(await troubleOf(wrongSum)).toBe('truncated')
  const locked = bookOf(simple)
  for (let from = locked.indexOf('PK\x01\x02'); from >= 0; from = locked.indexOf('PK\x01\x02', from + 4))
    locked[from + 8]! |= 1
  expect(await troubleOf(locked)).toBe('password-protected')
})

test('a row of a text file without an end is refused, in flat memory', async () => {
  for (const [piece, trouble] of [
    ['x', 'not-a-table'],
    ['1,', 'too-wide'],
    ['"a', 'not-a-table'],
    ['",', 'too-wide'],
  ] as const) {
    const content = Buffer.alloc(40_000_000, piece)
    const { result, megabytes, seconds } = await costOf(() => end(content))
    expect([piece, result.trouble]).toEqual([piece, trouble])
    expect(seconds).toBeLessThan(10)
    expect(megabytes).toBeLessThan(150)
  }
  expect(await troubleOf(`a,b\n1,"${'x'.repeat(40_000)}"\n`)).toBe('too-large')
  for (const times of [3, 1_000_000])
    expect(await troubleOf(`a,b\n1,"never closed\n${'1,2\n'.repeat(times)}`)).toBe('truncated')
  expect(await troubleOf('a,b\n', { fileBytes: 3 })).toBe('too-large')
})

test('the sum every part comes with is checked, and reading twice costs no second look at the strings', async () => {
  const content = bookOf({ ...simple, shared: '<si><t>a</t></si>', isPacked: true })
  writeFileSync(path, content)
  expect(crc32(readFileSync(path))).toBe(crc32(content))
  const table = await openTable(path)
  for (const _ of [1, 2])
    for await (const batch of table.rows()) expect(batch).toEqual([{ line: 1, cells: ['An', '1'] }])
  expect(table.bytesRead()).toBe(table.bytesTotal)
  await table.close()
})
