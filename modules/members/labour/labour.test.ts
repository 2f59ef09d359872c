/** The monthly labour list as promised: every row is told for what it is, nothing changes until it is accepted, a row the register
 *  has overtaken is never forced, and the whole list is taken back to what was before. */
import { createHash, randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { nameOf } from '#modules/imports/states.ts'
import { admitMembers, releaseMember } from '#modules/members/contract.ts'
import {
  answerTransferRequest,
  askForTransfer,
  listTransferRequests,
  receiveMembers,
  sendMembers,
  suspendMember,
} from '#modules/members/moves/contract.ts'
import { editRecord, showRecord } from '#modules/members/record/contract.ts'
import { act } from '#platform/database.ts'
import { commit, preview } from '#tests/imports.ts'
import { done, foundingEntry, openSample, people, secret, taxCode, type Ask, type World } from '#tests/world.ts'
import { receiveStaffList } from './actions.ts'
import * as promise from './contract.ts'
import { actsFor, listDay, verdicts } from './rules.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

let unions = 0
async function newUnion(change: Record<string, unknown> = {}): Promise<string> {
  const number = (unions += 1)
  const { unitId } = await done(
    world.lan(foundUnion, {
      body: foundingEntry(world, {
        name: `CĐCS Công ty TNHH Lao động số ${number}`,
        employer: { taxCode: taxCode(300 + number), name: `Công ty TNHH Lao động số ${number}`, workers: 90 },
        decision: { number: `${number}/QĐ-LAODONG`, signedOn: '2020-01-01', effectiveOn: '2020-01-01' },
        people: people(70_000 + number * 10, 5),
        ...change,
      }),
    }),
  )
  return unitId
}

type Worker = { name: string; birth: string; sex: string; number: string; job?: string; more?: string }
const given = ['An', 'Bình', 'Châu', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga', 'Oanh', 'Phúc', 'Quý']
const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đỗ']
/** The number-th worker of a firm: names repeat, numbers do not. */
const worker = (firm: number, number: number): Worker => ({
  name: `${family[number % 7]} ${number % 2 ? 'Văn' : 'Thị'} ${given[number % 13]}`,
  birth: `${String(1 + (number % 28)).padStart(2, '0')}/${String(1 + (number % 12)).padStart(2, '0')}/${1970 + (number % 30)}`,
  sex: number % 2 ? 'Nam' : 'Nữ',
  // Century and year agree with the birth, as in a true number.
  number: `001${number % 2 ? 0 : 1}${String((1970 + (number % 30)) % 100).padStart(2, '0')}${String(firm * 10_000 + number).padStart(6, '0')}`,
})
const workers = (firm: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => worker(firm, from + index))
const csv = (list: readonly Worker[], header = 'Họ và tên,Ngày sinh,Giới tính,CCCD,Chức danh,Điện thoại') =>
  Buffer.from(
    `Công ty\n${header}\n${list.map((one) => [one.name, one.birth, one.sex, one.number, one.job ?? '', one.more ?? ''].join(',')).join('\n')}\n`,
  )

/** Makes these people members since 2020. */
async function enrol(unitId: string, list: readonly Worker[]) {
  const read = await preview(world.house, world.actors.lan, unitId, csv(list), { on: '2020-06-01' }, 'members.csv')
  expect(read.counts).toMatchObject({ new: list.length })
  await commit(world.house, world.actors.lan, read.id)
}

/** The founders are on every list, unless a test leaves them out. */
const founders = (unitNumber: number): Worker[] =>
  people(70_000 + unitNumber * 10, 5).map((one) => ({
    name: one.fullName,
    birth: one.birthDate,
    sex: one.sex,
    number: one.identityNumber,
  }))

const settled = async (importId: string) => {
  await world.house.jobs.ended(nameOf(importId))
  return await done(world.lan(promise.showStaffList, { params: { importId } }))
}
async function readList(unitId: string, content: Buffer, on = '2025-03-31', change: Record<string, unknown> = {}) {
  const path = join(tmpdir(), `ket-doan-labour-${randomUUID()}`)
  writeFileSync(path, content)
  const digest = createHash('sha256').update(content).digest()
  const upload = { fileName: 'thang-3.csv', content: Buffer.alloc(0), path, bytes: content.length, digest }
  const taken = await act(world.house, world.actors.lan, 'vi', 'test', (ctx) => receiveStaffList(ctx, unitId, upload))
  rmSync(path)
  await done(
    world.lan(promise.readStaffList, {
      params: { importId: taken.id },
      body: { columns: taken.head.columns, on, ...change },
    }),
  )
  const read = await settled(taken.id)
  expect(read.trouble).toBeNull()
  return read
}
const rowsOf = async (importId: string, verdict?: promise.StaffRow['verdict']) =>
  (await done(world.lan(promise.listStaffRows, { params: { importId }, query: { verdict, limit: 200 } }))).rows
const accept = (importId: string, groups: unknown[], who: Ask = world.lan) =>
  who(promise.acceptStaffRows, { params: { importId }, body: { groups: groups as never } })
const undo = async (importId: string, who: Ask = world.lan) => {
  await done(who(promise.undoStaffList, { params: { importId }, body: { reason: 'Nhầm tệp tháng trước' } }))
  return await settled(importId)
}
/** Everything a list may change, as it is now. */
async function snapshot() {
  const ask = async (text: string) =>
    (await sql<{ t: string }>`select t::text from (${sql.raw(text)}) t order by 1`.execute(world.owner)).rows.map(
      (row) => row.t,
    )
  return {
    memberships: await ask('select person_id, unit_id, during from members.membership'),
    legs: await ask('select person_id, from_unit_id, to_unit_id, during from members.leg'),
    rests: await ask('select person_id, unit_id, during from members.suspension'),
    people: await ask('select id, full_name, birth_date, birth_year, identity_hash, record from members.person'),
    requests: await ask(
      'select person_id, unit_id from members.transfer_request q where not exists (select from members.transfer_answer a where a.request_id = q.id)',
    ),
    invited: await ask(
      "select full_name from members.invitation i where not exists (select from members.invitation_step s where s.invitation_id = i.id and s.step = 'withdrawn')",
    ),
  }
}

test('month end in a union of 1,200: told in numbers, accepted in bulk, taken back but for one whom a colleague moved on', async () => {
  const [unitId, sister] = [await newUnion(), await newUnion()]
  const staff = workers(1, 0, 1195)
  const [stay, changed, moved, director] = [
    [...founders(1), ...staff.slice(0, 1165)],
    staff.slice(1165, 1182),
    // Nine between them are gone.
    staff.slice(1191, 1194),
    staff[1194]!,
  ]
  await enrol(unitId, staff)
  for (const one of moved)
    await done(
      world.hoa(askForTransfer, {
        params: { unitId: sister },
        body: { identityNumber: one.number, fullName: one.name, on: '2025-03-20' },
      }),
    )
  const before = await snapshot()
  const list = [
    ...stay,
    ...changed.map((one) => ({ ...one, more: `0912${one.number.slice(-6)}` })),
    ...workers(2, 0, 21),
    { ...director, job: 'Giám đốc' },
  ]
  const read = await readList(unitId, csv(list))
  expect(read.counts).toMatchObject({
    rows: 1209,
    same: 1170,
    changed: 17,
    new: 21,
    gone: 9,
    moved: 3,
    ineligible: 1,
    open: 51,
  })
  expect(read.counts['unclear']).toBeUndefined()
  expect(await snapshot()).toEqual(before)
  const [boss] = await rowsOf(read.id, 'ineligible')
  expect(boss!.faults[0]!.title).toMatch(/Giám đốc.*Luật Công đoàn/)
  expect((await rowsOf(read.id, 'moved')).map((row) => row.whereNow)).toEqual(
    Array.from({ length: 3 }, () => 'CĐCS Công ty TNHH Lao động số 2'),
  )

  const answer = await done(
    accept(read.id, [
      { verdict: 'changed', act: 'write', count: 17 },
      { verdict: 'new', act: 'invite', count: 21 },
      {
        verdict: 'gone',
        act: 'leave',
        count: 9,
        decision: { number: '31/QĐ-LD', signedOn: '2025-03-31', effectiveOn: '2025-03-31' },
      },
      { verdict: 'moved', act: 'send', count: 3 },
      { verdict: 'ineligible', act: 'end', count: 1 },
    ]),
  )
  expect(answer).toMatchObject({
    accepted: 51,
    refused: [],
    counts: { open: 0, done_write: 17, done_invite: 21, done_leave: 9, done_send: 3, done_end: 1 },
  })
  const { rows: kinds } = await sql<{ kind: string; n: number }>`
    select kind, count(*)::int as n from members.movement where import_id = ${read.id} group by 1 order by 1`.execute(
    world.owner,
  )
  expect(kinds).toEqual([
    { kind: 'ended', n: 1 },
    { kind: 'left', n: 9 },
    { kind: 'sent', n: 3 },
  ])
  const { requests } = await done(world.lan(listTransferRequests, { query: { unitId: sister } }))
  expect(requests.filter(({ answer: is }) => is === 'sent')).toHaveLength(3)
  const { invitations } = await done(world.lan(promise.listInvitations, { query: { unitId } }))
  expect(invitations).toHaveLength(21)

  // The same file again: nothing is left to accept.
  const again = await readList(unitId, csv(list))
  expect(again.counts).toMatchObject({ same: 1187, new: 21, ineligible: 1, open: 0 })
  expect(again.counts['gone']).toBeUndefined()
  expect(again.head.isRemembered).toBe(true)

  // A colleague at the sister firm receives one of the three; then the clerk finds that it was last month's file.
  const onRoad = (await rowsOf(read.id, 'moved'))[0]!
  await done(
    world.hoa(receiveMembers, {
      params: { unitId: sister },
      body: { personIds: [onRoad.personId!], on: '2025-03-31' },
    }),
  )
  const undone = await undo(read.id)
  expect(undone).toMatchObject({ state: 'undone', trouble: null, counts: { undo_reversed: 50, undo_impossible: 1 } })
  const { lines } = await done(
    world.lan(promise.listStaffUndoLines, { params: { importId: read.id }, query: { outcome: 'impossible' } }),
  )
  expect(lines.map(({ fullName, why }) => [fullName, why])).toEqual([
    [onRoad.fullName, expect.stringMatching(/Chuyển đến.*31\/03\/2025.*Lâm Thị Hòa/)],
  ])
  const after = await snapshot()
  expect(after.people).toEqual(before.people)
  expect(after.invited).toEqual([])
  expect(after.requests).toHaveLength(2)
  expect(before.memberships.filter((row) => !after.memberships.includes(row))).toHaveLength(1)
}, 60_000)

/** Members of a small union, beside its five founders: An, Bình and so on, each with a number. */
async function smallUnion(firm: number, count: number) {
  const unitId = await newUnion()
  const staff = workers(firm, 0, count)
  await enrol(unitId, staff)
  return { unitId, founded: founders(unions), staff }
}
const said = (row: promise.StaffRow) => [row.fullName, row.verdict]
const settle = (importId: string, line: number, body: unknown, who: Ask = world.lan) =>
  who(promise.settleStaffRow, { params: { importId, line }, body: body as never })

test('whom a row may be is asked, and nobody it may be is called gone meanwhile', async () => {
  const { unitId, founded, staff } = await smallUnion(3, 6)
  const [a, b, c, d, e, f] = staff as [Worker, Worker, Worker, Worker, Worker, Worker]
  const read = await readList(
    unitId,
    csv([
      ...founded,
      { ...a, birth: '09/09/1999', number: '' },
      { ...b, name: 'Trịnh Văn Bính', number: '' },
      { ...c, number: '001170999999' },
      { ...d, birth: '31/02/1990', number: '' },
      { ...e, name: 'Người Khác Hẳn' },
      { ...f, name: 'Vũ Văn Vu' },
      { ...f },
    ]),
  )
  const unclear = await rowsOf(read.id, 'unclear')
  expect(unclear.map((row) => [row.fullName, row.candidates.map((one) => one.fullName)])).toEqual([
    [a.name, [a.name]],
    ['Trịnh Văn Bính', [b.name]],
    [c.name, [c.name]],
    [d.name, [d.name]],
    ['Người Khác Hẳn', [e.name]],
    // The number is another row's, too: the row whose name fits has it.
    ['Vũ Văn Vu', []],
  ])
  expect(unclear[4]!.faults.map((fault) => fault.name)).toEqual(['another-person-here'])
  expect(read.counts).toMatchObject({ same: 6, unclear: 6, open: 6 })
  expect(read.counts['gone']).toBeUndefined()

  const [one, two, three] = unclear as [promise.StaffRow, promise.StaffRow, promise.StaffRow]
  expect(await settle(read.id, one.line, { personId: two.candidates[0]!.personId })).toBe('not-a-candidate')
  expect(await settle(read.id, 900, { isNew: true })).toBe('not-found')
  const picked = await done(settle(read.id, one.line, { personId: one.candidates[0]!.personId }))
  expect(picked.row).toMatchObject({ verdict: 'changed', changes: [{ field: 'birthDate', now: '09/09/1999' }] })
  const fresh = await done(settle(read.id, two.line, { isNew: true }))
  expect(fresh.row).toMatchObject({ verdict: 'new', proposal: 'invite' })
  expect((await rowsOf(read.id, 'gone')).map(said)).toEqual([[b.name, 'gone']])
  const mended = await done(settle(read.id, three.line, { typed: { ...three.typed, identityNumber: c.number } }))
  expect(mended.row).toMatchObject({ verdict: 'same', proposal: null })
  // Of no use, and put aside: whoever it might have been is missing.
  const aside = await done(accept(read.id, [{ verdict: 'unclear', act: 'none', lines: [unclear[3]!.line], count: 1 }]))
  expect(aside).toMatchObject({ accepted: 1, counts: { gone: 2, done_none: 1 } })
  expect(await settle(read.id, unclear[3]!.line, { isNew: true })).toBe('row-done')
})

test('a list of names alone, and a worker of the same name as a member who stays', async () => {
  const { unitId, founded, staff } = await smallUnion(4, 13)
  const all = [...founded, ...staff]
  const names = await readList(
    unitId,
    Buffer.from(`STT,Họ và tên,Bộ phận\n${all.map((one, index) => `${index + 1},${one.name},May`).join('\n')}\n`),
  )
  const told = await rowsOf(names.id)
  const twins = all.filter((one) => all.filter((other) => other.name === one.name).length > 1).length
  expect(told.filter((row) => row.verdict === 'changed')).toHaveLength(18 - twins)
  expect(told.filter((row) => row.notes.some((note) => note.name === 'by-name-alone'))).toHaveLength(18 - twins)
  const namesake = { ...staff[0]!, number: '001199000777', birth: '01/01/1999' }
  const read = await readList(unitId, csv([...all, namesake]))
  expect((await rowsOf(read.id, 'new')).map(said)).toEqual([[namesake.name, 'new']])
  expect(read.counts).toMatchObject({ same: 18, new: 1, open: 1 })
})

test('members elsewhere are asked for, whoever is on the road here is received', async () => {
  const { unitId, founded, staff } = await smallUnion(5, 2)
  const near = await smallUnion(6, 3)
  const far = await done(
    world.binh(foundUnion, {
      body: foundingEntry(world, {
        upperUnitId: String(world.units.dongAnh),
        name: 'CĐCS Xa',
        employer: { taxCode: taxCode(790), name: 'Công ty Xa', workers: 60 },
        decision: { number: '1/QĐ-XA', signedOn: '2020-01-01', effectiveOn: '2020-01-01' },
        people: people(79_000, 5),
      }),
    }),
  )
  const hidden = people(79_000, 1).map((one) => ({
    name: one.fullName,
    birth: one.birthDate,
    sex: one.sex,
    number: one.identityNumber,
  }))[0]!
  const idOf = async (one: Worker) =>
    (
      await sql<{
        id: string
      }>`select id from members.person where identity_hash = ${secret.match(one.number)}`.execute(world.owner)
    ).rows[0]!.id
  const [coming, going] = [near.staff[1]!, near.staff[2]!]
  await done(world.lan(sendMembers, { body: { personIds: [await idOf(coming)], on: '2025-03-10', toUnitId: unitId } }))
  await done(
    world.lan(sendMembers, { body: { personIds: [await idOf(going)], on: '2025-03-10', toUnitId: far.unitId } }),
  )
  const list = csv([...founded, ...staff, hidden, near.staff[0]!, coming, going])
  const read = await readList(unitId, list)
  expect(read.counts).toMatchObject({ same: 7, elsewhere: 3, arrives: 1, open: 3 })
  const elsewhere = await rowsOf(read.id, 'elsewhere')
  expect(elsewhere.map((row) => [row.whereNow, row.personId !== null, row.notes.map((note) => note.name)])).toEqual([
    [null, false, []],
    [`CĐCS Công ty TNHH Lao động số ${unions}`, true, []],
    [null, true, ['on-another-road']],
  ])
  const answer = await done(
    accept(read.id, [
      { verdict: 'elsewhere', act: 'ask', count: 2 },
      { verdict: 'arrives', act: 'receive', count: 1, on: '2025-03-20' },
    ]),
  )
  expect(answer).toMatchObject({ accepted: 3, refused: [], counts: { open: 0, done_ask: 2, done_receive: 1 } })
  const asked = await done(world.binh(listTransferRequests, { query: { unitId: far.unitId } }))
  expect(asked.requests.map((one) => [one.fullName, one.direction, one.answer])).toEqual([[hidden.name, 'in', null]])
  const again = await readList(unitId, list)
  expect(again.counts).toMatchObject({ same: 8, elsewhere: 3, open: 0 })

  // The near union sends the one it was asked for; then the list is taken back: the other request is withdrawn, hers is kept.
  const nearby = await done(world.lan(listTransferRequests, { query: { unitId: near.unitId } }))
  await done(
    world.hoa(answerTransferRequest, {
      params: { requestId: nearby.requests.find((one) => one.direction === 'in' && !one.answer)!.id },
      body: { on: '2025-03-30' },
    }),
  )
  const undone = await undo(read.id)
  expect(undone.counts).toMatchObject({ undo_reversed: 2, undo_kept: 1 })
  const after = await done(world.binh(listTransferRequests, { query: { unitId: far.unitId } }))
  expect(after.requests.map((one) => [one.answer, one.reason])).toEqual([['refused', 'Nhầm tệp tháng trước']])
})

test('who may not be a member: by the list, by the record, by the law of the day; a state employer’s director may', async () => {
  const { unitId, founded, staff } = await smallUnion(7, 3)
  const [a, b, c] = staff as [Worker, Worker, Worker]
  const list = Buffer.from(
    `Họ và tên,Ngày sinh,Giới tính,Số giấy tờ,Chức vụ quản lý,Quốc tịch,Thời hạn hợp đồng\n${[
      ...founded.map((one) => `${one.name},${one.birth},${one.sex},${one.number},,,`),
      `${a.name},${a.birth},${a.sex},${a.number},Chủ tịch Hội đồng quản trị,,`,
      `${b.name},${b.birth},${b.sex},${b.number},,Hàn Quốc,6 tháng`,
      `${c.name},${c.birth},${c.sex},${c.number},Không,,`,
      'Phan Văn Sếp,01/01/1980,Nam,001080111222,Giám đốc,,',
      'Phan Thị Bé,01/01/2012,Nữ,001312111223,,,',
    ].join('\n')}\n`,
  )
  const read = await readList(unitId, list)
  expect((await rowsOf(read.id, 'ineligible')).map((row) => [row.fullName, row.proposal, row.faults[0]!.name])).toEqual(
    [
      [a.name, 'end', 'managers-barred'],
      [b.name, 'end', 'foreigner-contract-short'],
      ['Phan Văn Sếp', null, 'managers-barred'],
      ['Phan Thị Bé', null, 'too-young'],
    ],
  )
  expect(read.counts).toMatchObject({ open_ineligible: 2 })
  await done(accept(read.id, [{ verdict: 'ineligible', act: 'end', count: 2 }]))
  const { rows } = await sql<{ kind: string; cause: string; reason: string }>`
    select kind, cause, reason from members.movement where import_id = ${read.id} order by id`.execute(world.owner)
  expect(rows).toEqual([
    { kind: 'ended', cause: 'other', reason: expect.stringContaining('Luật Công đoàn 50/2024/QH15') },
    { kind: 'ended', cause: 'other', reason: expect.stringContaining('12 tháng') },
  ])

  const state = await newUnion({ sector: 'state' })
  const [first, ...others] = founders(unions) as [Worker, ...Worker[]]
  const ofState = await readList(state, csv([{ ...first, job: 'Giám đốc' }, ...others]))
  expect(ofState.counts).toMatchObject({ same: 4, changed: 1 })
})

test('a member who rests is called gone with a warning, and only alone', async () => {
  const { unitId, founded, staff } = await smallUnion(8, 3)
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.full_name as name from members.membership m join members.person p on p.id = m.person_id where m.unit_id = ${Number(unitId)} order by p.id desc limit 1`.execute(
    world.owner,
  )
  await done(
    world.lan(suspendMember, {
      params: { personId: rows[0]!.id },
      body: { on: '2025-02-01', cause: 'job_loss', reason: 'Mất việc' },
    }),
  )
  const before = await snapshot()
  const read = await readList(unitId, csv([...founded, staff[0]!]))
  expect(read.counts).toMatchObject({ gone: 2, open_gone: 2, held: 1 })
  const gone = await rowsOf(read.id, 'gone')
  const held = gone.find((row) => row.isHeld)!
  expect([held.fullName, held.notes[0]!.title]).toEqual([rows[0]!.name, expect.stringContaining('01/02/2025')])
  expect(await accept(read.id, [{ verdict: 'gone', act: 'leave', count: 2 }])).toBe('rows-changed')
  expect(await done(accept(read.id, [{ verdict: 'gone', act: 'leave', count: 1 }]))).toMatchObject({ accepted: 1 })
  const alone = await done(
    accept(read.id, [{ verdict: 'gone', act: 'end', lines: [held.line], count: 1, reason: 'Nghỉ hưu' }]),
  )
  expect(alone).toMatchObject({ accepted: 1, counts: { open: 0 } })
  await undo(read.id)
  expect(await snapshot()).toEqual(before)
})

test('what the register has overtaken is told, not written; of two clerks the second is refused', async () => {
  const { unitId, founded, staff } = await smallUnion(9, 6)
  const list = csv([...founded, { ...staff[0]!, more: '0912000111' }])
  const before = await snapshot()
  const read = await readList(unitId, list)
  const gone = await rowsOf(read.id, 'gone')
  expect(read.counts).toMatchObject({ changed: 1, gone: 5 })
  const [left, moved] = gone as [promise.StaffRow, promise.StaffRow]
  await done(
    world.hoa(releaseMember, {
      params: { personId: left.personId! },
      body: { on: '2025-03-05', kind: 'left', reason: 'Nghỉ việc' },
    }),
  )
  const sister = await newUnion()
  await done(
    world.hoa(askForTransfer, {
      params: { unitId: sister },
      body: {
        identityNumber: staff.find((one) => one.name === moved.fullName)!.number,
        fullName: moved.fullName,
        on: '2025-03-20',
      },
    }),
  )
  const [changed] = await rowsOf(read.id, 'changed')
  await done(
    world.hoa(editRecord, { params: { personId: changed!.personId! }, body: { values: { phone: '0912000999' } } }),
  )
  const answer = await done(
    accept(read.id, [
      { verdict: 'gone', act: 'leave', count: 5 },
      { verdict: 'changed', act: 'write', count: 1 },
    ]),
  )
  expect(answer.accepted).toBe(3)
  const told = answer.refused.map((row) => `${row.fullName} ${row.title.split('nay là ')[1]}`)
  expect(told.sort()).toEqual(
    [
      `${left.fullName} "không còn việc gì".`,
      `${moved.fullName} "Đã sang nơi khác".`,
      `${changed!.fullName} "Còn làm việc, có thông tin mới".`,
    ].sort(),
  )
  expect(answer.counts).toMatchObject({ open: 2, moved: 1, gone: 3, changed: 1 })
  expect((await done(world.lan(showRecord, { params: { personId: changed!.personId! } }))).values['phone']).toBe(
    '0912000999',
  )

  const race = await Promise.all([
    accept(read.id, [{ verdict: 'moved', act: 'send', lines: [moved.line], count: 1 }]),
    accept(read.id, [{ verdict: 'moved', act: 'send', lines: [moved.line], count: 1 }], world.hoa),
  ])
  expect(race.map((one) => (typeof one === 'string' ? one : 'accepted')).sort()).toEqual(['accepted', 'row-done'])
  expect(await accept(read.id, [{ verdict: 'moved', act: 'send', count: 1 }])).toBe('rows-changed')
  await undo(read.id)
  const after = await snapshot()
  // What colleagues did stays: one left, one number, one request.
  expect(before.memberships.filter((row) => !after.memberships.includes(row))).toHaveLength(1)
  expect(after.requests).toHaveLength(before.requests.length + 1)
})

test('a group is written under one paper, on its day; what stands against one is told beside it', async () => {
  const { unitId, founded, staff } = await smallUnion(10, 6)
  const late = worker(10, 50)
  await done(
    world.lan(admitMembers, {
      params: { unitId },
      body: {
        on: '2025-03-20',
        people: [{ fullName: late.name, birthDate: late.birth, sex: late.sex, identityNumber: late.number }],
      },
    }),
  )
  const read = await readList(unitId, csv([...founded, ...staff.slice(0, 2)]))
  const gone = await rowsOf(read.id, 'gone')
  expect(gone).toHaveLength(5)
  const lines = gone.map((row) => row.line)
  const paper = { number: '7/QĐ-RA', signedOn: '2025-03-01', effectiveOn: '2025-03-01' }
  const refusals: [Record<string, unknown>, string][] = [
    [{ act: 'leave', count: 4 }, 'rows-changed'],
    [{ act: 'leave', count: 5, on: '2025-04-01' }, 'day-in-future'],
    [{ act: 'leave', count: 5, decision: { ...paper, effectiveOn: '2025-02-01' } }, 'effective-before-signed'],
    [{ act: 'send', count: 5 }, 'needs-a-union'],
    [{ act: 'send', count: 5, toUnitId: unitId }, 'same-union'],
    [{ act: 'send', count: 5, toUnitId: String(world.units.tayHo) }, 'not-a-grassroots-union'],
    [{ act: 'leave', count: 5, on: '2019-05-05' }, 'day-before-founding'],
  ]
  for (const [group, problem] of refusals)
    expect([problem, await accept(read.id, [{ verdict: 'gone', ...group }])]).toEqual([problem, problem])
  await expect(accept(read.id, [{ verdict: 'gone', act: 'invite', count: 5 }])).rejects.toThrow(/act/)
  const twice = { verdict: 'gone', act: 'leave', lines: [lines[0]], count: 1 }
  expect(await accept(read.id, [twice, twice])).toBe('rows-changed')
  const answer = await done(
    accept(read.id, [{ verdict: 'gone', act: 'leave', count: 5, on: '2025-03-01', decision: paper }]),
  )
  expect(answer).toMatchObject({ accepted: 4, refused: [{ fullName: late.name }], counts: { open: 1 } })
  const { rows } = await sql<{ n: number; reason: string }>`
    select count(*)::int as n, min(m.reason) as reason from members.movement m join units.decision d on d.id = m.decision_id
    where m.import_id = ${read.id} and m.kind = 'left' and m.occurred_on = '2025-03-01' and d.number = '7/QĐ-RA'`.execute(
    world.owner,
  )
  expect(rows).toEqual([{ n: 4, reason: 'Không có tên trong danh sách lao động ngày 31/03/2025 (thang-3.csv)' }])
  const rest = { verdict: 'gone', count: 1, lines: [gone.find((row) => row.fullName === late.name)!.line] }
  expect(await accept(read.id, [{ ...rest, act: 'leave', decision: paper }])).toBe('decision-number-taken')
  expect(await done(accept(read.id, [{ ...rest, act: 'none' }]))).toMatchObject({ counts: { open: 0, done_none: 1 } })
})

test('a joint union’s list of one employer says nothing of the others’ workers', async () => {
  const { unitId, founded, staff } = await smallUnion(11, 4)
  const { rows: second } = await sql<{ id: string }>`
    insert into employers.employer (tax_code, name, folded, unit_id, kind, ownership) select ${taxCode(880)}, 'Công ty CP Thứ Hai', 'cong ty cp thu hai', e.unit_id, e.kind, e.ownership
    from employers.employer e join employers.union_link l on l.employer_id = e.id where l.unit_id = ${Number(unitId)} returning id`.execute(
    world.owner,
  )
  await sql`insert into employers.union_link (employer_id, unit_id, valid_from) values (${second[0]!.id}, ${Number(unitId)}, '2021-01-01')`.execute(
    world.owner,
  )
  const { rows } = await sql<{ id: string }>`
    select p.id from members.membership m join members.person p on p.id = m.person_id where m.unit_id = ${Number(unitId)} order by p.id desc limit 2`.execute(
    world.owner,
  )
  for (const { id } of rows)
    await done(
      world.lan(editRecord, { params: { personId: id }, body: { values: { workplace: 'CTY Cổ phần Thứ Hai' } } }),
    )
  const employers = await done(world.lan(promise.listStaffEmployers, { params: { unitId }, query: {} }))
  expect(employers.employers.map((one) => one.name)).toContain('Công ty CP Thứ Hai')
  const all = await readList(unitId, csv([...founded, ...staff.slice(0, 1)]))
  expect(all.counts).toMatchObject({ gone: 3 })
  const one = await readList(unitId, csv([staff[2]!]), '2025-03-31', { employerIds: [second[0]!.id] })
  expect(one.counts).toMatchObject({ gone: 1 })
  const foreign = await done(world.lan(promise.listStaffEmployers, { params: { unitId: await newUnion() }, query: {} }))
  expect(
    await world.lan(promise.readStaffList, {
      params: { importId: one.id },
      body: { columns: one.head.columns, on: '2025-03-31', employerIds: [foreign.employers[0]!.id] },
    }),
  ).toBe('not-found')
})

test('invited workers are no members until they apply; those who joined keep their place when the list is taken back', async () => {
  const { unitId, founded, staff } = await smallUnion(12, 1)
  const fresh = workers(13, 0, 4)
  const read = await readList(unitId, csv([...founded, ...staff, ...fresh]))
  await done(accept(read.id, [{ verdict: 'new', act: 'invite', count: 4 }]))
  const list = async (state: 'open' | 'joined' | 'declined' | 'withdrawn') =>
    (await done(world.lan(promise.listInvitations, { query: { unitId, state } }))).invitations
  const open = await list('open')
  expect(open.map((one) => one.identity)).toEqual(fresh.map((one) => `•••${one.number.slice(-3)}`))
  const people = (
    await done(
      world.lan(promise.openInvitations, { params: { unitId }, body: { invitationIds: [open[0]!.id, open[1]!.id] } }),
    )
  ).people
  expect(people[0]).toEqual({
    fullName: fresh[0]!.name,
    birthDate: fresh[0]!.birth,
    sex: fresh[0]!.sex,
    identityNumber: fresh[0]!.number,
  })
  const { rows } =
    await sql`select from members.invitation_step where step = 'opened' and recorded_by = ${world.actors.lan.id}`.execute(
      world.owner,
    )
  expect(rows).toHaveLength(2)
  await done(world.lan(admitMembers, { params: { unitId }, body: { on: '2025-03-31', people: [people[0]!] } }))
  await done(
    world.lan(promise.declineInvitation, { params: { invitationId: open[1]!.id }, body: { reason: 'Để sau' } }),
  )
  expect((await list('joined')).map((one) => one.fullName)).toEqual([fresh[0]!.name])
  expect((await list('declined')).map((one) => [one.fullName, one.reason])).toEqual([[fresh[1]!.name, 'Để sau']])
  expect(await list('open')).toHaveLength(2)
  for (const invitationId of [open[0]!.id, open[1]!.id])
    expect(await world.lan(promise.declineInvitation, { params: { invitationId }, body: {} })).toBe('already-answered')
  const again = await readList(unitId, csv([...founded, ...staff, ...fresh]))
  expect(again.counts).toMatchObject({ same: 7, new: 3, open: 0 })
  expect((await rowsOf(again.id, 'new')).map((row) => row.notes[0]!.name)).toEqual(['declined', 'invited', 'invited'])
  const undone = await undo(read.id)
  expect(undone.counts).toMatchObject({ undo_reversed: 2, undo_kept: 1 })
  expect(await list('withdrawn')).toHaveLength(2)
  expect((await list('joined')).map((one) => one.fullName)).toEqual([fresh[0]!.name])
  const opened = await world.lan(promise.openInvitations, {
    params: { unitId },
    body: { invitationIds: [open[2]!.id] },
  })
  expect(opened).toBe('not-found')
})

test('a list ends: finished, given up, or taken back; nothing of it is kept in clear', async () => {
  const { unitId, founded, staff } = await smallUnion(14, 3)
  const list = csv([...founded, ...staff.slice(0, 2), worker(15, 1)])
  const read = await readList(unitId, list)
  const ask = { params: { importId: read.id } }
  const settings = { columns: read.head.columns, on: '2025-03-31' }
  expect(await world.lan(promise.undoStaffList, { ...ask, body: { reason: 'Thử' } })).toBe('import-is-elsewhere')
  expect(await world.lan(promise.readStaffList, { ...ask, body: { ...settings, on: '2026-01-01' } })).toBe(
    'day-in-future',
  )
  expect(await world.lan(promise.readStaffList, { ...ask, body: { ...settings, on: '2019-01-01' } })).toBe(
    'day-before-founding',
  )
  const nobody = settings.columns.map((column) => ({ ...column, field: null }))
  expect(await world.lan(promise.readStaffList, { ...ask, body: { ...settings, columns: nobody } })).toBe(
    'columns-name-nobody',
  )
  await done(accept(read.id, [{ verdict: 'gone', act: 'leave', count: 1 }]))
  expect(await world.lan(promise.discardStaffList, ask)).toBe('import-is-elsewhere')
  expect(await world.lan(promise.readStaffList, { ...ask, body: settings })).toBe('import-is-elsewhere')
  const closed = await done(world.lan(promise.closeStaffList, ask))
  expect(closed).toMatchObject({ state: 'done', counts: { same: 7, new: 1, gone: 1, done_leave: 1 } })
  expect((await rowsOf(read.id)).map((row) => [row.verdict, row.act, row.doneBy])).toEqual([
    ['gone', 'leave', 'Phạm Thị Lan'],
  ])
  expect(await accept(read.id, [{ verdict: 'new', act: 'invite', count: 1 }])).toBe('import-is-elsewhere')
  expect(await settle(read.id, 3, { isNew: true })).toBe('import-is-elsewhere')
  const kept = await sql`select from imports.file_part where import_id = ${read.id}`.execute(world.owner)
  expect(kept.rows).toHaveLength(0)
  expect((await undo(read.id)).counts).toMatchObject({ undo_reversed: 1 })

  const other = await readList(unitId, list)
  expect(await done(world.lan(promise.discardStaffList, { params: { importId: other.id } }))).toMatchObject({
    state: 'discarded',
  })
  const { imports } = await done(world.lan(promise.listStaffLists, { query: { unitId } }))
  expect(imports.map(({ state, counts }) => [state, counts['gone']])).toEqual([
    ['discarded', 1],
    ['undone', 1],
  ])
  await expect(readList(String(world.units.tayHo), list)).rejects.toMatchObject({ problem: 'not-a-grassroots-union' })

  // The waiting rows are lost with a crash of the database: the list says so and is read again, also when some of it was accepted.
  const lost = await readList(unitId, list)
  await done(accept(lost.id, [{ verdict: 'gone', act: 'leave', count: 1 }]))
  await sql`delete from members.import_row where import_id = ${lost.id}`.execute(world.owner)
  expect(await done(world.lan(promise.showStaffList, { params: { importId: lost.id } }))).toMatchObject({
    trouble: { name: 'import-interrupted' },
  })
  await done(world.lan(promise.readStaffList, { params: { importId: lost.id }, body: settings }))
  expect((await settled(lost.id)).counts).toMatchObject({ same: 7, new: 1, open: 1 })
})

test('strangers find nothing; who may only read may not act', async () => {
  const { unitId, founded } = await smallUnion(16, 1)
  const read = await readList(unitId, csv([...founded, worker(17, 30)]))
  const params = { importId: read.id }
  const [row] = await rowsOf(read.id, 'new')
  await done(accept(read.id, [{ verdict: 'new', act: 'invite', lines: [row!.line], count: 1 }]))
  const { invitations } = await done(world.trang(promise.listInvitations, { query: { unitId } }))
  expect(await done(world.trang(promise.listStaffRows, { params, query: {} }))).toMatchObject({ next: null })
  const acts = (who: Ask) => [
    who(promise.readStaffList, { params, body: { columns: read.head.columns, on: '2025-03-31' } }),
    who(promise.settleStaffRow, { params: { ...params, line: 3 }, body: { isNew: true } }),
    who(promise.acceptStaffRows, { params, body: { groups: [{ verdict: 'gone', act: 'leave', count: 1 }] } }),
    who(promise.closeStaffList, { params }),
    who(promise.undoStaffList, { params, body: { reason: 'Thử' } }),
    who(promise.discardStaffList, { params }),
    who(promise.openInvitations, { params: { unitId }, body: { invitationIds: [invitations[0]!.id] } }),
    who(promise.declineInvitation, { params: { invitationId: invitations[0]!.id }, body: {} }),
  ]
  expect(new Set(await Promise.all(acts(world.trang)))).toEqual(new Set(['not-allowed']))
  expect(new Set(await Promise.all(acts(world.binh)))).toEqual(new Set(['not-found']))
  for (const look of [
    world.binh(promise.showStaffList, { params }),
    world.binh(promise.listStaffRows, { params, query: {} }),
    world.binh(promise.listStaffUndoLines, { params, query: { outcome: 'kept' } }),
    world.binh(promise.listStaffLists, { query: { unitId } }),
    world.binh(promise.listInvitations, { query: { unitId } }),
    world.binh(promise.listStaffEmployers, { params: { unitId }, query: {} }),
  ])
    expect(await look).toBe('not-found')
})

test('whatever a list says: nothing changes before, and everything accepted is taken back', async () => {
  const { unitId, founded, staff } = await smallUnion(18, 12)
  const sister = await smallUnion(19, 6)
  const fate = fc.constantFrom('stays', 'gone', 'phone', 'boss', 'typo', 'asked')
  const strangers = fc.uniqueArray(fc.constantFrom(...workers(20, 0, 5), ...sister.staff), { maxLength: 6 })
  const asked = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { minLength: 12, maxLength: 12 }), strangers, async (fates, others) => {
      const rows = staff.flatMap((one, index): Worker[] => {
        const is = fates[index]
        if (is === 'gone' || is === 'asked') return []
        if (is === 'phone') return [{ ...one, more: `0912${String(index).padStart(6, '0')}` }]
        return [
          is === 'boss' ? { ...one, job: 'Tổng giám đốc' } : is === 'typo' ? { ...one, birth: '01/01/1999' } : one,
        ]
      })
      for (const [index, one] of staff.entries()) {
        if (fates[index] !== 'asked' || asked.has(one.number)) continue
        asked.add(one.number)
        await done(
          world.hoa(askForTransfer, {
            params: { unitId: sister.unitId },
            body: { identityNumber: one.number, fullName: one.name, on: '2025-03-01' },
          }),
        )
      }
      const before = await snapshot()
      const read = await readList(unitId, csv([...founded, ...rows, ...others]))
      // One row's answer may be another's: they are asked one after the other.
      for (let row; (row = (await rowsOf(read.id, 'unclear'))[0]);) {
        const [first] = row.candidates
        await done(settle(read.id, row.line, first ? { personId: first.personId } : { isNew: true }))
      }
      expect(await snapshot()).toEqual(before)
      const { counts } = await done(world.lan(promise.showStaffList, { params: { importId: read.id } }))
      const groups = verdicts.flatMap((verdict) => {
        const count = counts[`open_${verdict}`] ?? 0
        return count > 0 ? [{ verdict, act: actsFor(verdict)[0], count }] : []
      })
      if (groups.length === 0)
        return void (await done(world.lan(promise.discardStaffList, { params: { importId: read.id } })))
      const answer = await done(accept(read.id, groups))
      expect(answer).toMatchObject({ refused: [], counts: { open: 0 } })
      expect(answer.accepted).toBe(groups.reduce((sum, group) => sum + group.count, 0))
      expect(await undo(read.id)).toMatchObject({ state: 'undone', trouble: null })
      expect(await snapshot()).toEqual(before)
    }),
    { numRuns: 6 },
  )
}, 60_000)

test('a list that arrives early in a month is about the month before', () => {
  expect(
    ['2025-03-31', '2025-03-28', '2025-03-16', '2025-03-15', '2025-03-01', '2024-03-10', '2025-01-05'].map(listDay),
  ).toEqual(['2025-03-31', '2025-03-28', '2025-03-16', '2025-02-28', '2025-02-28', '2024-02-29', '2024-12-31'])
})
