/** Twins as promised: pairs are noted when people arrive or are corrected, a human decides, a merge loses nothing and can be undone
 *  whole, with everything done since handed back; nobody learns more of another branch than that somebody is a member there. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelFounding, foundUnion } from '#modules/founding/contract.ts'
import { admitMembers, listMembers, releaseMember, reverseMovement, showMember } from '#modules/members/contract.ts'
import { fold } from '#kernel/fold.ts'
import { done, foundingEntry, openSample, people, person, taxCode, type World } from '#tests/world.ts'
import { impossibleIn, inOrder, type Movement, type MovementKind } from '../moves/rules.ts'
import { askForTransfer, sendMembers } from '../moves/contract.ts'
import { editRecord, showRecord } from '../record/contract.ts'
import * as promise from './contract.ts'

let world: World
let unions: { a: string; b: string; far: string }
beforeAll(async () => {
  world = await openSample()
  const found = async (ask: World['lan'], upperUnitId: number, number: number) =>
    (
      await done(
        ask(foundUnion, {
          body: foundingEntry(world, {
            upperUnitId: String(upperUnitId),
            name: `CĐCS số ${number}`,
            employer: { taxCode: taxCode(number), name: `Công ty ${number}`, workers: 90 },
            decision: { number: `${number}/QĐ`, signedOn: '2020-01-01', effectiveOn: '2020-01-01' },
            people: people(number * 10, 5),
          }),
        }),
      )
    ).unitId
  unions = {
    a: await found(world.lan, world.units.tayHo, 1),
    b: await found(world.lan, world.units.tayHo, 2),
    far: await found(world.binh, world.units.dongAnh, 3),
  }
})
afterAll(() => world.close())

let numbers = 4000
/** Two rows' worth of one person: the same name and birth date, numbers that differ in the last digit but one. */
function alike() {
  numbers += 1
  const one = {
    ...person(numbers),
    birthDate: `${String((numbers % 27) + 2).padStart(2, '0')}/06/${1950 + (numbers % 50)}`,
    identityNumber: `0010900${String(numbers).padStart(4, '0')}1`.slice(0, 12),
  }
  const slip = `${one.identityNumber.slice(0, 11)}${(Number(one.identityNumber[11]) + 1) % 10}`
  return [one, { ...one, identityNumber: slip }] as const
}
async function admit(ask: World['lan'], unitId: string, on: string, one: ReturnType<typeof person>): Promise<string> {
  const { movementIds } = await done(ask(admitMembers, { params: { unitId }, body: { on, people: [one] } }))
  const { rows } = await sql<{
    id: string
  }>`select person_id as id from members.movement where id = ${movementIds[0]!}`.execute(world.owner)
  return rows[0]!.id
}
/** A pair admitted in two unions: the first from 2024-02, the second from the day given. */
async function pair(on = '2024-06-01', to = unions.b, ask = world.lan): Promise<[string, string]> {
  const [one, other] = alike()
  return [await admit(world.lan, unions.a, '2024-02-01', one), await admit(ask, to, on, other)]
}
const merge = (keptId: string, mergedId: string, ask = world.lan) =>
  ask(promise.mergePeople, { body: { keptId, mergedId, reason: 'Cùng một người' } })
const separate = (mergeId: string, ask = world.lan) =>
  ask(promise.separatePeople, { params: { mergeId }, body: { reason: 'Hai người khác nhau' } })
const edit = (personId: string, values: Record<string, string | null>) =>
  done(world.lan(editRecord, { params: { personId }, body: { values } }))
const leave = (personId: string, on: string) =>
  world.lan(releaseMember, { params: { personId }, body: { on, kind: 'left', reason: 'Thôi việc' } })
const queue = async (ask = world.lan) => await done(ask(promise.listTwins, { query: { limit: 200 } }))
const isWaiting = async (a: string, b: string, ask = world.lan) =>
  (await queue(ask)).pairs.some((one) => [a, b].every((id) => [one.a.id, one.b.id].includes(id)))

/** Everything that speaks of two people: where they were on which days, their rows, and the figures of the branch. */
async function stateOf(...ids: string[]) {
  const life = await sql<{ what: string }>`
    select person_id || ' in ' || unit_id || during || (select m.kind || coalesce(m.other_unit_id::text, '') || coalesce(m.reason, '') || coalesce(m.decision_id::text, '') from members.movement m where m.id = opened_by)
      || coalesce((select m.kind || coalesce(m.cause, '') from members.movement m where m.id = closed_by), '') as what from members.membership where person_id = any(${ids}::bigint[])
    union all select person_id || ' road ' || from_unit_id || during from members.leg where person_id = any(${ids}::bigint[])
    union all select person_id || ' rest ' || unit_id || during from members.suspension where person_id = any(${ids}::bigint[]) order by 1`.execute(
    world.owner,
  )
  const rows =
    await sql`select id, full_name, birth_date, birth_year, sex, citizenship, identity_kind, encode(identity_hash, 'hex') as hash, identity_tail, record, has_photo, merged_into
    from members.person where id = any(${ids}::bigint[]) order by id`.execute(world.owner)
  return { life: life.rows.map((row) => row.what), rows: rows.rows, figures: await figures() }
}
async function figures() {
  const { rows } = await sql<{ at_end: string[] }>`
    select f.at_end from unnest('{2024-01-31,2024-03-15,2024-06-15,2024-09-15,2025-03-31}'::date[]) d(day)
    cross join lateral members.movement_figures(${[world.units.tayHo, Number(unions.a), Number(unions.b)]}::int[], '2023-12-31', d.day, '2025-03-31', null) f order by d.day, f.unit_id`.execute(
    world.owner,
  )
  return rows.map((row) => row.at_end)
}
/** Admissions of the district on the last day. */
const admitted = (of: string[][]) => Number(of.at(-3)![2])

test('whoever arrives under a name and birth date that is there waits to be looked at, the strongest first', async () => {
  const [a, b] = await pair()
  const { pairs, total } = await queue()
  const mine = pairs.find((one) => one.a.id === a)!
  expect(mine).toMatchObject({ b: { id: b }, isByHand: false, against: ['both-at-once'] })
  expect(mine.reasons).toEqual(['same-name', 'birth-date', 'number-one-digit'])
  expect(total).toBe(pairs.length)
  expect(JSON.stringify(pairs)).not.toMatch(/0010900\d{5}/)
  const first = await done(world.lan(promise.listTwins, { query: { limit: 1 } }))
  expect(first.pairs).toHaveLength(1)
  expect((await queue(world.binh)).pairs).toEqual([])
})

test('pages go on where the last one ended, and show every pair once', async () => {
  for (let index = 0; index < 3; index++) await pair()
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { pairs: { a: { id: string } }[]; next: string | null } = await done(
      world.lan(promise.listTwins, { query: { limit: 2, ...(cursor && { cursor }) } }),
    )
    seen.push(...page.pairs.map((one) => one.a.id))
    cursor = page.next
  }
  expect(seen).toEqual((await queue()).pairs.map((one) => one.a.id))
})

test('numbers that no single slip explains, and births of the first of January, make nobody a twin alone', async () => {
  const [one] = alike()
  const far = { ...one, identityNumber: '001090007770' }
  const [a, b] = [
    await admit(world.lan, unions.a, '2024-02-01', one),
    await admit(world.lan, unions.b, '2024-02-01', far),
  ]
  expect(await isWaiting(a, b)).toBe(false)
  const [two, twin] = alike().map((each) => ({ ...each, birthDate: '01/01/1980' })) as [typeof one, typeof one]
  const [c, d] = [
    await admit(world.lan, unions.a, '2024-02-01', two),
    await admit(world.lan, unions.b, '2024-02-01', twin),
  ]
  expect(await isWaiting(c, d)).toBe(false)
  // A second reason that comes later.
  for (const personId of [a, b, c, d])
    await edit(personId, { phone: personId === a || personId === b ? '0912000111' : '0912000222' })
  expect(await isWaiting(a, b)).toBe(true)
  expect(await isWaiting(c, d)).toBe(true)
})

test('a corrected name brings a pair, and takes one away', async () => {
  const [one, other] = alike()
  const a = await admit(world.lan, unions.a, '2024-02-01', one)
  const b = await admit(world.lan, unions.b, '2024-02-01', { ...other, fullName: 'Trần Thị Gõ Sai' })
  expect(await isWaiting(a, b)).toBe(false)
  await edit(b, { fullName: one.fullName })
  expect(await isWaiting(a, b)).toBe(true)
  await edit(a, { fullName: 'Lê Văn Khác Hẳn' })
  expect(await isWaiting(a, b)).toBe(false)
  await done(world.lan(promise.proposeTwins, { body: { personId: b, otherId: a } }))
  expect(await isWaiting(a, b)).toBe(true)
})

test('a year alone agrees with a day of it, where a second reason stands beside', async () => {
  const [one] = alike()
  const a = await admit(world.lan, unions.a, '2024-02-01', one)
  const year = one.birthDate.slice(-4)
  const same = async (phone: string | null) => {
    const [row] = alike()
    const id = await admit(world.lan, unions.b, '2024-02-01', row)
    await edit(id, { fullName: one.fullName, birthDate: year, phone })
    return id
  }
  await edit(a, { phone: '0912000333' })
  const b = await same('0912000333')
  expect(await isWaiting(a, b)).toBe(true)
  const c = await same('0912000444')
  expect(await isWaiting(a, c)).toBe(false)
})

test('of a twin out of sight nothing is told but that somebody is a member elsewhere', async () => {
  const [a, b] = await pair('2024-06-01', unions.far, world.binh)
  const { fullName } = await done(world.lan(showMember, { params: { personId: a } }))
  expect(await isWaiting(a, b)).toBe(false)
  const seen = await queue()
  expect(seen.elsewhere.map((one) => one.id)).toContain(a)
  expect(seen.elsewhereTotal).toBe(seen.elsewhere.length)
  expect(JSON.stringify(seen)).not.toContain(`"${b}"`)
  expect(JSON.stringify(seen)).not.toContain('CĐCS số 3')
  expect((await queue(world.binh)).elsewhere).toMatchObject([{ id: b, fullName }])
  expect(await isWaiting(a, b, world.quang)).toBe(true)
  expect((await queue(world.quang)).elsewhere).toEqual([])
  for (const call of [
    world.lan(promise.showTwins, { params: { personId: a, otherId: b } }),
    world.lan(promise.proposeTwins, { body: { personId: a, otherId: b } }),
    world.lan(promise.tellApart, { params: { personId: a, otherId: b }, body: { reason: 'Không phải' } }),
    merge(a, b),
    merge(b, a, world.binh),
  ])
    expect(await call).toBe('not-found')
  // Once they are a member nowhere, there is nothing to ask for.
  await done(
    world.binh(releaseMember, {
      params: { personId: b },
      body: { on: '2024-08-01', kind: 'left', reason: 'Thôi việc' },
    }),
  )
  expect((await queue()).elsewhere.map((one) => one.id)).not.toContain(a)
})

test('two people side by side: what agrees, what differs, a sensitive value as dots, what a merge would do', async () => {
  const [a, b] = await pair()
  await edit(a, { phone: '0912345678', religion: 'Phật giáo', job: 'Thợ may' })
  await edit(b, { phone: '0912345678', religion: 'Phật giáo', job: 'Thợ cắt' })
  const seen = await done(world.lan(promise.showTwins, { params: { personId: a, otherId: b } }))
  expect(seen.reasons).toContain('same-phone')
  expect(seen.fields).toEqual([
    { code: 'phone', a: '0912345678', b: '0912345678', isSame: true },
    { code: 'job', a: 'Thợ may', b: 'Thợ cắt', isSame: false },
    { code: 'religion', a: '•••', b: '•••', isSame: true },
  ])
  expect(seen.suggestedId).toBe(a)
  expect(seen.b.ifMerged).toMatchObject({
    carried: [],
    dropped: [{ kind: 'admitted', on: '2024-06-01' }],
    admissionsLess: 1,
  })
  expect(JSON.stringify(seen)).not.toMatch(/0010900\d{5}|Phật/)
  const figuresBefore = await figures()
  const { dropped } = await done(merge(a, b))
  expect(dropped).toHaveLength(1)
  expect(admitted(await figures())).toBe(admitted(figuresBefore) - 1)
})

test('not the same is remembered, and can be taken back', async () => {
  const [a, b] = await pair()
  const apart = (ask = world.lan, personId = a, otherId = b) =>
    ask(promise.tellApart, { params: { personId, otherId }, body: { reason: 'Hai anh em họ' } })
  expect(await apart(world.trang)).toBe('not-allowed')
  expect(await apart(world.binh)).toBe('not-found')
  expect(await apart(world.lan, a, a)).toBe('same-person')
  const { decisionId } = await done(apart(world.lan, b, a))
  expect(await isWaiting(a, b)).toBe(false)
  expect(await apart()).toBe('told-apart')
  expect(await merge(a, b)).toBe('told-apart')
  expect(await world.lan(promise.proposeTwins, { body: { personId: a, otherId: b } })).toBe('told-apart')
  expect((await done(world.lan(promise.showTwins, { params: { personId: a, otherId: b } }))).decision).toMatchObject({
    id: decisionId,
    by: 'Phạm Thị Lan',
  })
  await edit(a, { fullName: (await done(world.lan(showMember, { params: { personId: b } }))).fullName })
  expect(await isWaiting(a, b)).toBe(false)
  const withdraw = (ask = world.lan) =>
    ask(promise.withdrawDecision, { params: { decisionId }, body: { reason: 'Nhìn lại' } })
  expect(await withdraw(world.trang)).toBe('not-allowed')
  expect(await withdraw(world.binh)).toBe('not-found')
  const answers = await Promise.all([withdraw(), withdraw(world.hoa)])
  expect(answers.filter((one) => one === 'already-reversed')).toHaveLength(1)
  expect(await isWaiting(a, b)).toBe(true)
})

test('a merge brings what the kept record lacks, number and all; search finds one person; the undo gives it back', async () => {
  const [one, other] = alike()
  const [a, b] = [
    await admit(world.lan, unions.a, '2024-02-01', one),
    await admit(world.lan, unions.b, '2024-06-01', other),
  ]
  await sql`insert into members.statement (person_id, said, source) values (${a}, '{"identityHash": null, "identitySealed": null, "identityTail": null}', 'form')`.execute(
    world.owner,
  )
  await sql`insert into members.photo (person_id, media_type, content, recorded_by) values (${b}, 'image/png', decode(repeat('89504e47', 60), 'hex'), ${world.actors.lan.id})`.execute(
    world.owner,
  )
  await edit(a, { job: 'Thợ may' })
  await edit(b, { phone: '0912777888', job: 'Thợ cắt', bankAccount: '0011 2233' })
  const before = await stateOf(a, b)
  const { mergeId, fields } = await done(merge(a, b))
  expect(fields.sort()).toEqual(['bankAccount', 'identityNumber', 'phone'])
  const kept = await done(world.lan(showMember, { params: { personId: a } }))
  expect(kept.identityMasked).toBe(`•••••••••${other.identityNumber.slice(-3)}`)
  const record = await done(world.lan(showRecord, { params: { personId: a } }))
  expect(record).toMatchObject({ hasPhoto: true, values: { job: 'Thợ may', phone: '0912777888', bankAccount: '•••' } })
  // Both rows stay readable, also to an officer of the branch; one of them says whose it is now.
  expect((await done(world.lan(promise.listMerges, { params: { personId: b } }))).mergedInto?.id).toBe(a)
  const merges = await done(world.lan(promise.listMerges, { params: { personId: a } }))
  expect(merges).toMatchObject({
    mergedInto: null,
    merges: [{ id: mergeId, merged: { id: b }, by: 'Phạm Thị Lan', undone: null }],
  })
  const old = await done(world.lan(showMember, { params: { personId: b } }))
  expect(old.movements.map((row) => row.reversedById !== null || row.reversesId !== null)).toEqual([true, true])
  expect(await world.binh(showMember, { params: { personId: b } })).toBe('not-found')
  expect(await world.binh(promise.listMerges, { params: { personId: a } })).toBe('not-found')
  // Whoever is admitted by that number again is the kept person.
  expect(
    await world.lan(admitMembers, { params: { unitId: unions.b }, body: { on: '2024-07-01', people: [other] } }),
  ).toBe('list-has-faults')
  expect(await isWaiting(a, b)).toBe(false)
  await done(separate(mergeId))
  expect(await stateOf(a, b)).toEqual(before)
  expect(await isWaiting(a, b)).toBe(true)
  expect(await done(world.lan(promise.listMerges, { params: { personId: b } }))).toMatchObject({
    mergedInto: null,
    merges: [{ undone: { by: 'Phạm Thị Lan' } }],
  })
})

test('each refusal of a merge and of its undo; nothing is written by what was refused', async () => {
  const [a, b] = await pair()
  const before = await stateOf(a, b)
  expect(await merge(a, b, world.trang)).toBe('not-allowed')
  expect(await merge(a, b, world.binh)).toBe('not-found')
  expect(await merge(a, a)).toBe('same-person')
  expect(await merge(a, '99999999')).toBe('not-found')
  expect(await separate('99999999')).toBe('not-found')
  expect(await stateOf(a, b)).toEqual(before)
  const { mergeId } = await done(merge(a, b))
  const merged = await stateOf(a, b)
  expect(await merge(a, b)).toBe('already-merged')
  expect(await merge(b, a)).toBe('already-merged')
  for (const call of [
    world.lan(promise.showTwins, { params: { personId: a, otherId: b } }),
    world.lan(promise.proposeTwins, { body: { personId: a, otherId: b } }),
    world.lan(promise.tellApart, { params: { personId: a, otherId: b }, body: { reason: 'Không phải' } }),
  ])
    expect(await call).toBe('already-merged')
  await expect(
    sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational) values (${b}, ${unions.a}, 'admitted', 1, '2024-01-01', true, false)`.execute(
      world.owner,
    ),
  ).rejects.toMatchObject({ constraint: 'merged_rests' })
  await expect(
    sql`insert into members.statement (person_id, said, source) values (${b}, '{"job": "x"}', 'form')`.execute(
      world.owner,
    ),
  ).rejects.toMatchObject({ constraint: 'merged_rests' })
  expect(await separate(mergeId, world.trang)).toBe('not-allowed')
  expect(await separate(mergeId, world.binh)).toBe('not-found')
  expect(await stateOf(a, b)).toEqual(merged)
  const { mergeId: undoId } = await done(separate(mergeId))
  expect(await separate(mergeId)).toBe('already-reversed')
  expect(await separate(undoId)).toBe('not-found')
  expect(await stateOf(a, b)).toEqual(before)
})

test('a merge waits for a transfer that is asked for, and for whoever sees the whole history', async () => {
  const [a, b] = await pair('2024-01-05')
  const { rows } = await sql<{
    identity: Buffer
  }>`select identity_sealed as identity from members.person where id = ${b}`.execute(world.owner)
  const identityNumber = world.house.secret.open(rows[0]!.identity)
  const { fullName } = await done(world.lan(showMember, { params: { personId: b } }))
  await done(
    world.binh(askForTransfer, {
      params: { unitId: unions.far },
      body: { identityNumber, fullName, on: '2024-09-01' },
    }),
  )
  expect(await merge(a, b)).toBe('transfer-waits')
  await done(merge(b, a))
  const [c, d] = await pair()
  await done(world.lan(sendMembers, { body: { personIds: [d], on: '2024-08-01', toUnitId: null } }))
  await sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational) values (${d}, ${unions.far}, 'received', 1, '2024-09-01', true, false)`.execute(
    world.owner,
  )
  expect(await merge(c, d)).toBe('history-out-of-sight')
  expect((await done(world.lan(promise.showTwins, { params: { personId: c, otherId: d } }))).b.ifMerged.isOutside).toBe(
    true,
  )
  const { mergeId } = await done(merge(c, d, world.quang))
  await done(separate(mergeId, world.quang))
})

test('what was recorded since is handed back: theirs follows them, the rest stays, what was taken back stays so', async () => {
  const [a, b] = await pair('2024-06-01')
  await done(leave(a, '2024-04-01'))
  const { mergeId, carried } = await done(merge(a, b))
  expect(carried).toHaveLength(1)
  await done(world.lan(sendMembers, { body: { personIds: [a], on: '2024-08-01', toUnitId: unions.a, arrives: true } }))
  const left = await done(leave(a, '2024-10-01'))
  const back = await done(separate(mergeId))
  expect(back.returned.map((row) => row.kind)).toEqual(['admitted'])
  expect(back.followed.map((row) => row.kind)).toEqual(['sent', 'received', 'left'])
  expect([back.stayed, back.takenBack]).toEqual([[], []])
  const theirs = await done(world.lan(showMember, { params: { personId: b } }))
  expect(theirs.memberships.map((one) => [one.unit.id, one.from, one.to])).toEqual([
    [unions.b, '2024-06-01', '2024-08-01'],
    [unions.a, '2024-08-01', '2024-10-01'],
  ])
  // The departure has another row now; the old one was reversed.
  expect(await world.lan(reverseMovement, { params: { movementId: left.movementId }, body: { reason: 'Nhầm' } })).toBe(
    'already-reversed',
  )

  const again = await done(merge(a, b))
  const arrival = again.carried.find((row) => row.kind === 'left')!
  await done(world.lan(reverseMovement, { params: { movementId: arrival.movementId }, body: { reason: 'Chưa thôi' } }))
  const after = await done(separate(again.mergeId))
  expect(after.takenBack.map((row) => row.kind)).toEqual(['left'])
  expect((await done(world.lan(showMember, { params: { personId: b } }))).unit?.id).toBe(unions.a)
})

test('an admission on the road becomes an arrival and is told; the undo makes it an admission again', async () => {
  const [a, b] = await pair('2024-06-01')
  await done(world.lan(sendMembers, { body: { personIds: [a], on: '2024-05-01', toUnitId: unions.b } }))
  const before = await stateOf(a, b)
  expect((await done(world.lan(promise.showTwins, { params: { personId: a, otherId: b } }))).b.ifMerged).toMatchObject({
    admissionsLess: 1,
    dropped: [],
  })
  const { mergeId, carried } = await done(merge(a, b))
  expect(carried).toMatchObject([{ kind: 'received' }])
  expect(admitted(await figures())).toBe(admitted(before.figures) - 1)
  await done(separate(mergeId))
  expect(await stateOf(a, b)).toEqual(before)
})

test('a corrected sex, a merge on top of a merge: the undo still finds whose row is whose', async () => {
  const [a, b] = await pair('2024-06-01')
  await done(leave(a, '2024-04-01'))
  const [c] = await pair('2024-06-01')
  const before = await stateOf(a, b, c)
  const { mergeId } = await done(merge(a, b))
  const { sex } = await done(world.lan(showMember, { params: { personId: a } }))
  const flip = await edit(a, { sex: sex === 'female' ? 'Nam' : 'Nữ' })
  const upper = await done(merge(c, a))
  expect(await separate(mergeId)).toBe('merged-since')
  const chain = await done(world.lan(promise.listMerges, { params: { personId: b } }))
  expect(chain.mergedInto?.id).toBe(c)
  await done(separate(upper.mergeId))
  expect((await done(world.lan(promise.listMerges, { params: { personId: b } }))).mergedInto?.id).toBe(a)
  await done(separate(mergeId))
  await done(
    world.lan((await import('../record/contract.ts')).reverseStatement, {
      params: { statementId: flip.statementId! },
      body: { reason: 'Nhầm' },
    }),
  )
  expect(await stateOf(a, b, c)).toEqual(before)
})

test('a number that somebody else has been given since stands in the way of the undo, which then does nothing', async () => {
  const [one, other] = alike()
  const [a, b] = [
    await admit(world.lan, unions.a, '2024-02-01', one),
    await admit(world.lan, unions.b, '2024-06-01', other),
  ]
  await sql`insert into members.statement (person_id, said, source) values (${a}, '{"identityHash": null, "identitySealed": null, "identityTail": null}', 'form')`.execute(
    world.owner,
  )
  const { mergeId } = await done(merge(a, b))
  await edit(a, { identityNumber: one.identityNumber })
  const [third] = await pair()
  await edit(third, { identityNumber: other.identityNumber })
  const before = await stateOf(a, b)
  expect(await separate(mergeId)).toBe('number-given-since')
  expect(await stateOf(a, b)).toEqual(before)
})

test('a founding that is cancelled takes back what a merge carried from it, and nothing of it returns with the undo', async () => {
  const [[one, oneAgain], [two, twoAgain]] = [alike(), alike()]
  const { id: foundingId } = await done(
    world.lan(foundUnion, {
      body: foundingEntry(world, {
        name: 'CĐCS số 4',
        employer: { taxCode: taxCode(4), name: 'Công ty 4', workers: 90 },
        decision: { number: '4/QĐ', signedOn: '2024-05-06', effectiveOn: '2024-05-10' },
        people: [oneAgain, twoAgain, ...people(900, 3)],
      }),
    }),
  )
  const { rows } = await sql<{ id: string }>`
    select id from members.person where name_key = any(${[one, two].map((each) => fold(each.fullName))}::text[]) order by id desc limit 2`.execute(
    world.owner,
  )
  const founders = rows.map((row) => row.id).toSorted((a, b) => Number(a) - Number(b))
  const a = await admit(world.lan, unions.a, '2024-02-01', one)
  const b = await admit(world.lan, unions.b, '2024-02-01', two)
  await done(leave(b, '2024-04-01'))
  const first = await done(merge(a, founders[0]!))
  const second = await done(merge(b, founders[1]!))
  expect([first.dropped.length, second.carried.length]).toEqual([1, 1])
  await done(world.hoa(cancelFounding, { params: { foundingId }, body: { reason: 'Sai hồ sơ' } }))
  expect(await stateOf(b)).toMatchObject({ life: [expect.stringContaining('[2024-02-01,2024-04-01)')] })
  for (const { mergeId } of [first, second])
    expect(await done(separate(mergeId))).toMatchObject({
      returned: [],
      takenBack: [{ kind: 'admitted', on: '2024-05-10' }],
    })
  expect((await stateOf(...founders)).life).toEqual([])
})

test('clerks who merge and undo at once end with one answer each, and nothing counted twice', async () => {
  const [a, b] = await pair('2024-06-01')
  await done(leave(a, '2024-04-01'))
  const before = await stateOf(a, b)
  const answers = await Promise.all([
    merge(a, b),
    merge(b, a, world.hoa),
    merge(a, b, world.quang),
    leave(b, '2024-09-01'),
  ])
  const merged = answers.slice(0, 3).filter((one) => typeof one !== 'string') as { mergeId: string }[]
  expect(merged).toHaveLength(1)
  expect(answers.slice(0, 3).filter((one) => one === 'already-merged')).toHaveLength(2)
  const undone = await Promise.all([separate(merged[0]!.mergeId), separate(merged[0]!.mergeId, world.hoa)])
  expect(undone.filter((one) => one === 'already-reversed')).toHaveLength(1)
  const after = await stateOf(a, b)
  if (typeof answers[3] === 'string') expect(after).toEqual(before)
  else expect(after.rows).toEqual(before.rows)
})

const days = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-01`)
const kinds: MovementKind[] = [
  'opening',
  'admitted',
  'received',
  'sent',
  'suspended',
  'resumed',
  'left',
  'expelled',
  'ended',
]
const quantitiesOf = (kind: MovementKind) =>
  ['opening', 'admitted', 'received'].includes(kind)
    ? [1]
    : kind === 'sent'
      ? [-1]
      : ['suspended', 'resumed'].includes(kind)
        ? [0]
        : [-1, 0]
/** Grown month by month, within some months of the year. */
const historyWithin = (first: number, last: number) =>
  fc
    .array(fc.record({ choice: fc.nat(30), unit: fc.nat(1), skip: fc.nat(2) }), { minLength: 12, maxLength: 12 })
    .map((steps) => {
      const history: Movement[] = []
      steps.forEach(({ choice, unit, skip }, index) => {
        if (skip === 0 || index < first || index > last) return
        const may = kinds
          .flatMap((kind) =>
            quantitiesOf(kind).map((quantity) => ({
              id: String(index + 1),
              kind,
              quantity,
              unitId: unit,
              occurredOn: days[index]!,
            })),
          )
          .filter((move) => !impossibleIn([...history, move]))
        if (may.length > 0) history.push(may[choice % may.length]!)
      })
      return history
    })
    .filter((history) => history.length > 0)
const possibleHistory = fc.oneof(historyWithin(0, 11), historyWithin(0, 4), historyWithin(5, 11))

let made = 0
async function stranger(history: readonly Movement[], sex: string): Promise<string> {
  made += 1
  const { rows } = await sql<{ id: string }>`
    with n as (insert into members.name (folded) values (${`nguoi la ${made}`}) returning id)
    insert into members.person (full_name, name_id, name_key, given_key, birth_date, sex, record)
    select 'Người Lạ', (select id from n), ${`nguoi la ${made}`}, ${`${made} la nguoi`}, '1990-02-03', ${sex}, ${JSON.stringify(made % 2 ? { job: `Nghề ${made}` } : { phone: '0912000999' })}::jsonb returning id`.execute(
    world.owner,
  )
  await append(rows[0]!.id, history)
  return rows[0]!.id
}
const append = (personId: string, moves: readonly Movement[]) =>
  sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, reason, recorded_by)
    select ${personId}, u, k, q, d, (select sex = 'female' from members.person where id = ${personId}), false, 'r' || line, ${world.actors.lan.id}
    from unnest(${moves.map((move) => [Number(unions.a), Number(unions.b)][move.unitId])}::int[], ${moves.map((move) => move.kind)}::text[], ${moves.map((move) => move.quantity)}::int[], ${moves.map((move) => move.occurredOn)}::date[])
      with ordinality as x(u, k, q, d, line) order by line`.execute(world.owner)
const standing = async (...ids: string[]) => {
  const { rows } = await sql<Movement & { personId: string }>`
    select id, person_id as "personId", unit_id as "unitId", kind, quantity, occurred_on as "occurredOn" from members.movement m
    where person_id = any(${ids}::bigint[]) and reverses_id is null and not exists (select from members.movement r where r.reverses_id = m.id)`.execute(
    world.owner,
  )
  return rows
}
test('a dropped row cannot return where the row it follows was taken back: the undo names that and does nothing', async () => {
  const move = (kind: MovementKind, quantity: number, unitId: number, month: number): Movement => ({
    id: String(month),
    kind,
    quantity,
    unitId,
    occurredOn: days[month - 1]!,
  })
  const theirs = [move('admitted', 1, 0, 1), move('sent', -1, 0, 3), move('received', 1, 1, 4), move('left', -1, 1, 8)]
  const [a, b] = [await stranger([move('received', 1, 1, 5)], 'male'), await stranger(theirs, 'male')]
  const { mergeId, carried, dropped } = await done(merge(a, b))
  expect(carried.map((row) => row.kind)).toEqual(['admitted', 'sent'])
  expect(dropped.map((row) => row.kind)).toEqual(['received', 'left'])
  for (const kind of ['received', 'sent']) {
    const row = (await standing(a)).find((one) => one.kind === kind)!
    await done(world.lan(reverseMovement, { params: { movementId: row.id }, body: { reason: 'Nhầm' } }))
  }
  const before = await stateOf(a, b)
  expect(await separate(mergeId)).toBe('history-impossible')
  expect(await stateOf(a, b)).toEqual(before)
})

const sexes = fc.tuple(fc.constantFrom('male', 'female'), fc.constantFrom('male', 'female'))

test('merge, then undo: whatever two histories, everything is as it was; admissions drop by what was told', async () => {
  await fc.assert(
    fc.asyncProperty(possibleHistory, possibleHistory, sexes, async (one, two, [sexA, sexB]) => {
      const [a, b] = [await stranger(one, sexA), await stranger(two, sexB)]
      const before = await stateOf(a, b)
      const rowsBefore = await standing(a, b)
      const plan = await done(world.lan(promise.showTwins, { params: { personId: a, otherId: b } }))
      const { mergeId, carried, dropped } = await done(merge(a, b))
      expect(dropped.map((row) => row.movementId)).toEqual(plan.b.ifMerged.dropped.map((row) => row.movementId))
      expect(carried).toHaveLength(plan.b.ifMerged.carried.length)
      expect(await standing(b)).toEqual([])
      expect(await standing(a)).toHaveLength(rowsBefore.length - dropped.length)
      expect(admitted(await figures())).toBe(admitted(before.figures) - plan.b.ifMerged.admissionsLess)
      await done(separate(mergeId))
      expect(await stateOf(a, b)).toEqual(before)
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('merge, random acts, undo: every history stays possible and no act is lost, or nothing is done at all', async () => {
  const acts = fc.array(fc.record({ what: fc.nat(3), pick: fc.nat(1000) }), { minLength: 1, maxLength: 5 })
  let undone = 0
  let refused = 0
  const handed = { followed: 0, stayed: 0, takenBack: 0 }
  const key = (row: Movement) => `${row.unitId} ${row.quantity} ${row.occurredOn}`
  await fc.assert(
    fc.asyncProperty(possibleHistory, possibleHistory, sexes, acts, async (one, two, [sexA, sexB], steps) => {
      const [a, b] = [await stranger(one, sexA), await stranger(two, sexB)]
      const { mergeId, dropped } = await done(merge(a, b))
      const droppedIds = new Set(dropped.map((row) => row.movementId))
      const { rows: droppedRows } =
        await sql<Movement>`select id, unit_id as "unitId", kind, quantity, occurred_on as "occurredOn" from members.movement where id = any(${[...droppedIds]}::bigint[])`.execute(
          world.owner,
        )
      for (const { what, pick } of steps) {
        const now = await standing(a)
        if (what < 2 && now.length > 0) {
          // Mostly the last rows can be taken back.
          const row = inOrder(now).at(-1 - (pick % Math.min(now.length, 2)))!
          await world.lan(reverseMovement, { params: { movementId: row.id }, body: { reason: 'Thử' } })
        } else {
          const may = days
            .concat('2025-01-01', '2025-02-01')
            .flatMap((on) =>
              kinds.flatMap((kind) =>
                quantitiesOf(kind).flatMap((quantity) =>
                  [0, 1].map((unitId) => ({ id: '9'.repeat(18), kind, quantity, unitId, occurredOn: on })),
                ),
              ),
            )
            .filter(
              (move) =>
                !impossibleIn([
                  ...now.map((row) => ({ ...row, unitId: row.unitId === Number(unions.a) ? 0 : 1 })),
                  move,
                ]),
            )
          if (may.length > 0) await append(a, [may[pick % may.length]!])
        }
      }
      const before = await stateOf(a, b)
      const rowsBefore = await standing(a)
      const reply = await separate(mergeId, world.quang)
      if (typeof reply === 'string') {
        expect(reply).toBe('history-impossible')
        refused += 1
        expect(await stateOf(a, b)).toEqual(before)
        return
      }
      undone += 1
      for (const list of ['followed', 'stayed', 'takenBack'] as const) handed[list] += reply[list].length
      const rowsAfter = await standing(a, b)
      for (const id of [a, b]) expect(impossibleIn(rowsAfter.filter((row) => row.personId === id))).toBeNull()
      expect(rowsAfter.map(key).sort()).toEqual([...rowsBefore, ...droppedRows].map(key).sort())
    }),
    { numRuns: 60 },
  )
  expect(undone).toBeGreaterThan(refused * 4)
  expect(Math.min(handed.followed, handed.stayed, handed.takenBack)).toBeGreaterThan(0)
}, 180_000)

test('a register without its twins in the list: the merged row is in no list and no search', async () => {
  const [a, b] = await pair()
  const { fullName } = await done(world.lan(showMember, { params: { personId: a } }))
  await done(merge(a, b))
  for (const ask of [world.lan, world.quang]) {
    const found = await done(ask(listMembers, { query: { q: fullName, limit: 200 } }))
    expect(found.members.map((one) => one.id)).toContain(a)
    expect(found.members.map((one) => one.id)).not.toContain(b)
  }
})

test('in a crowd of one name and birth date only what belongs to one person alone makes a pair', async () => {
  await sql`
    with p as (
      insert into members.person (full_name, name_id, name_key, given_key, birth_date, sex, record)
      select 'Nguyễn Văn Đông', (select min(id) from members.name), 'nguyen van dong', 'dong van nguyen', '1991-05-06', 'male',
        case when g > 48 then '{"phone": "0912000555"}' else '{}' end::jsonb from generate_series(1, 50) g returning id
    ), m as (
      insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational)
      select p.id, ${Number(unions.far)}, 'opening', 1, '2024-01-01', false, false from p)
    select`.execute(world.owner)
  const { rows } = await sql<{ reasons: string[] }>`
    select l.reasons from members.look_alike l join members.person p on p.id = l.person_a where p.name_key = 'nguyen van dong'`.execute(
    world.owner,
  )
  expect(rows).toEqual([{ reasons: ['birth-date', 'same-union', 'one-without-number', 'same-phone'] }])
})
