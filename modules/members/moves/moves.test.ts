/** Moves as promised: the state is a function of what stands, whatever order it was recorded in; a transfer has two legs and is no
 *  admission; nobody is in two unions on one day; each refusal names the row in the way. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import {
  admitMembers,
  checkAdmission,
  listMembers,
  releaseMember,
  reverseMovement,
  showMember,
} from '#modules/members/contract.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { done, foundingEntry, openSample, people, person, taxCode, type World } from '#tests/world.ts'
import * as promise from './contract.ts'
import { impossibleIn, inOrder, stateOn, type Movement, type MovementKind } from './rules.ts'

let world: World
let unions: { a: string; b: string; far: string }
let numbers = 5000
const fresh = () => (numbers += 1)

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
            people: people(number * 100, 5),
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

/** Admits somebody new; answers with their id. */
async function admitted(ask: World['lan'], unitId: string, on: string, number = fresh()): Promise<string> {
  const { movementIds } = await done(ask(admitMembers, { params: { unitId }, body: { on, people: [person(number)] } }))
  const { rows } = await sql<{
    id: string
  }>`select person_id as id from members.movement where id = ${movementIds[0]!}`.execute(world.owner)
  return rows[0]!.id
}

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
const quantities: Record<MovementKind, readonly number[]> = {
  opening: [1],
  admitted: [1],
  received: [1],
  sent: [-1],
  suspended: [0],
  resumed: [0],
  left: [-1, 0],
  expelled: [-1, 0],
  ended: [-1, 0],
}

/** Any movements at all, most of them nonsense: the pure rule and the database must agree on which are possible. */
const anyMovements = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(1), unit: fc.nat(1), day: fc.nat(11) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rows) =>
    rows.map(({ kind, pick, unit, day }, index) => ({
      id: String(index + 1),
      kind,
      quantity: quantities[kind][pick % quantities[kind].length]!,
      unitId: unit,
      occurredOn: days[day]!,
    })),
  )

/** A history that is possible, grown day by day: the next movement is one that may follow. */
const possibleHistory = fc
  .array(fc.record({ choice: fc.nat(20), unit: fc.nat(1) }), { minLength: 1, maxLength: 10 })
  .map((steps) => {
    const history: Movement[] = []
    steps.forEach(({ choice, unit }, index) => {
      const offers = kinds.flatMap((kind) =>
        quantities[kind].map((quantity) => ({
          id: String(index + 1),
          kind,
          quantity,
          unitId: unit,
          occurredOn: days[index]!,
        })),
      )
      const may = offers.filter((move) => !impossibleIn([...history, move]))
      if (may.length > 0) history.push(may[choice % may.length]!)
    })
    return history
  })

let made = 0
/** A person of the register without any movement. */
async function stranger(): Promise<string> {
  made += 1
  const { rows } = await sql<{ id: string }>`
    with n as (insert into members.name (folded) values (${`nguoi la ${made}`}) returning id)
    insert into members.person (full_name, name_id, name_key, given_key, birth_date, sex)
    select 'Người Lạ', n.id, 'nguoi la', 'la nguoi', '1990-01-01', 'female' from n returning id`.execute(world.owner)
  return rows[0]!.id
}

const append = async (personId: string, moves: readonly Movement[]) => {
  const unitOf = [Number(unions.a), Number(unions.b)]
  await sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, recorded_by)
    select ${personId}, u, k, q, d, true, false, ${world.actors.lan.id} from unnest(${moves.map((move) => unitOf[move.unitId])}::int[],
      ${moves.map((move) => move.kind)}::text[], ${moves.map((move) => move.quantity)}::int[], ${moves.map((move) => move.occurredOn)}::date[])
      with ordinality as x(u, k, q, d, line) order by line`.execute(world.owner)
}

const stateOf = async (personId: string) => {
  const { rows } = await sql<{ what: string }>`
    select 'in ' || unit_id || during || (select m.kind from members.movement m where m.id = opened_by) as what from members.membership where person_id = ${personId}
    union all select 'road ' || from_unit_id || during from members.leg where person_id = ${personId}
    union all select 'rest ' || unit_id || during from members.suspension where person_id = ${personId} order by 1`.execute(
    world.owner,
  )
  return rows.map((row) => row.what)
}

test('the database refuses exactly the histories that the rule calls impossible', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(anyMovements, async (moves) => {
      const personId = await stranger()
      const wrong = impossibleIn(moves)
      const answer = await append(personId, moves).then(
        () => 'kept',
        (error: unknown) => (error as { constraint?: string }).constraint ?? String(error),
      )
      if (wrong) refused += 1
      expect(answer === 'kept', `${JSON.stringify(moves)} ${answer}`).toBe(wrong === null)
      if (wrong) expect(await stateOf(personId)).toEqual([])
    }),
    { numRuns: 150 },
  )
  expect(refused).toBeGreaterThan(20)
})

test('any order of recording gives the same state; stock = arrivals - departures on every day; unions + open legs = members', async () => {
  await fc.assert(
    fc.asyncProperty(possibleHistory, fc.infiniteStream(fc.nat(1000)), async (history, chance) => {
      const [straight, shuffled] = [await stranger(), await stranger()]
      await append(straight, history)
      // One by one in random order; what cannot be recorded yet is tried again after the others.
      let waiting = history
        .map((move) => ({ move, key: chance.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ move }) => move)
      while (waiting.length > 0) {
        const left: Movement[] = []
        for (const move of waiting) await append(shuffled, [move]).catch(() => left.push(move))
        if (left.length === waiting.length) {
          // Two that only stand together are recorded together.
          await append(shuffled, left)
          break
        }
        waiting = left
      }
      expect(await stateOf(shuffled)).toEqual(await stateOf(straight))
      for (const day of days) {
        const { rows } = await sql<{ stock: number; inside: number; road: number }>`
          select (select coalesce(sum(quantity), 0)::int from members.movement where person_id = ${straight} and occurred_on <= ${day}) as stock,
            (select count(*)::int from members.membership where person_id = ${straight} and during @> ${day}::date) as inside,
            (select count(*)::int from members.leg where person_id = ${straight} and during @> ${day}::date) as road`.execute(
          world.owner,
        )
        const state = stateOn(history, day)
        expect(rows[0]).toEqual({
          stock: state.where === 'union' ? 1 : 0,
          inside: state.where === 'union' ? 1 : 0,
          road: state.where === 'road' ? 1 : 0,
        })
      }
    }),
    { numRuns: 40 },
  )
})

test('taking back the last movement restores the state before it, whatever it was', async () => {
  await fc.assert(
    fc.asyncProperty(possibleHistory, async (history) => {
      const [with_, without] = [await stranger(), await stranger()]
      const last = inOrder(history).at(-1)!
      const before = history.filter((move) => move !== last)
      await append(with_, history)
      if (before.length > 0) await append(without, before)
      await sql`insert into members.movement (person_id, unit_id, kind, quantity, occurred_on, is_woman, in_occupational, reverses_id)
        select person_id, unit_id, kind, -quantity, occurred_on, true, false, id from members.movement
        where person_id = ${with_} and reverses_id is null order by occurred_on desc, quantity desc, id desc limit 1`.execute(
        world.owner,
      )
      expect(await stateOf(with_)).toEqual(await stateOf(without))
    }),
    { numRuns: 40 },
  )
})

test('a transfer is two legs: on the road between, counted nowhere as admitted', async () => {
  const personId = await admitted(world.lan, unions.a, '2024-03-01')
  const figures = async () => {
    const board = await done(
      world.lan(showProgress, { query: { unitId: String(world.units.tayHo), from: '2024-01-01', asOf: '2024-12-31' } }),
    )
    const of = (code: string) => board.figures.find((figure) => figure.indicator === code)!.result
    return { admitted: of('members_admitted'), total: of('members_total') }
  }
  const before = await figures()
  await done(world.lan(promise.sendMembers, { body: { personIds: [personId], on: '2024-05-01', toUnitId: unions.b } }))
  const road = await done(world.lan(promise.listOnTheRoad, { query: { unitId: String(world.units.tayHo) } }))
  const mine = road.travellers.filter((one) => one.personId === personId)
  expect(mine.map(({ personId, from, to, days }) => [personId, from?.id, to?.id, days])).toEqual([
    [personId, unions.a, unions.b, 334],
  ])
  expect(await figures()).toEqual({ admitted: before.admitted, total: before.total! - 1 })
  const checked = await done(
    world.lan(checkAdmission, { params: { unitId: unions.b }, body: { on: '2024-06-01', people: [person(numbers)] } }),
  )
  expect(checked.faults.map((fault) => fault.name)).toEqual(['member-on-the-road'])
  expect(
    await world.lan(admitMembers, {
      params: { unitId: unions.b },
      body: { on: '2024-06-01', people: [person(numbers)] },
    }),
  ).toBe('list-has-faults')
  await done(
    world.lan(promise.receiveMembers, {
      params: { unitId: unions.b },
      body: { personIds: [personId], on: '2024-06-01' },
    }),
  )
  expect(await figures()).toEqual(before)
  expect((await done(world.lan(showMember, { params: { personId } }))).unit?.id).toBe(unions.b)
  const left = await done(world.lan(promise.listOnTheRoad, { query: { unitId: String(world.units.tayHo) } }))
  expect(left.travellers.map((one) => one.personId)).not.toContain(personId)
})

test('both legs on one day leave nobody on the road, and are taken back one by one', async () => {
  const personId = await admitted(world.lan, unions.a, '2024-03-01')
  const { movementIds } = await done(
    world.lan(promise.sendMembers, {
      body: { personIds: [personId], on: '2024-05-01', toUnitId: unions.b, arrives: true },
    }),
  )
  const reverse = (movementId: string) =>
    world.lan(reverseMovement, { params: { movementId }, body: { reason: 'Ghi nhầm' } })
  expect(await reverse(movementIds[0]!)).toBe('later-movement-exists')
  await done(reverse(movementIds[1]!))
  await done(reverse(movementIds[0]!))
  expect(await reverse(movementIds[0]!)).toBe('already-reversed')
  expect((await done(world.lan(showMember, { params: { personId } }))).unit?.id).toBe(unions.a)
})

test('each refusal of a sending and a reception', async () => {
  const personId = await admitted(world.lan, unions.a, '2024-03-01')
  const send = (change: Record<string, unknown>, ask = world.lan) =>
    ask(promise.sendMembers, { body: { personIds: [personId], on: '2024-05-01', toUnitId: unions.b, ...change } })
  expect(await send({}, world.trang)).toBe('not-allowed')
  expect(await send({}, world.binh)).toBe('not-found')
  expect(await send({ on: '2030-01-01' })).toBe('day-in-future')
  expect(await send({ on: '2024-02-01' })).toBe('not-a-member')
  expect(await send({ toUnitId: unions.a })).toBe('same-union')
  expect(await send({ toUnitId: String(world.units.tayHo) })).toBe('not-a-grassroots-union')
  expect(await send({ toUnitId: '99999999' })).toBe('not-found')
  expect(await send({ arrives: true, toUnitId: unions.far })).toBe('not-found')
  expect(await send({ arrives: true, on: '2019-01-01' })).toBe('not-a-member')
  await done(
    world.lan(releaseMember, { params: { personId }, body: { on: '2024-08-01', kind: 'left', reason: 'Thôi việc' } }),
  )
  expect(await send({})).toBe('history-impossible')
  const receive = (change: Record<string, unknown>, unitId = unions.b) =>
    world.lan(promise.receiveMembers, {
      params: { unitId },
      body: { personIds: [personId], on: '2024-06-01', ...change },
    })
  expect(await receive({})).toBe('not-on-the-road')
  expect(await receive({}, unions.far)).toBe('not-found')
  expect(await receive({}, String(world.units.tayHo))).toBe('not-a-grassroots-union')
})

test('a member who is suspended rests, stays counted, and the twelve months of a lost job are told', async () => {
  const personId = await admitted(world.lan, unions.a, '2024-03-01')
  const suspend = (on: string) =>
    world.lan(promise.suspendMember, { params: { personId }, body: { on, cause: 'job_loss', reason: 'Mất việc' } })
  const resume = (on: string) => world.lan(promise.resumeMember, { params: { personId }, body: { on } })
  expect(await suspend('2024-02-01')).toBe('not-a-member')
  await done(suspend('2024-05-01'))
  expect(await suspend('2024-06-01')).toBe('history-impossible')
  expect(await resume('2024-04-01')).toBe('history-impossible')
  const { members } = await done(world.lan(promise.listSuspended, { query: { unitId: unions.a, limit: 200 } }))
  expect(members.filter((member) => member.personId === personId)).toMatchObject([
    { personId, since: '2024-05-01', cause: 'job_loss', until: '2025-05-01' },
  ])
  expect((await done(world.lan(showMember, { params: { personId } }))).unit?.id).toBe(unions.a)
  await done(resume('2024-07-01'))
  const after = await done(world.lan(promise.listSuspended, { query: { unitId: unions.a } }))
  expect(after.members.map((member) => member.personId)).not.toContain(personId)
})

test('somebody who dies on the road leaves the road, and is not taken off the stock twice', async () => {
  const personId = await admitted(world.lan, unions.a, '2024-03-01')
  await done(world.lan(promise.sendMembers, { body: { personIds: [personId], on: '2024-05-01', toUnitId: null } }))
  await done(
    world.lan(releaseMember, {
      params: { personId },
      body: { on: '2024-06-01', kind: 'ended', cause: 'death', reason: 'Từ trần' },
    }),
  )
  expect(await stateOf(personId)).toHaveLength(2)
  const { rows } = await sql<{
    stock: string
  }>`select sum(quantity) as stock from members.movement where person_id = ${personId}`.execute(world.owner)
  expect(Number(rows[0]!.stock)).toBe(0)
})

test('a member elsewhere is asked for unseen; the holder sends or refuses, once', async () => {
  const number = fresh()
  const personId = await admitted(world.lan, unions.a, '2024-03-01', number)
  const { fullName, identityNumber } = person(number)
  const ask = (change: Record<string, unknown> = {}, unitId = unions.far) =>
    world.binh(promise.askForTransfer, {
      params: { unitId },
      body: { fullName, identityNumber, on: '2024-09-01', ...change },
    })
  expect(await ask({ fullName: 'Ai Đó' })).toBe('another-person-here')
  expect(await ask({ identityNumber: '001299999999' })).toBe('nobody-elsewhere')
  const traveller = fresh()
  const onRoad = await admitted(world.lan, unions.a, '2024-03-01', traveller)
  await done(world.lan(promise.sendMembers, { body: { personIds: [onRoad], on: '2024-05-01', toUnitId: null } }))
  const their = person(traveller)
  expect(await ask({ fullName: their.fullName, identityNumber: their.identityNumber })).toBe('on-the-road-elsewhere')
  const { requestId } = await done(ask())
  expect(await ask()).toBe('already-asked')
  const seenBy = async (who: World['lan'], unit: number) =>
    (await done(who(promise.listTransferRequests, { query: { unitId: String(unit) } }))).requests
  expect(await seenBy(world.binh, world.units.dongAnh)).toMatchObject([
    { id: requestId, direction: 'out', personId: null, holder: null, answer: null },
  ])
  expect(await seenBy(world.lan, world.units.tayHo)).toMatchObject([
    { id: requestId, direction: 'in', personId, holder: { id: unions.a }, askedBy: 'CĐCS số 3' },
  ])
  const answer = (who: World['lan'], body: Record<string, unknown>) =>
    who(promise.answerTransferRequest, { params: { requestId }, body })
  expect(await answer(world.binh, {})).toBe('not-found')
  const answers = await Promise.all([answer(world.lan, { on: '2024-10-01' }), answer(world.hoa, { on: '2024-10-01' })])
  expect(answers.filter((one) => typeof one !== 'string')).toHaveLength(1)
  expect(await answer(world.lan, { on: '2024-10-01' })).toBe('not-found')
  expect(await seenBy(world.binh, world.units.dongAnh)).toMatchObject([{ answer: 'sent' }])
  const road = await done(world.binh(promise.listOnTheRoad, { query: { unitId: unions.far } }))
  expect(road.travellers).toMatchObject([{ personId, from: null }])
  await done(
    world.binh(promise.receiveMembers, {
      params: { unitId: unions.far },
      body: { personIds: [personId], on: '2024-10-05' },
    }),
  )
  const { members } = await done(world.binh(listMembers, { query: { unitId: unions.far } }))
  expect(members.map((member) => member.id)).toContain(personId)
})

test('a request is refused with a reason, and answered once', async () => {
  const number = fresh()
  await admitted(world.lan, unions.a, '2024-03-01', number)
  const { fullName, identityNumber } = person(number)
  const { requestId } = await done(
    world.binh(promise.askForTransfer, {
      params: { unitId: unions.far },
      body: { fullName, identityNumber, on: '2024-09-01' },
    }),
  )
  const refuse = () =>
    world.lan(promise.answerTransferRequest, { params: { requestId }, body: { refusedBecause: 'Vẫn làm việc ở đây' } })
  await done(refuse())
  expect(await refuse()).toBe('already-answered')
  const { requests } = await done(world.binh(promise.listTransferRequests, { query: { unitId: unions.far } }))
  expect(requests.find((request) => request.id === requestId)).toMatchObject({
    answer: 'refused',
    reason: 'Vẫn làm việc ở đây',
  })
})

test('one person is never in two unions, however many clerks act at once', async () => {
  const number = fresh()
  const personId = await admitted(world.lan, unions.a, '2024-03-01', number)
  const acts = [
    () =>
      world.lan(promise.sendMembers, {
        body: { personIds: [personId], on: '2024-05-01', toUnitId: unions.b, arrives: true },
      }),
    () => world.hoa(promise.sendMembers, { body: { personIds: [personId], on: '2024-05-02', toUnitId: unions.b } }),
    () =>
      world.lan(releaseMember, { params: { personId }, body: { on: '2024-05-03', kind: 'left', reason: 'Thôi việc' } }),
    () =>
      world.hoa(promise.suspendMember, {
        params: { personId },
        body: { on: '2024-05-01', cause: 'other', reason: 'Ốm' },
      }),
    () =>
      world.binh(admitMembers, {
        params: { unitId: unions.far },
        body: { on: '2024-05-04', people: [person(number)] },
      }),
  ]
  await Promise.all(
    [...acts, ...acts].map((act) =>
      act().catch((error: unknown) => {
        throw error
      }),
    ),
  )
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from members.membership a join members.membership b
    on a.person_id = b.person_id and a.id < b.id and a.during && b.during where a.person_id = ${personId}`.execute(
    world.owner,
  )
  expect(rows[0]!.n).toBe(0)
  const ledger =
    await sql<Movement>`select id, kind, quantity, unit_id as "unitId", occurred_on::text as "occurredOn" from members.movement
    where person_id = ${personId} and reverses_id is null`.execute(world.owner)
  expect(impossibleIn(ledger.rows)).toBeNull()
})
