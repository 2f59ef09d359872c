/** What leaves the house: workbooks and papers that other programs open, holding what the screen shows. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jszip from 'jszip'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { phrases } from '#kernel/phrases.ts'
import { indicatorName } from '#modules/progress/sentence.ts'
import { showProgress, type Figure } from '#modules/progress/contract.ts'
import { admitMembers } from '#modules/members/contract.ts'
import { readSheet } from '#platform/excel.ts'
import { openDoor, type Door } from './door.ts'
import { done, furnish, openSample, people, type World } from './world.ts'

let world: World
let door: Door
let cookie: string
beforeAll(async () => {
  world = await openSample()
  const { unitId } = await furnish(world, world.lan, world.hoa, world.units.tayHo, 0)
  await done(world.lan(admitMembers, { params: { unitId }, body: { on: '2024-11-10', people: people(500, 1200) } }))
  door = await openDoor(world)
  cookie = await door.signIn('lan')
})
afterAll(async () => {
  await door.close()
  await world.close()
})

const year = { from: '2024-01-01', asOf: '2024-12-31' }
const fetchFile = async (path: string, more: Record<string, string> = {}, language = 'vi') => {
  const query = new URLSearchParams({ unitId: String(world.units.tayHo), ...year, ...more })
  const told = await door.ask('GET', `/api/progress/${path}?${query.toString()}`, {
    cookie,
    headers: { 'accept-language': language },
  })
  expect(told.status, told.text.slice(0, 200)).toBe(200)
  const name = decodeURIComponent(told.headers.get('content-disposition')!.replace(/^.*''/, ''))
  return { content: told.bytes, name }
}

const soffice = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0)

/** What LibreOffice makes of files, as text; opened together, for it is slow to start. */
function openedByOffice(files: Record<string, Buffer>, ending: 'csv' | 'txt'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ket-doan-office-'))
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  })
  const filter = ending === 'csv' ? 'csv:Text - txt - csv (StarCalc):59,34,76' : 'txt:Text (encoded):UTF8'
  const args = [
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    filter,
    '--outdir',
    folder,
  ]
  spawnSync(soffice!, [...args, ...paths], { timeout: 60_000 })
  const texts = paths.map((path) => readFileSync(path.replace(/\.\w+$/, `.${ending}`), 'utf8'))
  rmSync(folder, { recursive: true })
  return texts
}

test('the list holds every row once: its quantities add up to the figure', async () => {
  const { figures } = await done(
    world.lan(showProgress, { query: { unitId: String(world.units.tayHo), ...year, indicator: 'members_admitted' } }),
  )
  const { content, name } = await fetchFile('list.xlsx', { indicator: 'members_admitted' })
  expect(name).toMatch(/members_admitted 31-12-2024\.xlsx$/)
  const [header, ...rows] = await readSheet(content, 5000)
  const at = header!.indexOf('Số lượng')
  expect(at, header!.join('|')).toBeGreaterThan(0)
  expect(rows.reduce((sum, row) => sum + Number(row[at]), 0)).toBe(figures[0]!.result)
  expect(rows.length).toBe(1206)
  const found = await fetchFile('list.xlsx', { indicator: 'grassroots_founded' }, 'en')
  expect((await readSheet(found.content, 50))[1]).toEqual(expect.arrayContaining(['10/05/2024', '1']))
})

test('the board holds the clocks it was asked by and every figure of the screen', async () => {
  const { figures } = await done(
    world.lan(showProgress, { query: { unitId: String(world.units.tayHo), ...year, by: 'children' } }),
  )
  const { content, name } = await fetchFile('board.xlsx', { by: 'children' })
  expect(name).toMatch(/tay-ho 31-12-2024\.xlsx$/)
  const cells = await readSheet(content, 500)
  expect(cells[0]![0]).toContain('LĐLĐ quận Tây Hồ')
  expect(cells[1]![0]).toMatch(/01\/01\/2024.*31\/12\/2024/)
  const header = cells.find((row) => row[0] === phrases.vi.papers.unit)!
  const own = cells.find((row) => row[0] === 'LĐLĐ quận Tây Hồ')!
  const flat = (list: readonly Figure[]): Figure[] => list.flatMap((figure) => [figure, ...flat(figure.ofWhich)])
  const counted = flat(figures).filter((figure) => figure.counted && figure.result !== null)
  expect(counted.length).toBeGreaterThan(15)
  for (const { indicator, result } of counted) {
    const name = indicatorName('vi', { code: indicator, nameVi: '', nameEn: '' })
    const at = header.findIndex((cell) => cell === name || cell.endsWith(`: ${name}`))
    expect(own[at], name).toBe(String(result))
  }
  const before = await fetchFile('board.xlsx', { knownAt: '2024-12-31T00:00:00Z', structureOn: '2024-06-30' })
  const titles = (await readSheet(before.content, 10)).slice(0, 4).map((row) => row[0])
  expect(titles[3]).toContain('30/06/2024')
})

test('the report is a paper that says the figures in sentences, in the language of the reader', async () => {
  const read = async (language: string) => {
    const { content, name } = await fetchFile('report.docx', { by: 'children' }, language)
    expect(name).toMatch(/\.docx$/)
    const document = await (await jszip.loadAsync(content)).file('word/document.xml')!.async('string')
    return document.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  }
  const text = await read('vi')
  for (const part of [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'LĐLĐ QUẬN TÂY HỒ',
    '31/12/2024',
    'đoàn viên',
    '1.206',
    'ngày 31 tháng',
  ])
    expect(text.toLowerCase()).toContain(part.toLowerCase())
  expect(await read('en')).toContain('1,206')
})

test.skipIf(!soffice)(
  `LibreOffice opens all three${soffice ? '' : ' (skipped: soffice is not on this machine)'}`,
  async () => {
    const list = await fetchFile('list.xlsx', { indicator: 'members_admitted' })
    const board = await fetchFile('board.xlsx', { by: 'children' })
    const report = await fetchFile('report.docx', { by: 'children' })
    const [rows, cells] = openedByOffice({ 'list.xlsx': list.content, 'board.xlsx': board.content }, 'csv')
    expect(rows!.trim().split('\n').length).toBe(1207)
    expect(cells).toContain('LĐLĐ quận Tây Hồ')
    const [paper] = openedByOffice({ 'report.docx': report.content }, 'txt')
    expect(paper).toMatch(/CỘNG H[\s\S]*1\.206/)
  },
)
