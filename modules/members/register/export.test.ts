/** What leaves the register: a file holds exactly the rows of the list, no cell of it is a formula, zeros stay, whole identity
 *  numbers need a role and a reason, and every file is kept as a line. Views are kept for oneself or one's unit. */
import jszip from 'jszip'
import papaparse from 'papaparse'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers } from '#modules/members/contract.ts'
import { editRecord } from '#modules/members/record/contract.ts'
import { writeCell } from '#platform/csv.ts'
import { readSheet } from '#platform/excel.ts'
import { openDoor, type Door } from '#tests/door.ts'
import { done, foundingEntry, openSample, people, person, type World } from '#tests/world.ts'
import { chooseView, listViews, removeView, saveView } from './contract.ts'

let world: World
let door: Door
let unitId: string
beforeAll(async () => {
  world = await openSample()
  const entry = foundingEntry(world, {
    people: [...people(1, 450), { ...person(9_000), fullName: '=HYPERLINK(1) Nguyễn + Thị' }],
  })
  unitId = (await done(world.lan(foundUnion, { body: entry }))).unitId
  const { members } = await done(world.lan(listMembers, { query: { unitId, limit: 200 } }))
  const values = {
    phone: '0912345678',
    job: '@SUM(1+1)*cmd|calc',
    workplace: 'x;=1+1',
    unionPost: '-2+3',
    cardNumber: '+84',
  }
  await done(world.lan(editRecord, { params: { personId: members[0]!.id }, body: { values } }))
  door = await openDoor(world)
})
afterAll(async () => {
  await door.close()
  await world.close()
})

const fetchFile = async (ending: 'xlsx' | 'csv', query: string, username = 'lan') =>
  await door.ask('GET', `/api/members.${ending}?${query}`, { cookie: await door.signIn(username) })
const rowsOfCsv = (bytes: Buffer) => papaparse.parse<string[]>(bytes.toString('utf8')).data
const columns = 'column=phone&column=job&column=workplace&column=unionPost&column=cardNumber&column=identityNumber'

/** Names of a list, page after page. */
async function namesListed(query: Record<string, unknown>) {
  const names: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await done(world.lan(listMembers, { query: { ...query, unitId, limit: 60, cursor } }))
    names.push(...page.members.map((one) => `${one.fullName} ${one.identityMasked}`))
    if (!page.next) return names
    cursor = page.next
  }
}

test('a file holds the rows of the list in its order, whatever was asked', async () => {
  for (const [query, asked] of [
    ['', {}],
    ['&sex=female&order=name', { sex: 'female', order: 'name' }],
    ['&ageFrom=40&missing=phone', { ageFrom: 40, missing: ['phone'] }],
    ['&q=thi', { q: 'thi' }],
    ['&q=lan%20thi&sex=male', { q: 'lan thi', sex: 'male' }],
  ] as const) {
    const listed = await namesListed(asked)
    const csv = rowsOfCsv((await fetchFile('csv', `unitId=${unitId}${query}&column=identityNumber`)).bytes)
    const from = csv.findIndex((row) => row[0] === 'Họ và tên') + 1
    expect(
      csv.slice(from, -1).map((row) => `${row[0]!.replace(/^'/, '').replace("'+", '+')} ${row[1]}`),
      query,
    ).toEqual(listed)
    const cells = await readSheet(
      (await fetchFile('xlsx', `unitId=${unitId}${query}&column=identityNumber`)).bytes,
      5_000,
    )
    const begin = cells.findIndex((row) => row[0] === 'Họ và tên') + 1
    expect(
      cells.slice(begin).map((row) => `${row[0]} ${row[1]}`),
      query,
    ).toEqual(listed)
  }
})

test('no cell is a formula, in either file; numbers keep their zeros', async () => {
  const csv = (await fetchFile('csv', `unitId=${unitId}&${columns}`)).bytes
  expect(csv.subarray(0, 3).toString('hex'), 'a byte order mark').toBe('efbbbf')
  for (const cell of rowsOfCsv(csv).flat()) {
    expect(cell).not.toMatch(/^\s*[=+@\-\t\r]/)
    expect(cell).not.toMatch(/[;,\t\n]\s*[=+@-]/)
  }
  const told = rowsOfCsv(csv).find((row) => row.includes("'0912345678"))!
  expect(told.slice(2, 6)).toEqual(["'@SUM(1+1)*cmd|calc", "x;'=1+1", "'-2+3", "'+84"])
  for (const cell of ['=1', '+1', '-1', '@A1', '\t=1', '\r=1', ' =1', '\uff1d1', 'a|=1', '"=1'])
    expect(writeCell(cell).replaceAll('"', ''), JSON.stringify(cell)).toMatch(/'[=+@\uff1d-]/)
  expect([writeCell('a-b'), writeCell('x = y'), writeCell(-5), writeCell(null)]).toEqual(['a-b', 'x = y', '-5', ''])
  const { bytes } = await fetchFile('xlsx', `unitId=${unitId}&${columns}`)
  const sheet = await (await jszip.loadAsync(bytes)).file('xl/worksheets/sheet1.xml')!.async('string')
  expect(sheet).not.toContain('<f')
  expect(sheet).toContain('=HYPERLINK(1) Nguyễn + Thị')
  const cells = await readSheet(bytes, 5_000)
  expect(cells.find((row) => row[1] === '0912345678')).toEqual(
    expect.arrayContaining(['@SUM(1+1)*cmd|calc', 'x;=1+1', '-2+3', '+84']),
  )
})

test('whole identity numbers need a role and a reason; every file says whose it is and leaves a line', async () => {
  const reads = `unitId=${unitId}&q=hyperlink&column=identityNumber`
  expect((await fetchFile('csv', `${reads}&reason=Cap%20the`, 'trang')).body['type']).toBe('/problems/not-allowed')
  expect((await fetchFile('csv', `unitId=${unitId}`, 'binh')).status).toBe(404)
  expect((await door.ask('GET', `/api/members.csv?unitId=${unitId}`)).status).toBe(401)
  const masked = (await fetchFile('csv', reads, 'trang')).text
  expect(masked).toContain('•••••••••000')
  const whole = (await fetchFile('csv', `${reads}&reason=Cap%20the`)).text
  expect(whole).toContain("'001200009000")
  expect(whole).toMatch(/Phạm Thị Lan[\s\S]*Cap the/)
  const { rows } =
    await sql`select l.format, l.with_identity, l.reason, l.question ->> 'q' as q, e.rows, l.account_id from members.export_line l
    left join members.export_end e on e.export_id = l.id order by l.id desc limit 2`.execute(world.owner)
  expect(rows).toEqual([
    { format: 'csv', with_identity: true, reason: 'Cap the', q: 'hyperlink', rows: 1, account_id: world.actors.lan.id },
    { format: 'csv', with_identity: false, reason: null, q: 'hyperlink', rows: 1, account_id: world.actors.trang.id },
  ])
})

test('views: one’s own, one’s unit’s, by default, replaced under a name, put away', async () => {
  const entry = {
    name: 'Thiếu ảnh',
    isShared: false,
    filters: { missing: ['photo' as const] },
    columns: ['phone' as const],
  }
  const mine = await done(world.lan(saveView, { body: entry }))
  expect((await done(world.hoa(listViews))).views).toEqual([])
  await done(world.lan(chooseView, { body: { viewId: mine.id } }))
  const again = await done(world.lan(saveView, { body: { ...entry, columns: ['email'] } }))
  const kept = await done(world.lan(listViews))
  expect([kept.views.map((view) => [view.id, view.columns, view.filters.missing]), kept.defaultId]).toEqual([
    [[again.id, ['email'], ['photo']]],
    again.id,
  ])
  const shared = await done(world.lan(saveView, { body: { ...entry, isShared: true } }))
  expect(await world.trang(saveView, { body: { ...entry, isShared: true } })).toBe('not-allowed')
  const seen = async (who: typeof world.lan) =>
    (await done(who(listViews))).views.map((view) => [view.id, view.mayRemove])
  expect(await seen(world.trang)).toEqual([[shared.id, false]])
  expect(await seen(world.hoa)).toEqual([[shared.id, true]])
  expect([await seen(world.binh), await seen(world.quang)]).toEqual([[], []])
  expect(await world.trang(removeView, { params: { viewId: shared.id } })).toBe('not-found')
  expect(await world.hoa(removeView, { params: { viewId: again.id } })).toBe('not-found')
  expect(await world.binh(chooseView, { body: { viewId: shared.id } })).toBe('not-found')
  await done(world.hoa(removeView, { params: { viewId: shared.id } }))
  await done(world.lan(removeView, { params: { viewId: again.id } }))
  expect(await done(world.lan(listViews))).toEqual({ views: [], defaultId: null })
})
