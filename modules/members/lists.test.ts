/** Lists as officers have them: pasted or attached, in any dress; and rubbish, which is refused in a sentence while others work. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSheet } from '#platform/excel.ts'
import { formWith, openDoor, type Door, type Told } from '#tests/door.ts'
import { done, openSample, people, person, type World } from '#tests/world.ts'
import { makeZip, sheetOf, workbookOf } from '#tests/zip.ts'
import { readPastedList } from './contract.ts'

let world: World
let door: Door
let cookie: string
beforeAll(async () => {
  world = await openSample()
  door = await openDoor(world)
  cookie = await door.signIn('lan')
})
afterAll(async () => {
  await door.close()
  await world.close()
})

type Row = { fullName: string; birthDate: string; sex: string; identityNumber: string }
const cellsOf = (row: Row) => [row.fullName, row.birthDate, row.sex, row.identityNumber]
const bare = (rows: readonly (Row & { line?: number })[]): Row[] => rows.map(({ line: _, ...row }) => row)
const paste = (text: string) => world.lan(readPastedList, { body: { text } })
const header = ['Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD']

test('however it is pasted - tabs, semicolons or commas, any line ends, with a header or none, composed or not - it reads the same', async () => {
  const dress = fc.record({
    count: fc.integer({ min: 2, max: 12 }),
    mark: fc.constantFrom('\t', ';', ','),
    end: fc.constantFrom('\n', '\r\n'),
    form: fc.constantFrom('NFC', 'NFD'),
    hasHeader: fc.boolean(),
    titles: fc.integer({ min: 0, max: 3 }),
    gaps: fc.boolean(),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(dress, async ({ count, mark, end, form, hasHeader, titles, gaps, order }) => {
      const list = people(1, count)
      const rows = [...(hasHeader ? [header] : []), ...list.map(cellsOf)].map((cells) =>
        order.map((index) => cells[index]!).join(mark),
      )
      const above = hasHeader
        ? ['DANH SÁCH ĐOÀN VIÊN', 'CĐCS May Sông Hồng', 'Kèm theo quyết định'].slice(0, titles)
        : []
      const text = [
        '\uFEFF',
        ...[...above, ...(gaps ? ['', ...rows, '', mark.repeat(3)] : rows)].map((line) => line + end),
      ]
        .join('')
        .normalize(form)
      const read = await done(paste(text))
      expect(bare(read.rows), JSON.stringify(text)).toEqual(list.map((one) => ({ ...one })))
      expect([read.faults, read.rows.map((row) => row.line)]).toEqual([[], list.map((_, index) => index + 1)])
    }),
    { numRuns: 60 },
  )
})

test('what is wrong is told by line: lost zeros, somebody twice, no such day; titles, totals and signatures are nobody', async () => {
  const [an, binh] = [person(1), person(2)]
  const lines = [
    'STT\tHọ đệm\tTên\tNăm sinh\tPhái\tSố định danh\tGhi chú',
    `1\tNguyễn Văn\tAn\t${an.birthDate}\tnam\t${an.identityNumber}\tx`,
    `2\tLê Thị\tBình\t31/02/1990\tnữ\t${binh.identityNumber.slice(1)}\t`,
    `3\tNguyễn Văn\tAn\t${an.birthDate}\tnam\t${an.identityNumber}\t`,
    'Tổng cộng: 3 người',
    '\t\t\tNgười lập biểu',
  ]
  const read = await done(paste(lines.join('\n')))
  expect(read.columns.map((column) => column.field)).toEqual([
    null,
    'familyName',
    'givenName',
    'birthYear',
    'sex',
    'identityNumber',
    null,
  ])
  expect(read.rows.map((row) => row.fullName)).toEqual(['Nguyễn Văn An', 'Lê Thị Bình', 'Nguyễn Văn An'])
  expect(read.faults.map((fault) => [fault.line, fault.name])).toEqual([
    [2, 'not-a-birth-date'],
    [2, 'identity-number-lost-zeros'],
    [3, 'twice-in-list'],
  ])
  expect(read.faults[1]!.title).toContain('11 chữ số')
  expect(await paste('một hai ba\nbốn năm sáu')).toBe('list-empty')
  expect(await paste(Array.from({ length: 20_001 }, (_, index) => cellsOf(person(index)).join('\t')).join('\n'))).toBe(
    'list-too-long',
  )
})

const send = (name: string, content: Uint8Array): Promise<Told> =>
  door.ask('POST', '/api/member-list-files', { cookie, form: formWith(name, content) })
type Read = { rows: (Row & { line: number })[]; faults: unknown[] }

test('a workbook is read as it is seen: titles above the header, text, numbers and days', async () => {
  const list = people(40, 30)
  const columns = [{ header: 'STT' }, ...header.map((one) => ({ header: one }))]
  const book = await writeSheet(
    'Danh sách',
    ['LĐLĐ QUẬN TÂY HỒ', 'Danh sách kết nạp'],
    columns,
    list.map((one, index) => [index + 1, ...cellsOf(one)]),
  )
  const told = await send('danh sach.xlsx', book)
  expect(told.status, told.text.slice(0, 300)).toBe(200)
  const read = told.body as unknown as Read
  expect([bare(read.rows), read.faults]).toEqual([list, []])
})

test('a day is read whether Excel kept its format or shows it as a bare number', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const rows = [
    `<row>${header.map(cell).join('')}</row>`,
    `<row>${cell('Trần An')}<c><v>33239</v></c>${cell('nam')}${cell('001091000001')}</row>`,
  ]
  const told = (await send('x.xlsx', workbookOf(sheetOf(Buffer.from(rows.join('')))))).body as unknown as Read
  expect([told.rows.map((row) => row.birthDate), told.faults]).toEqual([['1991-01-01'], []])
  const pasted = await done(
    paste([header, ['Trần An', '33239', 'nam', '001091000001']].map((cells) => cells.join('\t')).join('\n')),
  )
  expect([pasted.rows[0]!.birthDate, pasted.faults]).toEqual(['1991-01-01', []])
})

test('a CSV file is read like a paste; a file that is no list is refused in a sentence', async () => {
  const list = people(60, 4)
  const told = await send(
    'a.csv',
    Buffer.from(`\uFEFF${[header, ...list.map(cellsOf)].map((cells) => cells.join(';')).join('\r\n')}`),
  )
  expect(bare((told.body as unknown as Read).rows)).toEqual(list)
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2000)])
  const others = {
    nothing: Buffer.alloc(0),
    pdf,
    zip: makeZip([{ name: 'a.txt', content: Buffer.from('x') }]),
    half: (await writeSheet('A', [], [{ header: 'x' }], [['y']])).subarray(0, 900),
    sheetless: workbookOf(Buffer.from('<x')),
    pk: Buffer.from('PK'),
  }
  for (const [name, content] of Object.entries(others)) {
    const refused = await send(`${name}.xlsx`, content)
    expect([refused.status, refused.body['type']], name).toEqual([
      400,
      expect.stringMatching(/list-(unreadable|empty)/),
    ])
    expect(refused.body['title']).toMatch(/Không/)
  }
  expect((await door.ask('POST', '/api/member-list-files', { cookie, body: { text: 'x' } })).body['type']).toBe(
    '/problems/list-unreadable',
  )
  expect((await door.ask('POST', '/api/member-list-files', { cookie, form: new FormData() })).body['type']).toBe(
    '/problems/list-unreadable',
  )
})

/** Does something long, and how long at most anybody else waited meanwhile, in milliseconds. */
async function meanwhile<T>(work: Promise<T>): Promise<{ answer: T; waited: number }> {
  const state = { isOver: false }
  const over = () => (state.isOver = true)
  work.then(over, over)
  let waited = 0
  while (!state.isOver) {
    const begun = performance.now()
    expect((await door.ask('GET', '/api/health')).status).toBe(200)
    waited = Math.max(waited, performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { answer: await work, waited }
}

test('forty megabytes of rubbish are refused, and nobody else waits for them', async () => {
  const noise = randomBytes(42_000_000)
  noise.write('PK', 'latin1')
  const letters = Buffer.alloc(42_000_000, 'a')
  for (const [name, content] of Object.entries({ noise, letters })) {
    const { answer, waited } = await meanwhile(send(`${name}.xlsx`, content))
    expect([answer.status, answer.body['type']], name).toEqual([
      400,
      expect.stringMatching(/list-(unreadable|empty|too-long)/),
    ])
    expect(waited, name).toBeLessThan(1500)
  }
  const large = await send('large.xlsx', Buffer.alloc(46_000_000, 'a'))
  expect([large.status, large.body['type'], large.body['title']]).toEqual([
    413,
    '/problems/file-too-large',
    expect.stringContaining('45'),
  ])
}, 120_000)

/** The same archive, saying that everything in it is a hundred bytes. */
function sayingLess(archive: Buffer): Buffer {
  const lie = Buffer.from(archive)
  for (const [mark, at] of [
    ['PK\x01\x02', 24],
    ['PK\x03\x04', 22],
  ] as const)
    for (let from = lie.indexOf(mark, 0, 'latin1'); from >= 0; from = lie.indexOf(mark, from + 30, 'latin1'))
      lie.writeUInt32LE(100, from + at)
  return lie
}

test('a small workbook that unpacks to hundreds of megabytes is refused, and nobody else waits for it', async () => {
  const row = Buffer.from('<row><c t="inlineStr"><is><t>x</t></is></c></row>')
  const cell = sheetOf(
    Buffer.concat([
      Buffer.from('<row><c t="inlineStr"><is><t>'),
      Buffer.alloc(300_000_000, 'a'),
      Buffer.from('</t></is></c></row>'),
    ]),
  )
  const strings = Buffer.concat([
    Buffer.from('<sst>'),
    Buffer.alloc(200_000_000, '<si><t>aaaaaaaa</t></si>'),
    Buffer.from('</sst>'),
  ])
  const bombs = {
    cell: workbookOf(cell),
    strings: workbookOf(sheetOf(row), strings),
    liar: sayingLess(workbookOf(cell)),
    rows: sayingLess(workbookOf(sheetOf(Buffer.alloc(200_000_000, row)))),
  }
  for (const [name, content] of Object.entries(bombs)) {
    expect(content.length, name).toBeLessThan(10_000_000)
    const { answer, waited } = await meanwhile(send(`${name}.xlsx`, content))
    expect([answer.status, answer.body['type']], name).toEqual([
      400,
      expect.stringMatching(/list-(unreadable|empty|too-long)/),
    ])
    expect(waited, name).toBeLessThan(1500)
  }
}, 180_000)
