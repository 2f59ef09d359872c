/** Imports over real HTTP: a file goes to disk and not into memory, a stranger's is refused, a lost connection loses nothing, and
 *  whatever is sent the server stays up. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { nameOf } from '#modules/imports/states.ts'
import { readMemberImport } from '#modules/members/import/contract.ts'
import { writeBadRows } from '#modules/members/import/waiting.ts'
import { act } from '#platform/database.ts'
import { formWith, openDoor, type Door } from '#tests/door.ts'
import { preview, receive } from '#tests/imports.ts'
import { oleOf, partsOf, zipOf } from '#tests/workbooks.ts'
import { done, foundingEntry, openSample, people, type World } from '#tests/world.ts'

let world: World
let door: Door
let unitId: string
let cookie: string
/** A folder of its own, so that what stays behind is ours. */
const scratch = mkdtempSync(join(tmpdir(), 'ket-doan-door-'))
beforeAll(async () => {
  process.env['TMPDIR'] = scratch
  world = await openSample()
  unitId = (await done(world.lan(foundUnion, { body: foundingEntry(world, { people: people(1, 5) }) }))).unitId
  door = await openDoor(world)
  cookie = await door.signIn('lan')
})
afterAll(async () => {
  await door.close()
  await world.close()
  rmSync(scratch, { recursive: true, force: true })
})

const fileOf = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/files', name))
const upload = (name: string, content: Buffer, who = cookie) =>
  door.ask('POST', `/api/units/${unitId}/member-imports`, { form: formWith(name, content), cookie: who })
const left = () => readdirSync(scratch)
type Shown = {
  id: string
  state: string
  head: { columns: unknown[] }
  counts: Record<string, number>
  progress: unknown
}

test('a file is uploaded, read and written; nothing stays on the disk', async () => {
  const told = await upload('danh sách.xlsx', fileOf('tcvn3.xlsx'))
  expect(told.status, told.text).toBe(200)
  const taken = told.body as Shown & { head: { legacy: string; sample: { before: string[] | null }[] } }
  expect(taken).toMatchObject({ state: 'received', fileName: 'danh sách.xlsx', head: { legacy: 'tcvn3' } })
  expect(taken.head.sample[0]!.before).not.toBeNull()
  const reading = await door.ask('POST', `/api/member-imports/${taken.id}/readings`, {
    cookie,
    body: { columns: taken.head.columns, kind: 'opening', on: '2024-12-01' },
  })
  expect(reading.body).toMatchObject({ state: 'reading', progress: { step: 'reading' } })
  // Whoever lost the connection finds the work where it is.
  await world.house.jobs.ended(nameOf(taken.id))
  const found = await door.ask('GET', `/api/member-imports/${taken.id}`, { cookie })
  expect(found.body).toMatchObject({ state: 'ready', progress: null })
  const counts = (found.body as Shown).counts
  expect(counts['new']).toBe(counts['rows'])
  await door.ask('POST', `/api/member-imports/${taken.id}/commits`, { cookie })
  await world.house.jobs.ended(nameOf(taken.id))
  expect((await door.ask('GET', `/api/member-imports/${taken.id}`, { cookie })).body).toMatchObject({ state: 'done' })
  expect(left()).toEqual([])
})

test('the same upload sent again with its key is taken once', async () => {
  const headers = { 'idempotency-key': '9d3b8a52-0f6e-4c8e-9d51-0c7f2b6d3a11' }
  const send = () =>
    door.ask('POST', `/api/units/${unitId}/member-imports`, {
      form: formWith('a.csv', fileOf('semicolon.csv')),
      cookie,
      headers,
    })
  const [first, second] = [await send(), await send()]
  expect((second.body as Shown).id).toBe((first.body as Shown).id)
})

test.each([
  ['password.xlsx', 409, 'file-password-protected'],
  ['truncated.xlsx', 409, 'file-truncated'],
  ['empty.csv', 409, 'file-empty'],
])('%s is refused with words', async (name, status, problem) => {
  const told = await upload(name, fileOf(name))
  expect([told.status, told.body['type']]).toEqual([status, `/problems/${problem}`])
  expect(left()).toEqual([])
})

test('every other wrong file has its own words', async () => {
  const wide = Buffer.from(Array.from({ length: 600 }, (_, column) => `Cột ${column}`).join(',') + '\n')
  const sheet = partsOf({ sheets: [{ name: 'A', xml: '<worksheet/>' }] }).map((part) =>
    part.name.includes('sheet1') ? { ...part, claims: { bytes: 4_000_000_000 } } : part,
  )
  const wrong: [content: Buffer, problem: string][] = [
    [Buffer.from('%PDF-1.7 rubbish'), 'file-not-a-table'],
    [oleOf(['Workbook']), 'file-old-excel'],
    [wide, 'file-too-wide'],
    [zipOf(sheet), 'file-unpacks-too-large'],
  ]
  for (const [content, problem] of wrong)
    expect((await upload('x.xlsx', content)).body['type']).toBe(`/problems/${problem}`)
})

test('columns that name nobody are not read', async () => {
  const taken = await receive(world.house, world.actors.lan, unitId, fileOf('semicolon.csv'), 'a.csv')
  const columns = taken.head.columns.map((column) => ({ ...column, field: null }))
  expect(
    await world.lan(readMemberImport, {
      params: { importId: taken.id },
      body: { columns, kind: 'opening', on: '2024-12-01' },
    }),
  ).toBe('columns-name-nobody')
})

test('what is no list, and who may not, is refused; the server stays up', async () => {
  for (const content of [
    Buffer.from('%PDF-1.7 rubbish'),
    Buffer.alloc(200_000),
    Buffer.from('\u0000\u0001\u0002'.repeat(5000)),
  ])
    expect((await upload('x.xlsx', content)).status).toBe(409)
  const stranger = await door.signIn('binh')
  expect((await upload('a.csv', fileOf('semicolon.csv'), stranger)).status).toBe(404)
  const reader = await door.signIn('trang')
  expect((await upload('a.csv', fileOf('semicolon.csv'), reader)).status).toBe(403)
  const none = await door.ask('POST', `/api/units/${unitId}/member-imports`, { cookie, body: {} })
  expect([none.status, none.body['type']]).toEqual([400, '/problems/list-unreadable'])
  expect((await door.ask('GET', '/api/health', {})).status).toBe(200)
  expect(left()).toEqual([])
})

test('bad rows come as a workbook that can be mended and taken in again', async () => {
  const list = Buffer.from(
    'Họ và tên,Ngày sinh,Giới tính,CCCD,Điện thoại\nLý Văn Hỏng,32/01/1990,Nam,001090000777,=1+1\n',
  )
  const read = await preview(world.house, world.actors.lan, unitId, list, {}, 'hong.csv')
  expect(read.counts).toMatchObject({ refused: 1 })
  const { name, content } = await act(world.house, world.actors.lan, 'vi', 'test', (ctx) => writeBadRows(ctx, read.id))
  expect(name).toBe('hong-can-sua.xlsx')
  const again = await receive(world.house, world.actors.lan, unitId, await buffer(content as Readable), name)
  expect(again.head.columns.map(({ field }) => field)).toEqual([
    'fullName',
    'birthDate',
    'sex',
    'identityNumber',
    'phone',
    null,
  ])
  expect(again.head.sample[0]!.cells.slice(0, 4)).toEqual(['Lý Văn Hỏng', '32/01/1990', 'Nam', '001090000777'])
})
