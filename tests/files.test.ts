/** The files of `tests/files/` are those the code makes, and each says of the same people what it should. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTable } from '#platform/table.ts'
import { cast, inVni, inVnTime, makeFiles } from './files.ts'

const files = makeFiles()
const folder = 'tests/files'

async function read(name: string) {
  const table = await openTable(`${folder}/${name}`)
  const rows: string[][] = []
  for await (const batch of table.rows()) rows.push(...batch.map((row) => row.cells))
  await table.close()
  return { head: table.head, rows }
}

/** A column of the people's rows, which stand below the header. */
const column = (rows: string[][], at: number, headerRows = 1) =>
  rows.slice(headerRows, headerRows + cast.length).map((row) => row[at])
const all = (key: keyof (typeof cast)[number]) => cast.map((person) => person[key])

test('the folder holds what the code makes', () => {
  const fresh =
    "run: node -e \"import('./tests/files.ts').then(({ makeFiles }) => Object.entries(makeFiles()).forEach(([name, content]) => fs.writeFileSync('tests/files/' + name, content)))\""
  expect(
    readdirSync(folder)
      .filter((name) => name !== 'README.md')
      .sort(),
  ).toEqual(Object.keys(files).sort())
  for (const [name, content] of Object.entries(files))
    expect(readFileSync(`${folder}/${name}`).equals(content), `${name} - ${fresh}`).toBe(true)
  expect(Object.values(files).reduce((sum, content) => sum + content.length, 0)).toBeLessThan(200_000)
  for (const name of Object.keys(files)) expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(`\`${name}\``)
})

test('people are read as they are written', async () => {
  const plain = await read('numbers-as-text.xlsx')
  expect(column(plain.rows, 1)).toEqual(all('fullName'))
  expect(column(plain.rows, 4)).toEqual(all('identityNumber'))
  const title = await read('title-rows.xlsx')
  expect(column(title.rows, 4, 5)).toEqual(all('identityNumber'))
  expect(column((await read('capitals-no-marks.xlsx')).rows, 1)[4]).toBe('DANG QUOC KHANH')
  const lost = column((await read('text-as-numbers.xlsx')).rows, 4)
  expect(lost).toEqual(all('identityNumber').map((number) => number.replace(/^0+/, '')))
  expect(column((await read('tcvn3.xlsx')).rows, 1)).toEqual(all('fullName').map(inVnTime))
  expect(column((await read('vni.xlsx')).rows, 1)).toEqual(all('fullName').map(inVni))
  expect([inVnTime('Nguyễn Văn An'), inVni('Nguyễn Văn An')]).toEqual(['NguyÔn V¨n An', 'Nguyeãn Vaên An'])
  const two = (await read('two-name-columns.xlsx')).rows.slice(1)
  expect(two.map((row) => `${row[1]} ${row[2]}`)).toEqual(all('fullName'))
  const many = (await read('many-columns.xlsx')).rows
  expect([many[0]!.length, column(many, 124)]).toEqual([125, all('identityNumber')])
})

test('days are read in every form they are written', async () => {
  const days = async (name: string) => column((await read(name)).rows, 2)
  expect((await days('dates-as-text.xlsx')).slice(0, 3)).toEqual(['15/3/1985', '02-09-1990', '21.12.1992'])
  expect((await days('dates-serial.xlsx')).slice(0, 2)).toEqual(['31121', '02/09/1990'])
  expect((await days('dates-two-digit.csv'))[0]).toBe('15/03/85')
  expect((await days('year-alone.xlsx'))[0]).toBe('1985')
  const parts = (await read('day-month-year-columns.xlsx')).rows
  expect(parts[0]!.slice(2, 5)).toEqual(['Ngày sinh', 'Ngày sinh', 'Ngày sinh'])
  expect(parts[1]!.slice(1, 6)).toEqual(['Họ và tên', 'Ngày', 'Tháng', 'Năm', 'Giới tính'])
  expect(parts[2]!.slice(2, 5)).toEqual(['15', '3', '1985'])
})

test('merges are read as a person reads them', async () => {
  const { rows } = await read('merged-header.xlsx')
  expect(rows[1]).toEqual([
    'STT',
    'Thông tin cá nhân',
    'Thông tin cá nhân',
    'Thông tin cá nhân',
    'Giấy tờ và liên hệ',
    'Giấy tờ và liên hệ',
    'Đơn vị',
  ])
  expect(rows[2]).toEqual(['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Điện thoại', 'Đơn vị'])
  expect(column((await read('merged-company.xlsx')).rows, 0)).toEqual(all('company'))
})

test('text files are read in their own letters and columns', async () => {
  const seen: [string, string, string][] = [
    ['semicolon.csv', 'utf-8', ';'],
    ['utf16.csv', 'utf-16le', '\t'],
    ['nfd.csv', 'utf-8', ','],
    ['dates-two-digit.csv', 'utf-8', ','],
  ]
  for (const [name, encoding, delimiter] of seen) {
    const { head, rows } = await read(name)
    expect([name, head.encoding, head.delimiter]).toEqual([name, encoding, delimiter])
    expect(column(rows, 1).map((cell) => cell!.normalize('NFC'))).toEqual(all('fullName'))
    expect(column(rows, 4)).toEqual(all('identityNumber'))
  }
  expect(column((await read('nfd.csv')).rows, 1)).not.toEqual(all('fullName'))
  const formulas = (await read('formula.csv')).rows
  expect(column(formulas, 4)).toEqual(all('identityNumber'))
  expect(formulas[2]![1]).toBe('=HYPERLINK("http://vi-du.vn","Trần Thị Bích Ngọc")')
  expect(column(formulas, 6).slice(0, 3)).toEqual(['@tổ 1', '-', '=1+1'])
})

test('what cannot be read is refused in one word', async () => {
  await expect(read('password.xlsx')).rejects.toMatchObject({ trouble: 'password-protected' })
  await expect(read('truncated.xlsx')).rejects.toMatchObject({ trouble: 'truncated' })
  await expect(read('empty.csv')).rejects.toMatchObject({ trouble: 'empty' })
})
