/** Members: one union at a time whoever clicks first, every act undone exactly, and numbers that nobody reads by accident. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareNames } from '#kernel/fold.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { recountAll } from '#platform/verify.ts'
import { actOf, beginHistory, perform, runs } from '#tests/history.ts'
import { copyLedgers, figuresBySlowCount } from '#tests/oracle.ts'
import { done, foundingEntry, openSample, people, person, taxCode, today, type Ask, type World } from '#tests/world.ts'
import {
  admitMembers,
  checkAdmission,
  listMembers,
  readIdentityNumber,
  releaseMember,
  reverseMovement,
  showMember,
} from './contract.ts'

let world: World
let unions: string[]
beforeAll(async () => {
  world = await openSample()
  unions = [await union(1, 1_000), await union(2, 2_000), await union(3, 3_000)]
})
afterAll(() => world.close())

const union = async (number: number, from: number, upperUnitId = world.units.tayHo, ask: Ask = world.quang) => {
  const employer = { taxCode: taxCode(number), name: `Công ty ${number}` }
  return (
    await done(
      ask(foundUnion, {
        body: foundingEntry(world, { upperUnitId: String(upperUnitId), employer, people: people(from, 5) }),
      }),
    )
  ).unitId
}
const admit = (unitId: string, list: ReturnType<typeof people>, on = '2024-07-01', ask: Ask = world.lan) =>
  ask(admitMembers, { params: { unitId }, body: { on, people: list } })
const idOf = async (number: number) => {
  const found = await sql<{
    id: string
  }>`select id from members.person where identity_hash = ${world.house.secret.match(person(number).identityNumber)}`.execute(
    world.owner,
  )
  return found.rows[0]!.id
}
const leave = (personId: string, on: string, kind: 'left' | 'ended' = 'left', ask: Ask = world.lan) =>
  ask(releaseMember, { params: { personId }, body: { on, kind, reason: 'Thử' } })

test('two clerks who admit the same person at once: one does, every time', async () => {
  for (let round = 0; round < 8; round++) {
    const number = 10_000 + round
    // Every other round the person is known already: admitted and ended before.
    if (round % 2 === 1) {
      await done(admit(unions[2]!, people(number, 1), '2024-06-01'))
      await done(leave(await idOf(number), '2024-06-15', 'ended'))
    }
    const answers = await Promise.all([
      admit(unions[0]!, people(number, 1)),
      admit(unions[1]!, people(number, 1), '2024-07-01', world.hoa),
      admit(unions[0]!, people(number, 1), '2024-07-02', world.quang),
    ])
    expect(
      answers.filter((answer) => answer === 'list-has-faults'),
      JSON.stringify(answers),
    ).toHaveLength(2)
  }
  // Lists in opposite order wait for one another instead of failing.
  const list = people(11_000, 30)
  const crossed = await Promise.all([admit(unions[0]!, list), admit(unions[1]!, list.toReversed())])
  expect(crossed.filter((answer) => answer === 'list-has-faults')).toHaveLength(1)
})

type Figures = Record<string, number>
async function boardOf(unitId: number, asOf: string): Promise<Figures> {
  const { figures } = await done(
    world.quang(showProgress, { query: { unitId: String(unitId), from: '2023-01-01', asOf } }),
  )
  const flat = (list: typeof figures): [string, number][] =>
    list.flatMap((figure) => [[figure.indicator, figure.result ?? 0] as [string, number], ...flat(figure.ofWhich)])
  return Object.fromEntries(flat(figures))
}

test('any order of admissions, departures and reversals: stock is arrivals less departures, people are in one union, tallies recount', async () => {
  const own = await openSample()
  const history = beginHistory(own)
  for (const who of [1, 2, 1]) await perform(history, { kind: 'found', who, what: 5, day: '2023-03-05' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(actOf('admit', 'admit', 'leave', 'reverse'), { minLength: 8, maxLength: 14 }),
      async (acts) => {
        for (const act of acts) await perform(history, act)
        const ledgers = await copyLedgers(own)
        const stock = figuresBySlowCount(ledgers, own.units.haNoi, {
          from: '1900-01-01',
          asOf: today,
          structureOn: today,
        })
        const kept = await sql<{ members: number; overlaps: number }>`select
        (select count(*)::int from members.membership where during @> ${today}::date) as members,
        (select count(*)::int from members.membership a join members.membership b on a.person_id = b.person_id and a.id < b.id and a.during && b.during) as overlaps`.execute(
          own.owner,
        )
        expect(kept.rows[0]).toEqual({ members: stock['members_total'], overlaps: 0 })
        expect(stock['members_total']).toBe(stock['members_net_growth'])
        const listed = await done(own.quang(listMembers, { query: { unitId: String(own.units.haNoi), limit: 200 } }))
        expect([listed.total, listed.members.length]).toEqual([stock['members_total'], stock['members_total']])
      },
    ),
    runs(6),
  )
  expect((await recountAll(own.owner)).filter((count) => count.wrong > 0)).toEqual([])
  expect(history.told.filter((told) => told === 'reverse: done').length, history.told.join('\n')).toBeGreaterThan(1)
  await own.close()
})

test('what is reversed was never: every figure of every day returns, in any order of undoing', async () => {
  const days = ['2024-06-30', '2024-07-01', '2024-10-15', '2024-12-31', today]
  const board = () => Promise.all(days.map((on) => boardOf(world.units.haNoi, on)))
  const before = await board()
  const admitted = await done(admit(unions[0]!, people(20_000, 6)))
  const left = await done(leave(await idOf(20_000), '2024-10-15'))
  expect(await board()).not.toEqual(before)
  const reverse = (movementId: string, ask: Ask = world.lan) =>
    ask(reverseMovement, { params: { movementId }, body: { reason: 'Nhầm' } })
  expect(await reverse(admitted.movementIds[0]!), 'a later departure stands').toBe('later-movement-exists')
  const reversal = await done(reverse(left.movementId))
  expect(await reverse(left.movementId)).toBe('already-reversed')
  expect(await reverse(reversal.movementId)).toBe('already-reversed')
  for (const id of admitted.movementIds) await done(reverse(id))
  expect(await board()).toEqual(before)
  const told = await done(world.quang(showMember, { params: { personId: await idOf(20_000) } }))
  expect(
    told.movements.map((one) => [one.kind, one.quantity, one.reversesId !== null, one.reversedById !== null]),
  ).toEqual([
    ['admitted', 1, false, true],
    ['admitted', -1, true, false],
    ['left', -1, false, true],
    ['left', 1, true, false],
  ])
  expect(told.unit).toBeNull()
  const founding = await sql<{
    id: string
  }>`select m.id from members.movement m join units.decision d on d.id = m.decision_id and d.kind = 'founding' limit 1`.execute(
    world.owner,
  )
  expect(await reverse(founding.rows[0]!.id)).toBe('founding-is-cancelled-whole')
  expect(await reverse(left.movementId, world.trang)).toBe('not-allowed')
  expect(await reverse(left.movementId, world.binh)).toBe('not-found')
})

test('leaving and coming again: refused with the day and the law until three months have passed', async () => {
  await done(admit(unions[0]!, people(21_000, 2), '2024-06-01'))
  const id = await idOf(21_000)
  expect(await leave(id, '2024-06-01')).toBe('day-before-admission')
  expect(await leave(id, '2025-04-01')).toBe('day-in-future')
  expect(await leave(id, '2024-08-31', 'left', world.trang)).toBe('not-allowed')
  expect(await leave(id, '2024-08-31', 'left', world.binh)).toBe('not-found')
  const paper = { number: '1/QĐ-CĐCS', signedOn: '2024-08-30', effectiveOn: '2024-08-31' }
  await done(
    world.lan(releaseMember, {
      params: { personId: id },
      body: { on: '2024-08-31', kind: 'left', reason: 'Nghỉ việc', decision: paper },
    }),
  )
  expect(await leave(id, '2024-09-30')).toBe('not-a-member')
  const other = await idOf(21_001)
  expect(
    await world.lan(releaseMember, {
      params: { personId: other },
      body: { on: '2024-08-31', kind: 'left', reason: 'x', decision: paper },
    }),
  ).toBe('decision-number-taken')
  expect(
    await world.lan(releaseMember, {
      params: { personId: other },
      body: {
        on: '2024-08-31',
        kind: 'left',
        reason: 'x',
        decision: { ...paper, number: '2', effectiveOn: '2024-08-29' },
      },
    }),
  ).toBe('effective-before-signed')
  const check = (on: string) =>
    done(world.lan(checkAdmission, { params: { unitId: unions[1]! }, body: { on, people: people(21_000, 1) } }))
  const [fault] = (await check('2024-11-29')).faults
  expect(fault).toMatchObject({ name: 'rejoins-too-soon', line: 1 })
  expect(fault!.title).toMatch(/31\/08\/2024.*30\/11\/2024.*HD 38/)
  expect(await check('2024-11-30')).toEqual({ admissible: 1, faults: [] })
  await done(admit(unions[1]!, people(21_000, 1), '2024-11-30'))
})

test('an admission is refused where, when and by whom it may not be; a list is refused whole', async () => {
  const list = people(22_000, 3)
  expect(await admit(String(world.units.tayHo), list)).toBe('not-a-grassroots-union')
  expect(await admit(unions[0]!, list, '2024-05-09')).toBe('day-before-founding')
  expect(await admit(unions[0]!, list, '2025-04-01')).toBe('day-in-future')
  expect(await admit(unions[0]!, list, '2024-07-01', world.trang)).toBe('not-allowed')
  expect(await admit(unions[0]!, list, '2024-07-01', world.binh)).toBe('not-found')
  const dongAnh = await union(7, 23_000, world.units.dongAnh)
  expect(await admit(dongAnh, list)).toBe('not-found')
  const officer = (officerId: string) =>
    world.lan(admitMembers, { params: { unitId: unions[0]! }, body: { on: '2024-07-01', people: list, officerId } })
  for (const officerId of ['999999', String(world.actors.binh.id), String(world.actors.trang.id)])
    expect(await officer(officerId)).toBe('not-found')
  const paper = (number: string, effectiveOn: string) =>
    world.lan(admitMembers, {
      params: { unitId: unions[0]! },
      body: { on: '2024-07-01', people: list, decision: { number, signedOn: '2024-06-30', effectiveOn } },
    })
  expect(await paper('9', '2024-06-29')).toBe('effective-before-signed')
  const young = { ...person(22_005), birthDate: '01/08/2009' }
  const wrong = [
    person(22_003),
    { ...person(22_004), sex: '?' },
    young,
    person(22_003),
    person(23_000),
    { ...person(1_000), fullName: 'Người Khác' },
  ]
  const before = await sql<{ n: number }>`select count(*)::int as n from members.person`.execute(world.owner)
  expect(await admit(unions[0]!, wrong)).toBe('list-has-faults')
  expect((await sql<{ n: number }>`select count(*)::int as n from members.person`.execute(world.owner)).rows).toEqual(
    before.rows,
  )
  const told = await done(
    world.lan(checkAdmission, { params: { unitId: unions[0]! }, body: { on: '2024-07-01', people: wrong } }),
  )
  expect(told.faults.map((fault) => [fault.line, fault.name])).toEqual([
    [2, 'not-a-sex'],
    [3, 'too-young'],
    [4, 'twice-in-list'],
    [5, 'already-a-member'],
    [6, 'another-person-here'],
  ])
  expect(told.admissible).toBe(1)
  expect(told.faults[3]!.title, 'where, in a branch one may not see, is not told').not.toMatch(/Công ty 7|Sông Hồng/)
  await done(paper('9', '2024-06-30'))
  expect(
    await world.lan(admitMembers, {
      params: { unitId: unions[1]! },
      body: {
        on: '2024-07-01',
        people: people(22_100, 1),
        decision: { number: '9', signedOn: '2024-06-30', effectiveOn: '2024-07-01' },
      },
    }),
    'each union numbers its own',
  ).toBeTypeOf('object')
})

test('no reply holds a whole number; reading one is for those who may, and leaves a line', async () => {
  const id = await idOf(1_000)
  const number = person(1_000).identityNumber
  const replies = [
    await world.lan(showMember, { params: { personId: id } }),
    await world.lan(listMembers, { query: { unitId: unions[0]!, limit: 200 } }),
    await world.lan(listMembers, { query: { q: number } }),
    await world.lan(checkAdmission, {
      params: { unitId: unions[1]! },
      body: { on: '2024-07-01', people: [{ ...person(1_000), fullName: 'Khác' }] },
    }),
  ]
  for (const reply of replies) expect(JSON.stringify(reply)).not.toContain(number)
  expect(replies[0]).toMatchObject({ identityMasked: `•••••••••${number.slice(-3)}` })
  expect((replies[2] as { members: { id: string }[] }).members.map((one) => one.id)).toEqual([id])
  const read = (ask: Ask) => ask(readIdentityNumber, { params: { personId: id }, body: { reason: 'Đối chiếu hồ sơ' } })
  const lines = () =>
    sql`select read_by, reason from members.identity_reading where person_id = ${id}`.execute(world.owner)
  expect([await read(world.trang), await read(world.binh), (await lines()).rows]).toEqual([
    'not-allowed',
    'not-found',
    [],
  ])
  expect(await done(read(world.lan))).toEqual({ identityNumber: number })
  expect((await lines()).rows).toEqual([{ read_by: world.actors.lan.id, reason: 'Đối chiếu hồ sơ' }])
  const stored = await sql<{ row: string }>`select p::text as row from members.person p where id = ${id}`.execute(
    world.owner,
  )
  expect(stored.rows[0]!.row).not.toContain(number)
})

test('a name is found without tones, in any order, half-typed; a stranger finds nobody', async () => {
  const lanAnh = { ...person(30_000), fullName: 'Nguyễn Thị Lan Anh' }
  await done(admit(unions[0]!, [lanAnh, { ...person(30_001), fullName: 'Đỗ Đức Ân' }]))
  const find = async (q: string, ask: Ask = world.lan) =>
    (await done(ask(listMembers, { query: { q } }))).members.map((one) => one.fullName)
  for (const q of [
    'lan an',
    'NGUYỄN THỊ LAN ANH',
    'nguyen thi lan anh',
    'Anh Lan',
    'anh nguyễn',
    'Nguyễn Thị Lan Anh'.normalize('NFD'),
    ' lan  anh ',
    lanAnh.identityNumber,
  ]) {
    expect(await find(q), q).toContain('Nguyễn Thị Lan Anh')
    expect(await find(q, world.quang), q).toContain('Nguyễn Thị Lan Anh')
    expect(await find(q, world.binh), q).toEqual([])
  }
  expect(await find(lanAnh.identityNumber.slice(-3))).toContain('Nguyễn Thị Lan Anh')
  expect(await find('do duc an')).toEqual(['Đỗ Đức Ân'])
  for (const q of ['lan anh xyz', '%', '000000000000']) expect(await find(q), q).not.toContain('Nguyễn Thị Lan Anh')
})

test('pages of the register hold everybody once, union by union, in the order of given names, for whoever asks', async () => {
  const names = [
    'Lê Văn An',
    'Trần Thị Ánh',
    'Lê Thị Ân',
    'Đỗ Dũng',
    'Lê Đức',
    'Phạm Ông',
    'Lê Ưng',
    'Nguyễn An',
    'Lê Văn An',
    'Lý A Ý',
  ]
  await done(
    admit(
      unions[2]!,
      names.map((fullName, index) => ({ ...person(31_000 + index), fullName })),
      '2024-07-01',
      world.quang,
    ),
  )
  for (const [ask, unitId] of [
    [world.quang, world.units.haNoi],
    [world.hoa, world.units.tayHo],
    [world.lan, world.units.tayHo],
    [world.lan, unions[2]!],
  ] as const) {
    const whole = await done(ask(listMembers, { query: { unitId: String(unitId), limit: 200 } }))
    const seen: typeof whole.members = []
    for (let cursor: string | undefined; ;) {
      const page = await done(ask(listMembers, { query: { unitId: String(unitId), limit: 7, cursor } }))
      expect([page.total, page.members.length <= 7]).toEqual([whole.total, true])
      seen.push(...page.members)
      if (!page.next) break
      cursor = page.next
    }
    expect(seen).toEqual(whole.members)
    expect([seen.length, new Set(seen.map((one) => one.id)).size]).toEqual([whole.total, whole.total])
    const unitOrder = seen.map((one) => Number(one.unit!.id))
    expect(unitOrder).toEqual(unitOrder.toSorted((a, b) => a - b))
    const inThird = seen.filter((one) => one.unit!.id === unions[2]).map((one) => one.fullName)
    expect(inThird).toEqual(inThird.toSorted(compareNames))
  }
  const then = await done(world.lan(listMembers, { query: { unitId: unions[0]!, asOf: '2024-05-10' } }))
  expect(then.members.length).toBe(5)
})

test('twenty thousand people come in by one act', async () => {
  const list = people(100_000, 20_000)
  const { admitted } = await done(admit(unions[0]!, list))
  expect(admitted).toBe(20_000)
  expect((await recountAll(world.owner)).filter((count) => count.wrong > 0)).toEqual([])
})
