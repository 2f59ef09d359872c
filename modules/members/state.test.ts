/** Where a person stands, as their page tells it: in a union, resting, on the road, in none; and what is told of unions unseen. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { done, foundingEntry, openSample, people, taxCode, today, type World } from '#tests/world.ts'
import { listMembers, releaseMember, showMember } from './contract.ts'
import * as moves from './moves/contract.ts'

let world: World
let unions: { a: string; b: string; far: string }
let ids: string[]

beforeAll(async () => {
  world = await openSample()
  const found = async (ask: World['lan'], upperUnitId: number, number: number) => {
    const employer = { taxCode: taxCode(number), name: `Công ty ${number}`, workers: 90 }
    const entry = { upperUnitId: String(upperUnitId), name: `CĐCS số ${number}`, employer }
    const body = foundingEntry(world, { ...entry, people: people(number * 100, 8) })
    return (await done(ask(foundUnion, { body }))).unitId
  }
  unions = {
    a: await found(world.lan, world.units.tayHo, 1),
    b: await found(world.lan, world.units.tayHo, 2),
    far: await found(world.binh, world.units.dongAnh, 3),
  }
  ids = (await done(world.lan(listMembers, { query: { unitId: unions.a } }))).members.map((member) => member.id)
})
afterAll(() => world.close())

const shown = async (personId: string, ask = world.lan) => await done(ask(showMember, { params: { personId } }))
const send = (personId: string, on: string, toUnitId: string | null) =>
  done(world.lan(moves.sendMembers, { body: { personIds: [personId], on, toUnitId } }))

test('in a union since a day; resting with the last day that the rule allows', async () => {
  const personId = ids[0]!
  expect((await shown(personId)).state).toEqual({ where: 'union', since: '2024-05-10', suspension: null })
  const rest = { on: '2025-01-15', cause: 'job_loss' as const, reason: 'Công ty cắt giảm' }
  await done(world.lan(moves.suspendMember, { params: { personId }, body: rest }))
  const { state, movements } = await shown(personId)
  const suspension = { since: '2025-01-15', cause: 'job_loss', until: '2026-01-15' }
  expect(state).toEqual({ where: 'union', since: '2024-05-10', suspension })
  expect(movements.at(-1)).toMatchObject({ kind: 'suspended', cause: 'job_loss', otherUnit: null })
})

test('on the road to a union that is seen, and then a member there with both memberships listed', async () => {
  const personId = ids[1]!
  const { movementIds } = await send(personId, '2025-03-21', unions.b)
  const onRoad = await shown(personId)
  expect(onRoad.state).toMatchObject({
    where: 'road',
    since: '2025-03-21',
    days: 10,
    from: { id: unions.a },
    to: { id: unions.b },
    isToHidden: false,
    sentBy: movementIds[0],
  })
  expect(onRoad.unit).toBeNull()
  await done(
    world.lan(moves.receiveMembers, { params: { unitId: unions.b }, body: { personIds: [personId], on: today } }),
  )
  const { state, memberships, movements } = await shown(personId)
  expect(state).toMatchObject({ where: 'union', since: today })
  expect(memberships.map(({ unit, from, to }) => [unit.id, from, to])).toEqual([
    [unions.a, '2024-05-10', '2025-03-21'],
    [unions.b, today, null],
  ])
  expect(movements.map((one) => one.otherUnit?.id ?? null)).toEqual([null, unions.b, unions.a])
})

test('a union outside the branch is not named, neither on the road nor after', async () => {
  const personId = ids[2]!
  await send(personId, '2025-03-01', unions.far)
  const sent = await shown(personId)
  expect(sent.state).toMatchObject({ where: 'road', to: null, isToHidden: true })
  expect(sent.movements.at(-1)).toMatchObject({ kind: 'sent', otherUnit: null, isOtherHidden: true })
  expect((await shown(personId, world.binh)).state).toMatchObject({ where: 'road', from: null, to: { id: unions.far } })
  const body = { personIds: [personId], on: '2025-03-10' }
  await done(world.binh(moves.receiveMembers, { params: { unitId: unions.far }, body }))
  expect((await shown(personId)).state).toEqual({ where: 'none', receivedElsewhereOn: '2025-03-10' })
  expect((await shown(personId, world.binh)).state).toMatchObject({ where: 'union', since: '2025-03-10' })
})

test('in no union after leaving; where to is not known yet is not hidden', async () => {
  const personId = ids[3]!
  const body = { on: '2025-02-01', kind: 'ended' as const, cause: 'death' as const, reason: 'Từ trần' }
  await done(world.lan(releaseMember, { params: { personId }, body }))
  expect((await shown(personId)).state).toEqual({ where: 'none', receivedElsewhereOn: null })
  await send(ids[4]!, '2025-02-01', null)
  expect((await shown(ids[4]!)).state).toMatchObject({ where: 'road', to: null, isToHidden: false })
})

test('the worklist tells which ends lie in the branch that was asked about', async () => {
  const road = async (ask: World['lan'], unitId: string | number) =>
    (await done(ask(moves.listOnTheRoad, { query: { unitId: String(unitId) } }))).travellers.map((one) => [
      one.personId,
      one.isArriving,
      one.isToHidden,
    ])
  await send(ids[5]!, '2025-03-02', unions.b)
  await send(ids[6]!, '2025-03-03', unions.far)
  expect(await road(world.lan, world.units.tayHo)).toEqual([
    [ids[4]!, false, false],
    [ids[5]!, true, false],
    [ids[6]!, false, true],
  ])
  expect(await road(world.lan, unions.a)).toContainEqual([ids[5]!, false, false])
  expect(await road(world.binh, world.units.dongAnh)).toEqual([[ids[6]!, true, false]])
})
