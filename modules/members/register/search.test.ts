/** Finding people: each way of searching finds whom it should and says why, and a stranger finds nobody. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { admitMembers, listMembers } from '#modules/members/contract.ts'
import { editRecord } from '#modules/members/record/contract.ts'
import { done, foundingEntry, openSample, people, person, type Ask, type World } from '#tests/world.ts'

let world: World
let unitId: string
beforeAll(async () => {
  world = await openSample()
  unitId = (await done(world.lan(foundUnion, { body: foundingEntry(world, { people: people(1_000, 20) }) }))).unitId
  const { members } = await done(world.lan(listMembers, { query: { unitId, limit: 200 } }))
  const params = { personId: members[4]!.id }
  const values = { cardNumber: 'hn 002-77', phone: '0912345678' }
  await done(world.lan(editRecord, { params, body: { values } }))
})
afterAll(() => world.close())

type Listing = { fullName: string; matched: string | null; id: string }
const search = async (q: string, who: Ask = world.lan, more: Record<string, unknown> = {}): Promise<Listing[]> =>
  (await done(who(listMembers, { query: { q, ...more } }))).members

test('each way of searching finds whom it should, says why, and a stranger finds nobody', async () => {
  const numbers = { identityNumber: '001293004711' }
  const unit = { params: { unitId: unitId } }
  const list = [
    { ...person(9_001), ...numbers, fullName: 'Nguyễn Thị Lan Anh' },
    { ...person(9_002), identityNumber: '001293994711', fullName: 'Nguyễn Thị Lan Ánh' },
    { ...person(9_003), identityNumber: '001293114711', fullName: 'Tạ Lan Anh Thư' },
  ]
  await done(world.lan(admitMembers, { ...unit, body: { on: '2024-07-01', people: list } }))
  const [anh] = (await search('001293004711')) as [Listing]
  expect(anh).toMatchObject({ fullName: 'Nguyễn Thị Lan Anh', matched: 'identity' })
  const reason = async (q: string, who: Ask = world.lan) =>
    (await search(q, who)).find((one) => one.id === anh.id)?.matched
  for (const [q, why] of [
    ['lan an', 'words'],
    ['nguyen thi lan anh', 'name'],
    ['NGUYỄN THỊ LAN ANH', 'name'],
    ['Nguyễn Thị Lan Anh'.normalize('NFD'), 'name'],
    ['nguyen thi la', 'beginning'],
    ['Anh Lan', 'given-name'],
    ['Anh Lan Thị Nguyễn', 'name'],
    ['anh nguyen', 'words'],
    ['0012 9300 4711', 'identity'],
    ['711', 'identity-tail'],
    ['004711', 'identity-tail'],
    ['293004711', 'identity-tail'],
    ['01293004711', 'identity-tail'],
  ] as const) {
    expect(await reason(q), q).toBe(why)
    expect(await reason(q, world.quang), q).toBe(why)
    expect(await search(q, world.binh), q).not.toContainEqual(expect.objectContaining({ id: anh.id }))
    expect(await search(q, world.binh, { unitId: String(world.units.dongAnh) }), q).not.toContainEqual(
      expect.objectContaining({ id: anh.id }),
    )
  }
  expect(await world.binh(listMembers, { query: { q: 'lan', unitId: unitId } })).toBe('not-found')
  // Tones typed come first, then the same letters, then beginnings and words in the order of given names.
  expect([...new Set((await search('Nguyễn Thị Lan Ánh')).map((one) => one.fullName))]).toEqual([
    'Nguyễn Thị Lan Ánh',
    'Nguyễn Thị Lan Anh',
  ])
  expect((await search('994711')).map((one) => one.fullName)).toEqual(['Nguyễn Thị Lan Ánh'])
  expect((await search('4711')).map((one) => one.fullName)).toEqual([
    'Nguyễn Thị Lan Anh',
    'Nguyễn Thị Lan Ánh',
    'Tạ Lan Anh Thư',
  ])
  for (const q of ['774711', '000000000000', '%', '_', "' or 1=1", 'a:* & b', '***', '12'])
    expect(await search(q), q).toEqual([])
})

test('a card is found without regard to spaces and case, a passport by its whole number', async () => {
  for (const q of ['HN 002-77', 'hn002-77', ' HN00 2-77 ']) {
    const found = await search(q)
    expect(
      found.map((one) => one.matched),
      q,
    ).toContain('card')
    expect(await search(q, world.binh), q).toEqual([])
  }
  expect(await search('hn 002-7')).not.toContainEqual(expect.objectContaining({ matched: 'card' }))
  const { members } = await done(world.lan(listMembers, { query: { unitId: unitId, limit: 1 } }))
  const values = { citizenship: 'KR', identityNumber: 'M12345678' }
  await done(world.lan(editRecord, { params: { personId: members[0]!.id }, body: { values } }))
  expect(await search('m1234 5678')).toMatchObject([{ id: members[0]!.id, matched: 'identity' }])
  expect(await search('m1234567')).toEqual([])
  expect(await search('m12345678', world.binh)).toEqual([])
})

test('columns bring only what was asked for, and nothing sensitive', async () => {
  const ask = (column: string[]) =>
    done(world.lan(listMembers, { query: { unitId: unitId, limit: 200, column: column as never } }))
  const { members } = await ask(['phone', 'joinedOn', 'cardNumber'])
  expect(members.some((one) => one.values['phone'])).toBe(true)
  expect(members.find((one) => one.values['joinedOn'])!.values['joinedOn']).toMatch(/^2024-05-10$/)
  expect((await ask([])).members.every((one) => Object.keys(one.values).length === 0)).toBe(true)
  expect(() => listMembers.query.parse({ column: 'religion' })).toThrow(/column|Invalid/)
})
