/** Imports as promised: every oddity of an officer's file is read, the same file twice changes nothing, all or nothing is written,
 *  and an import taken back leaves exactly what others did. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers } from '#modules/members/contract.ts'
import { editRecord, showRecord } from '#modules/members/record/contract.ts'
import { commit, preview, receive, undo } from '#tests/imports.ts'
import { done, foundingEntry, openSample, people, taxCode, type World } from '#tests/world.ts'
import * as promise from './contract.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

let unions = 0
/** A union of its own for each test, with five founders. */
async function newUnion(): Promise<string> {
  const number = (unions += 1)
  const { unitId } = await done(
    world.lan(foundUnion, {
      body: foundingEntry(world, {
        name: `CĐCS Công ty TNHH Nhập số ${number}`,
        employer: { taxCode: taxCode(900 + number), name: `Công ty TNHH Nhập số ${number}`, workers: 90 },
        decision: { number: `${number}/QĐ-NHAP`, signedOn: '2020-01-01', effectiveOn: '2020-01-01' },
        people: people(90_000 + number * 10, 5),
      }),
    }),
  )
  return unitId
}
const { lan, hoa } = { lan: () => world.actors.lan, hoa: () => world.actors.hoa }
const fileOf = (name: string) => readFileSync(join(import.meta.dirname, '../../../tests/files', name))
const csv = (...lines: string[]) =>
  Buffer.from(`Họ và tên,Ngày sinh,Giới tính,CCCD,Điện thoại,Nghề nghiệp\n${lines.join('\n')}\n`)
const members = async (unitId: string) =>
  (await done(world.lan(listMembers, { query: { unitId, limit: 200 } }))).members

test('a list is taken in as it is; read, it says what it would do; written, it is there; the same file again changes nothing', async () => {
  const unitId = await newUnion()
  const first = await preview(world.house, lan(), unitId, fileOf('title-rows.xlsx'))
  expect(first).toMatchObject({ state: 'ready', trouble: null })
  const { new: fresh, rows } = first.counts
  expect(fresh).toBe(rows)
  expect(rows).toBeGreaterThan(5)
  expect(await members(unitId)).toHaveLength(5)
  expect((await commit(world.house, lan(), first.id)).state).toBe('done')
  expect(await members(unitId)).toHaveLength(5 + rows!)
  const again = await preview(world.house, lan(), unitId, fileOf('title-rows.xlsx'))
  expect(again.counts).toMatchObject({ same: rows, rows })
  expect(again.head.isRemembered).toBe(true)
  await commit(world.house, lan(), again.id)
  expect(await members(unitId)).toHaveLength(5 + rows!)
  // Nothing of the file is kept in clear, and nothing at all once it is written.
  const left = await sql<{
    n: number
  }>`select (select count(*) from imports.file_part)::int + (select count(*) from members.import_row)::int as n`.execute(
    world.owner,
  )
  expect(left.rows[0]!.n).toBe(0)
})

const oddities = [
  'capitals-no-marks.xlsx',
  'dates-as-text.xlsx',
  'dates-serial.xlsx',
  'dates-two-digit.csv',
  'day-month-year-columns.xlsx',
  'formula.csv',
  'many-columns.xlsx',
  'merged-company.xlsx',
  'merged-header.xlsx',
  'nfd.csv',
  'numbers-as-text.xlsx',
  'semicolon.csv',
  'tcvn3.xlsx',
  'text-as-numbers.xlsx',
  'two-name-columns.xlsx',
  'utf16.csv',
  'vni.xlsx',
  'year-alone.xlsx',
]
test.each(oddities)('%s holds the same people as the plain list', async (name) => {
  const unitId = await newUnion()
  const plain = await preview(world.house, lan(), unitId, fileOf('title-rows.xlsx'))
  if (plain.counts['elsewhere']) {
    // The cast are members since the first test; here they are known elsewhere, which is as good.
    const odd = await preview(world.house, lan(), unitId, fileOf(name), {}, name)
    expect(odd.trouble).toBeNull()
    const { rows } = await done(
      world.lan(promise.listImportRows, { params: { importId: odd.id }, query: { verdict: 'refused' } }),
    )
    expect(rows.map((row) => [row.typed, row.faults])).toEqual([])
    expect({ name, ...odd.counts }).toMatchObject({ elsewhere: odd.counts['rows'] })
    expect(odd.counts['rows']).toBeGreaterThan(5)
  } else expect.unreachable('the cast were imported by the first test')
})

const hostile: [name: string, problem: string][] = [
  ['password.xlsx', 'file-password-protected'],
  ['truncated.xlsx', 'file-truncated'],
  ['empty.csv', 'file-empty'],
]
test.each(hostile)('%s is refused in words, and nothing is kept', async (name, problem) => {
  const unitId = await newUnion()
  await expect(receive(world.house, lan(), unitId, fileOf(name), name)).rejects.toMatchObject({ problem })
  const { imports } = await done(world.lan(promise.listMemberImports, { query: { unitId } }))
  expect(imports).toEqual([])
})

test('an empty cell is no statement; a changed one is told before and written; taken back it is what it was', async () => {
  const unitId = await newUnion()
  const list = csv(
    'Trần Văn Sửa,03/04/1985,Nam,001085000901,0912000001,Thợ tiện',
    'Lê Thị Giữ,05/06/1991,Nữ,001191000902,0912000002,Kế toán',
  )
  await commit(world.house, lan(), (await preview(world.house, lan(), unitId, list, {}, 'a.csv')).id)
  const [first, second] = (await members(unitId))
    .filter((member) => /Sửa|Giữ/.test(member.fullName))
    .map((member) => member.id)
  const next = await preview(
    world.house,
    lan(),
    unitId,
    csv('TRAN VAN SUA,03/04/1985,,001085000901,,Thợ hàn', 'Lê Thị Giữ,,,001191000902,0912000002,'),
    {},
    'b.csv',
  )
  expect(next.counts).toMatchObject({ changed: 1, same: 1 })
  const { rows } = await done(
    world.lan(promise.listImportRows, { params: { importId: next.id }, query: { verdict: 'changed' } }),
  )
  expect(rows[0]!.changes).toEqual([{ field: 'job', was: 'Thợ tiện', now: 'Thợ hàn' }])
  await commit(world.house, lan(), next.id)
  const values = async (personId: string) => (await done(world.lan(showRecord, { params: { personId } }))).values
  const both = [await values(first!), await values(second!)]
  expect(both).toContainEqual({ phone: '0912000001', job: 'Thợ hàn' })
  expect(both).toContainEqual({ phone: '0912000002', job: 'Kế toán' })
  await undo(world.house, lan(), next.id)
  expect([await values(first!), await values(second!)]).toContainEqual({ phone: '0912000001', job: 'Thợ tiện' })
})

test('bad rows are named with every fault, mended in place, and downloaded to be imported again', async () => {
  const unitId = await newUnion()
  const list = csv(
    'Phạm Văn Lỗi,31/02/1990,Nam,001090000911,,',
    ',01/01/1990,Nam,001090000912,,',
    'Ngô Văn Tốt,01/02/1990,Nam,001090000913,,',
    'Ngô Văn Tốt,01/02/1990,Nam,001090000913,,',
    'Vũ Thị Bé,01/01/2015,Nữ,001315000914,,',
  )
  const read = await preview(world.house, lan(), unitId, list, {}, 'c.csv')
  expect(read.counts).toMatchObject({ new: 1, refused: 4 })
  const { rows } = await done(
    world.lan(promise.listImportRows, { params: { importId: read.id }, query: { verdict: 'refused' } }),
  )
  expect(rows.map((row) => row.faults.map((fault) => fault.name))).toEqual([
    ['not-a-birth-date'],
    ['name-missing'],
    ['twice-in-list'],
    ['too-young'],
  ])
  const mend = (line: number, change: Record<string, string>) =>
    world.lan(promise.mendImportRow, {
      params: { importId: read.id, line },
      body: { typed: { ...rows.find((row) => row.line === line)!.typed, ...change } },
    })
  const mended = await done(mend(rows[0]!.line, { birthDate: '28/02/1990' }))
  expect(mended).toMatchObject({ row: { verdict: 'new', birth: '1990-02-28' }, counts: { new: 2, refused: 3 } })
  const left = await done(
    world.lan(promise.mendImportRow, { params: { importId: read.id, line: rows[0]!.line }, body: { isLeftOut: true } }),
  )
  expect(left.counts).toMatchObject({ new: 1, leftOut: 1 })
  expect(await world.lan(promise.mendImportRow, { params: { importId: read.id, line: 99 }, body: {} })).toBe(
    'not-found',
  )
  expect((await commit(world.house, lan(), read.id)).counts).toMatchObject({ new: 1, refused: 3 })
  expect(await members(unitId)).toHaveLength(6)
  expect(await mend(rows[1]!.line, {})).toBe('import-is-elsewhere')
})

test('taken back after others worked on it: what they did stays, and each thing is told', async () => {
  const unitId = await newUnion()
  const other = await newUnion()
  const old = csv('Hồ Thị Cũ,01/02/1980,Nữ,001180000921,0911000921,Thợ may', 'Hồ Văn Hai,01/02/1981,Nam,001081000922,,')
  await commit(world.house, lan(), (await preview(world.house, lan(), unitId, old, {}, 'd.csv')).id)
  const list = csv(
    'Hồ Thị Cũ,01/02/1980,Nữ,001180000921,0911999921,Tổ trưởng',
    'Hồ Văn Mới,01/02/1982,Nam,001082000923,,Lái xe',
    'Hồ Văn Sửa,01/02/1983,Nam,001083000924,,Lái xe',
    'Hồ Văn Chuyển,01/02/1984,Nam,001084000925,,Lái xe',
  )
  const { id } = await commit(world.house, lan(), (await preview(world.house, lan(), unitId, list, {}, 'e.csv')).id)
  const idOf = async (name: string) => (await members(unitId)).find((member) => member.fullName === name)!.id
  const [was, edited, moved] = [await idOf('Hồ Thị Cũ'), await idOf('Hồ Văn Sửa'), await idOf('Hồ Văn Chuyển')]
  const { sendMembers } = await import('#modules/members/moves/contract.ts')
  await done(
    world.hoa(editRecord, { params: { personId: was }, body: { values: { job: 'Tổ trưởng', ethnicity: 'Kinh' } } }),
  )
  await done(world.hoa(editRecord, { params: { personId: edited }, body: { values: { phone: '0912345678' } } }))
  await done(world.hoa(sendMembers, { body: { personIds: [moved], on: '2025-01-10', toUnitId: other, arrives: true } }))
  const undone = await undo(world.house, hoa(), id)
  expect(undone).toMatchObject({
    state: 'undone',
    trouble: null,
    counts: { undo_reversed: 2, undo_kept: 2, undo_impossible: 1 },
  })
  // The colleague said the job herself: it stays; the phone is again what it was.
  expect((await done(world.lan(showRecord, { params: { personId: was } }))).values).toEqual({
    phone: '0911000921',
    job: 'Tổ trưởng',
    ethnicity: 'Kinh',
  })
  expect((await members(unitId)).map((member) => member.fullName)).not.toContain('Hồ Văn Mới')
  expect((await members(unitId)).map((member) => member.fullName)).toContain('Hồ Văn Sửa')
  expect((await members(other)).map((member) => member.fullName)).toContain('Hồ Văn Chuyển')
  const lines = async (outcome: 'reversed' | 'kept' | 'impossible') =>
    (await done(world.lan(promise.listUndoLines, { params: { importId: id }, query: { outcome } }))).lines.map(
      ({ fullName, what, fields, why }) => [fullName, what, fields.join(), why === null],
    )
  expect((await lines('reversed')).toSorted(byName)).toEqual([
    ['Hồ Thị Cũ', 'fields', 'phone', true],
    ['Hồ Văn Mới', 'movement', '', true],
  ])
  expect((await lines('kept')).toSorted(byName)).toEqual([
    ['Hồ Thị Cũ', 'fields', 'job', false],
    ['Hồ Văn Sửa', 'movement', '', false],
  ])
  expect(await lines('impossible')).toEqual([['Hồ Văn Chuyển', 'movement', '', false]])
  expect(await world.lan(promise.undoMemberImport, { params: { importId: id }, body: { reason: 'Lần nữa' } })).toBe(
    'import-is-elsewhere',
  )
})

const byName = (a: unknown[], b: unknown[]) => String(a[0]).localeCompare(String(b[0]))

test('a district’s list names unions; who is elsewhere or already gone is told; strangers see nothing', async () => {
  const [a, b] = [await newUnion(), await newUnion()]
  const list = Buffer.from(
    `Công đoàn cơ sở,Họ và tên,Ngày sinh,Giới tính,CCCD\nCông ty TNHH Nhập số ${unions - 1},Đỗ Thị Một,01/01/1990,Nữ,001190000931\nCĐCS CTY TNHH NHAP SO ${unions},Đỗ Thị Hai,01/01/1990,Nữ,001190000932\nCông ty Không Có,Đỗ Thị Ba,01/01/1990,Nữ,001190000933\n`,
  )
  const read = await preview(world.house, lan(), String(world.units.tayHo), list, { kind: 'admitted' }, 'f.csv')
  expect(read.counts).toMatchObject({ new: 2, refused: 1 })
  await commit(world.house, lan(), read.id)
  expect((await members(a)).map((member) => member.fullName)).toContain('Đỗ Thị Một')
  expect((await members(b)).map((member) => member.fullName)).toContain('Đỗ Thị Hai')
  const swapped = await preview(world.house, lan(), b, csv('Đỗ Thị Một,01/01/1990,Nữ,001190000931,,'), {}, 'g.csv')
  expect(swapped.counts).toMatchObject({ elsewhere: 1 })
  for (const ask of [
    world.binh(promise.showMemberImport, { params: { importId: read.id } }),
    world.binh(promise.listImportRows, { params: { importId: read.id }, query: {} }),
    world.binh(promise.commitMemberImport, { params: { importId: swapped.id } }),
    world.binh(promise.discardMemberImport, { params: { importId: swapped.id } }),
  ])
    expect(await ask).toBe('not-found')
  expect(await world.trang(promise.commitMemberImport, { params: { importId: swapped.id } })).toBe('not-allowed')
  await done(world.lan(promise.discardMemberImport, { params: { importId: swapped.id } }))
  expect(await world.lan(promise.commitMemberImport, { params: { importId: swapped.id } })).toBe('import-is-elsewhere')
})

test('two imports of one file at once: one waits, then finds everybody there', async () => {
  const unitId = await newUnion()
  const list = csv(
    ...Array.from(
      { length: 300 },
      (_, index) => `Người Thứ ${index},01/01/1990,Nam,0010900${String(10_000 + index)},,`,
    ),
  )
  const [one, two] = [
    await preview(world.house, lan(), unitId, list, {}, 'h.csv'),
    await preview(world.house, hoa(), unitId, list, {}, 'h.csv'),
  ]
  const ends = await Promise.all([commit(world.house, lan(), one.id), commit(world.house, hoa(), two.id)])
  expect(ends.map((end) => [end.state, end.trouble])).toEqual([
    ['done', null],
    ['done', null],
  ])
  expect(ends.map((end) => end.counts['new'] ?? 0).toSorted((a, b) => a - b)).toEqual([0, 300])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from members.membership where unit_id = ${Number(unitId)}`.execute(world.owner)
  expect(rows[0]!.n).toBe(305)
})
