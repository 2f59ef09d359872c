/** What a person sees in a list is what the reader gives, whichever program wrote the file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { streamXlsxRows, writeXlsx } from 'hucre/xlsx'
import { afterAll, expect, test } from 'vitest'
import { bookOf, escapeXml, partsOf, sheetOf, stylesOf, zipOf, type CellOf } from '#tests/workbooks.ts'
import { openTable, type Limits, type TableRow } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'table-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

const pathOf = (content: Buffer | string) => {
  const path = join(folder, String(files++))
  writeFileSync(path, content)
  return path
}

async function read(content: Buffer | string, options?: { sheet?: string; limits?: Partial<Limits> }) {
  const table = await openTable(pathOf(content), options)
  const rows: TableRow[] = []
  try {
    for await (const batch of table.rows()) rows.push(...batch)
  } finally {
    await table.close()
  }
  return { ...table, rows, cells: rows.map((row) => row.cells) }
}

const one = (cell: CellOf, formats: (number | string)[] = [], is1904 = false) =>
  bookOf({ sheets: [{ name: 'A', xml: sheetOf([[cell]]) }], styles: stylesOf(formats), is1904 })
const shown = async (number: number | string, format: number | string, is1904 = false) =>
  (await read(one({ number, style: 1 }, [format], is1904))).cells[0]?.[0]

test('a number is read as a person sees it', async () => {
  const seen: [number | string, number | string, string][] = [
    ['1.2345678901E+10', 0, '12345678901'],
    ['1.2E+11', 0, '120000000000'],
    ['1085012345', '000000000000', '001085012345'],
    ['1085012345', '000000000000;@', '001085012345'],
    [912345678, '"0"#########', '0912345678'],
    [912345678, '0000\\ 000\\ 000', '0912 345 678'],
    [912345678, '\\0#########', '0912345678'],
    [5, '00', '05'],
    ['0.1', 0, '0.1'],
    ['0.30000000000000004', 0, '0.3'],
    ['1.5E-7', 0, '0.00000015'],
    [-12, 0, '-12'],
    ['007', 0, '7'],
    [1234567, '#,##0', '1234567'],
    [1234567, '#,##0\\ "đ"', '1234567'],
    [1234567, '#,##0 VND', '1234567'],
    [35, '0 "tuổi"', '35'],
    [0.5, '0%', '0.5'],
    [85012345, '@', '85012345'],
    [12, '# ##0', '12'],
  ]
  for (const [number, format, text] of seen)
    expect([number, format, await shown(number, format)]).toEqual([number, format, text])
})

test('a day is read by the format of its cell, in both calendars Excel counts by', async () => {
  const seen: [number | string, number | string, string][] = [
    [31121, 14, '15/03/1985'],
    [31121.75, 22, '15/03/1985'],
    [31121, 15, '15/03/1985'],
    [31121, '[$-42A]dd/mm/yyyy;@', '15/03/1985'],
    [31121, '[$-1010000]d/m/yyyy', '15/03/1985'],
    [31121, '"ngày" dd "tháng" mm "năm" yyyy', '15/03/1985'],
    [31121, 'yyyy\\-mm\\-dd hh:mm:ss.000', '15/03/1985'],
    [31121, '[Red]dd/mm/yy', '15/03/1985'],
    [1, 14, '01/01/1900'],
    [59, 14, '28/02/1900'],
    [60, 14, '29/02/1900'],
    [61, 14, '01/03/1900'],
    [2958465, 14, '31/12/9999'],
    [85012345678, 14, '85012345678'],
    [-1, 14, '-1'],
    [0.5, 'h:mm', '12:00'],
    [0.75, 21, '18:00'],
    // A month typed without a day, and a day whose format hides it.
    [31107, 17, '03/1985'],
    [31121, 17, '15/03/1985'],
    [31048, 'yyyy', '1985'],
    [31121, 'yyyy', '15/03/1985'],
    [31121, '0', '31121'],
    [31121, '"d"0', '31121'],
  ]
  for (const [number, format, text] of seen)
    expect([number, format, await shown(number, format)]).toEqual([number, format, text])
  expect(await shown(0, 14, true)).toBe('01/01/1904')
  expect(await shown(31121 - 1462, 14, true)).toBe('15/03/1985')
})

test('text is read wherever it stands: shared, in the cell, rich, by a formula, escaped', async () => {
  const cells = [
    '<c r="A1" t="s"><v>0</v></c>',
    '<c r="B1" t="s"><v> 1 </v></c>',
    '<c r="C1" t="inlineStr"><is><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Văn A</t></r></is></c>',
    '<c r="D1" t="str"><f>A1&amp;"&lt;"</f><v>a&lt;b</v></c>',
    '<c r="E1" t="b"><v>1</v></c>',
    '<c r="F1" t="e"><v>#N/A</v></c>',
    '<c r="G1" t="inlineStr"><is><t>a_x000D_\nb_x005F_x000D_</t></is></c>',
    '<c r="H1" t="inlineStr"><is><t>&#x1ECD;&#7885;&amp;amp;&apos;</t></is></c>',
    '<c r="I1" t="inlineStr"><is><t><![CDATA[<b>&amp;]]></t></is></c>',
    '<c r="J1" t="d"><v>1985-03-15T00:00:00</v></c>',
    "<c r='K1' t='s' ><v>2</v></c>",
    '<c t="n"><v>12</v></c>',
    '<c r="N1" s="0"/>',
  ].join('')
  const shared = `<si><t>Trần</t></si><si><r><t xml:space="preserve">Lê </t></r><r><t>Bình</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si><si><t/></si>`
  const { cells: rows } = await read(
    bookOf({ sheets: [{ name: 'A', xml: sheetOf(`<!-- note --><row r="1">${cells}</row>`) }], shared }),
  )
  expect(rows).toEqual([
    [
      'Trần',
      'Lê Bình',
      'Nguyễn Văn A',
      'a<b',
      'TRUE',
      '',
      'a\nb_x000D_',
      "ọọ&amp;'",
      '<b>&amp;',
      '15/03/1985',
      '',
      '12',
    ],
  ])
})

test('names with a prefix and attributes in any order are the same names', async () => {
  const xml = `<x:worksheet xmlns:x="m"><x:dimension ref="A1"/><x:sheetData><x:row spans="1:2" r="3"><x:c t="inlineStr" s="0" r="B3"><x:is><x:t>An</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`
  const { rows } = await read(bookOf({ sheets: [{ name: 'A', xml }] }))
  expect(rows).toEqual([
    { line: 3, cells: ['', 'An'] },
    { line: 4, cells: ['7'] },
  ])
})

test('the first sheet with rows that a person can see is read, or the one asked for', async () => {
  const [empty, first, second] = [
    sheetOf('<row r="1"><c r="A1" s="1"/></row>'),
    sheetOf([['first']]),
    sheetOf([['second']]),
  ]
  const book = bookOf({
    sheets: [
      { name: 'Ẩn', xml: sheetOf([['hidden']]), state: 'hidden' },
      { name: 'Rất ẩn', xml: sheetOf([['hidden']]), state: 'veryHidden' },
      { name: 'Trống', xml: empty },
      { name: 'Một &amp; hai', xml: first, target: '/xl/worksheets/sheet4.xml' },
      { name: 'Ba', xml: second, target: 'xl\\Odd%20place/../odd/s.XML', path: 'XL/odd/s.xml' },
    ],
  })
  const byDefault = await read(book)
  expect(byDefault.cells).toEqual([['first']])
  expect(byDefault.head).toMatchObject({ sheet: 'Một & hai', sheets: ['Trống', 'Một & hai', 'Ba'], kind: 'xlsx' })
  expect((await read(book, { sheet: 'Ba' })).cells).toEqual([['second']])
  await expect(read(book, { sheet: 'Ẩn' })).rejects.toMatchObject({ trouble: 'empty' })
  await expect(read(bookOf({ sheets: [{ name: 'A', xml: empty }] }))).rejects.toMatchObject({ trouble: 'empty' })
})

test('empty rows are left out and lines keep their numbers', async () => {
  const { rows, head } = await read(
    bookOf({ sheets: [{ name: 'A', xml: sheetOf([[], ['a', null, 'c', ''], [], [null, null], ['b']]) }] }),
  )
  expect(rows).toEqual([
    { line: 2, cells: ['a', '', 'c'] },
    { line: 5, cells: ['b'] },
  ])
  expect(head.rowsAbout).toBe(3)
  expect((await read('a,b\r\n\r\n,,\r\n"c\r\nd",e,,\r\nf')).rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 4, cells: ['c\nd', 'e'] },
    { line: 5, cells: ['f'] },
  ])
})

test('a merge is repeated across and down among headers, and down over the rows below', async () => {
  const people = Array.from({ length: 60 }, (_, index): CellOf[] => [
    index === 0 ? 'Công ty' : null,
    `Người ${index}`,
    index === 50 ? 'x' : null,
  ])
  const rows: CellOf[][] = [['Đơn vị', 'Ngày sinh', null, null], [null, 'Ngày', 'Tháng', 'Năm'], ...people]
  const book = bookOf({
    sheets: [{ name: 'A', xml: sheetOf(rows, ['B1:D1', 'A1:A2', 'A3:A62', 'C53:E53', 'A60000:B1048576']) }],
  })
  const { cells, head } = await read(book)
  expect(cells[0]).toEqual(['Đơn vị', 'Ngày sinh', 'Ngày sinh', 'Ngày sinh'])
  expect(cells[1]).toEqual(['Đơn vị', 'Ngày', 'Tháng', 'Năm'])
  expect(cells.slice(2).map((row) => row[0])).toEqual(Array(60).fill('Công ty'))
  expect(cells[52]).toEqual(['Công ty', 'Người 50', 'x'])
  expect(head.merges).toEqual([
    { fromLine: 1, toLine: 2, fromColumn: 0, toColumn: 0 },
    { fromLine: 1, toLine: 1, fromColumn: 1, toColumn: 3 },
    { fromLine: 3, toLine: 62, fromColumn: 0, toColumn: 0 },
  ])
  const unread = await read(book, { limits: { mergesReadBelow: 100 } })
  expect(unread.head.merges).toBe('not-read')
  expect(unread.cells[0]).toEqual(['Đơn vị', 'Ngày sinh'])
  expect(unread.cells[3]).toEqual(['', 'Người 1'])
})

test('two hundred columns are kept; more than four hundred filled ones are no list', async () => {
  const wide = (count: number, every = 1) =>
    Array.from({ length: count }, (_, index) => (index % every === 0 ? index + 1 : null))
  const book = (cells: CellOf[]) => bookOf({ sheets: [{ name: 'A', xml: sheetOf([['head'], cells]) }] })
  expect((await read(book(wide(400)))).cells[1]).toHaveLength(200)
  expect((await read(book(wide(16_384, 60)))).cells[1]).toHaveLength(181)
  await expect(read(book(wide(401)))).rejects.toMatchObject({ trouble: 'too-wide', line: 2 })
  await expect(read(book(wide(16_384)))).rejects.toMatchObject({ trouble: 'too-wide', line: 2 })
  await expect(read(book([{ xml: '<c r="XFE2"><v>1</v></c>' }]))).rejects.toMatchObject({ trouble: 'too-wide' })
  expect((await read(`a\n${wide(400).join(',')}`)).cells[1]).toHaveLength(200)
  await expect(read(`a\n${wide(401).join(',')}`)).rejects.toMatchObject({ trouble: 'too-wide', line: 2 })
})

test('an ordinary workbook is read as the library reads it', async () => {
  const word = fc.string({ unit: fc.constantFrom(...'aăâđêôơưạ ễ&<>"\'_\n0x;ABCDF🙂'), minLength: 1, maxLength: 30 })
  const day = fc
    .integer({ min: 1, max: 73_000 })
    .map((serial) => new Date(Date.UTC(1900, 2, 1) + (serial - 1) * 86_400_000))
  const cell = fc.oneof(word, fc.integer(), fc.integer({ min: 1e9, max: 1e12 }), day, fc.boolean(), fc.constant(null))
  const dayOf = (date: Date) => date.toISOString().slice(0, 10).split('-').reverse().join('/')
  const textOf = (value: unknown) =>
    value instanceof Date
      ? dayOf(value)
      : typeof value === 'boolean'
        ? String(value).toUpperCase()
        : `${(value ?? '') as string | number}`
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { minLength: 1, maxLength: 30 }), async (rows) => {
      const content = Buffer.from(await writeXlsx({ sheets: [{ name: 'A', rows: [['head'], ...rows] }] }))
      const theirs: string[][] = []
      for await (const row of streamXlsxRows(content)) {
        const cells = row.values.map(textOf)
        while (cells.at(-1) === '') cells.pop()
        if (cells.length > 0) theirs.push(cells)
      }
      expect((await read(content)).cells).toEqual(theirs)
    }),
    { numRuns: 60 },
  )
})

test('a long sheet loses nothing where its chunks meet, and progress ends at the whole', async () => {
  const lines = 60_000
  const name = (line: number) => `Nguyễn Thị ${'ấ'.repeat(line % 23)} & ${line}`
  const shared = Array.from({ length: lines }, (_, line) => `<si><t>${escapeXml(name(line))}</t></si>`).join('')
  const xml = Array.from(
    { length: lines },
    (_, line) =>
      `<row r="${line + 1}"><c r="A${line + 1}" t="s"><v>${lines - 1 - line}</v></c><c r="B${line + 1}" t="inlineStr"><is><t>${escapeXml(name(line))}</t></is></c><c r="C${line + 1}"><v>${line}</v></c></row>`,
  ).join('')
  const table = await openTable(
    pathOf(bookOf({ sheets: [{ name: 'A', xml: sheetOf(xml, ['D1:D2']) }], shared, isPacked: true })),
  )
  for (const _ of ['first', 'again']) {
    let line = 0
    for await (const batch of table.rows()) {
      expect(batch.length).toBeLessThanOrEqual(2000)
      for (const row of batch) {
        const wanted = [name(lines - 1 - line), name(line), String(line)]
        if (row.cells.join('|') !== wanted.join('|')) expect(row.cells).toEqual(wanted)
        if (row.line !== ++line) expect(row.line).toBe(line)
      }
    }
    expect(line).toBe(lines)
    expect(table.bytesRead()).toBe(table.bytesTotal)
  }
  await table.close()
})

test('archives of the long form, as Excel writes large sheets, are read', async () => {
  const parts = partsOf({ sheets: [{ name: 'A', xml: sheetOf([['An', 1]]) }], isPacked: true })
  expect((await read(zipOf(parts, { isLong: true }))).cells).toEqual([['An', '1']])
})

const accents = 'Đặng Thị Ngọc Ánh,Huỳnh Mỹ Duyên,Trần Văn Dũng,Lê Quốc Việt\n'

test('the letters of a text file are told by its bytes', async () => {
  const names = accents.trim().split(',')
  const of = async (content: Buffer) => {
    const { head, cells } = await read(content)
    return [head.encoding, cells[0]!.map((cell) => cell.normalize('NFC'))]
  }
  expect(await of(Buffer.from(accents))).toEqual(['utf-8', names])
  expect(await of(Buffer.from(`\ufeff${accents}`))).toEqual(['utf-8', names])
  expect(await of(Buffer.from(`\ufeff${accents}`, 'utf16le'))).toEqual(['utf-16le', names])
  expect(await of(Buffer.from(`\ufeff${accents}`, 'utf16le').swap16())).toEqual(['utf-16be', names])
  const digits = '1,001085012345,0912345678\n2,034190004567,0987654321\n'
  expect((await read(Buffer.from(digits, 'utf16le'))).head.encoding).toBe('utf-16le')
  expect((await read(Buffer.from(digits, 'utf16le').swap16())).cells[1]).toEqual(['2', '034190004567', '0987654321'])
  const toneBehindVowel = Buffer.from('\xd0\xe3\xf2ng Thi\xf2 Ngo\xf2c,Huy\xccnh,Tr\xe2\xccn\n', 'latin1')
  expect(await of(toneBehindVowel)).toEqual(['windows-1258', ['Đặng Thị Ngọc', 'Huỳnh', 'Trần']])
  expect(await of(Buffer.from('§Æng ThÞ Ngäc,NguyÔn V¨n An\n', 'latin1'))).toEqual([
    'windows-1252',
    ['§Æng ThÞ Ngäc', 'NguyÔn V¨n An'],
  ])
  expect(await of(Buffer.from('Nguyeãn Vaên An,Traàn Thò Bích\n', 'latin1'))).toEqual([
    'windows-1252',
    ['Nguyeãn Vaên An', 'Traàn Thò Bích'],
  ])
  // A letter cut in two at the end does not make the file another encoding.
  expect((await read(Buffer.from(accents.repeat(50)).subarray(0, -4))).head.encoding).toBe('utf-8')
  // The first accented letter far down still tells.
  expect(
    (await read(Buffer.concat([Buffer.from('1,2,3\n'.repeat(100_000)), Buffer.from(accents)]))).cells.at(-1),
  ).toEqual(names)
})

test('the delimiter is the one that makes columns, or the one the file names', async () => {
  expect((await read('a;b,5;c\n1;2,5;3\n')).head.delimiter).toBe(';')
  expect((await read('DANH SÁCH, năm 2024\n\nTên\tSố, nhà\nAn\t1\nBình\t2')).head.delimiter).toBe('\t')
  expect((await read('a|b\n1|2\n')).cells).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  const named = await read('sep=;\r\na,b;c\r\n')
  expect([named.head.delimiter, named.rows]).toEqual([';', [{ line: 1, cells: ['a,b', 'c'] }]])
  const alone = await read('Nguyễn Văn An\nTrần Bình\n')
  expect([alone.head.delimiter, alone.cells]).toEqual([null, [['Nguyễn Văn An'], ['Trần Bình']]])
  expect((await read('a,b\r1,2\r')).cells).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect((await read('a,b\n"Công ty "Hoa" Sen",2\n3" x,4\n')).cells).toEqual([
    ['a', 'b'],
    ['Công ty "Hoa" Sen', '2'],
    ['3" x', '4'],
  ])
  expect((await read('a,="0012"\n"=""0034""",=1+1\n')).cells).toEqual([
    ['a', '0012'],
    ['0034', '=1+1'],
  ])
})

test('what is written as a text file is read back, over many chunks and in every encoding', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'abcđễ ,;"\n\t0🙂'), maxLength: 40 })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 5, maxLength: 40 }),
      fc.constantFrom('utf8' as const, 'utf16le' as const),
      fc.boolean(),
      async (some, encoding, isLong) => {
        const rows = [['x', 'y'], ...Array.from({ length: isLong ? 150 : 1 }, () => some).flat()]
        const content = Buffer.from(
          `\ufeffsep=,\r\n${rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')}`,
          encoding,
        )
        const wanted = rows
          .map((cells, index) => ({
            line: index + 1,
            cells: cells.slice(0, cells.findLastIndex((text) => text !== '') + 1),
          }))
          .filter((row) => row.cells.length > 0)
        expect((await read(content)).rows).toEqual(wanted)
      },
    ),
    { numRuns: 40 },
  )
})

test('a table that is closed stops whoever reads it; one that is left early can be read again', async () => {
  const xml = sheetOf('<row><c><v>1</v></c></row>'.repeat(100_000))
  for (const content of ['a,b\n'.repeat(500_000), bookOf({ sheets: [{ name: 'A', xml }], isPacked: true })]) {
    const table = await openTable(pathOf(content))
    for (const _ of ['early', 'again']) {
      for await (const batch of table.rows()) {
        expect(batch[0]!.line).toBe(1)
        break
      }
    }
    const reading = (async () => {
      for await (const _ of table.rows()) await table.close()
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  }
})
