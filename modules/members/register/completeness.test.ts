/** Completeness: what is kept is what a fresh count says, after any acts and while others write; each figure is the length of the
 *  list it opens. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundUnion } from '#modules/founding/contract.ts'
import { admitMembers, listMembers, releaseMember, reverseMovement } from '#modules/members/contract.ts'
import { receiveMembers, sendMembers } from '#modules/members/moves/contract.ts'
import { editRecord } from '#modules/members/record/contract.ts'
import { act } from '#platform/database.ts'
import { runs } from '#tests/history.ts'
import { done, foundingEntry, openSample, people, taxCode, type World } from '#tests/world.ts'
import { showCompleteness as count } from './completeness.ts'
import { showCompleteness } from './contract.ts'

let world: World
let unions: string[]
beforeAll(async () => {
  world = await openSample()
  unions = []
  for (const number of [1, 2, 3])
    unions.push(
      (
        await done(
          world.lan(foundUnion, {
            body: foundingEntry(world, {
              employer: { taxCode: taxCode(number), name: `Công ty ${number}` },
              people: people(number * 1_000, 6),
            }),
          }),
        )
      ).unitId,
    )
})
afterAll(() => world.close())

/** The same, counted from the rows without any function of ours. */
async function recount() {
  const { rows } = await sql<{ unit_id: number }>`
    with p as (select m.unit_id, p.identity_hash is not null as i, p.record ? 'phone' as f, p.has_photo as h,
        p.record ? 'joinedOn' or exists (select from members.movement a where a.person_id = p.id and a.kind = 'admitted' and a.reverses_id is null
          and a.id not in (select r.reverses_id from members.movement r where r.reverses_id is not null)) as j
      from members.membership m join members.person p on p.id = m.person_id where m.during @> '2025-03-31'::date)
    select unit_id, count(*)::int as members, (count(*) filter (where i))::int as with_identity, (count(*) filter (where f))::int as with_phone,
      (count(*) filter (where h))::int as with_photo, (count(*) filter (where j))::int as with_joining_day, (count(*) filter (where i and f and h and j))::int as complete
    from p group by 1 order by 1`.execute(world.owner)
  return rows
}
const kept = async () =>
  (
    await sql`select unit_id, members, with_identity, with_phone, with_photo, with_joining_day, complete from members.completeness
      where members > 0 order by 1`.execute(world.owner)
  ).rows
const ask = () => done(world.lan(showCompleteness, { query: { unitId: String(world.units.tayHo) } }))

const anybody = async (seed: number) => {
  const { rows } = await sql<{ id: string; unit: string; movement: string }>`
    select m.person_id as id, m.unit_id::text as unit, m.opened_by as movement from members.membership m where upper_inf(m.during) order by m.person_id`.execute(
    world.owner,
  )
  return rows[seed % rows.length]!
}
let fresh = 50_000
const acts = {
  admit: (seed: number) =>
    world.lan(admitMembers, {
      params: { unitId: unions[seed % 3]! },
      body: { on: '2024-08-01', people: people((fresh += 7), 2) },
    }),
  release: async (seed: number) =>
    world.lan(releaseMember, {
      params: { personId: (await anybody(seed)).id },
      body: { on: '2025-01-10', kind: 'left', reason: 'Thử' },
    }),
  reverse: async (seed: number) =>
    world.lan(reverseMovement, { params: { movementId: (await anybody(seed)).movement }, body: { reason: 'Thử' } }),
  phone: async (seed: number) =>
    world.lan(editRecord, {
      params: { personId: (await anybody(seed)).id },
      body: { values: { phone: seed % 3 ? '0912345678' : null } },
    }),
  joined: async (seed: number) =>
    world.lan(editRecord, {
      params: { personId: (await anybody(seed)).id },
      body: { values: { joinedOn: seed % 2 ? '01/02/2010' : null } },
    }),
  move: async (seed: number) => {
    const { id, unit } = await anybody(seed)
    await world.lan(sendMembers, { body: { personIds: [id], on: '2025-02-01', toUnitId: null } })
    const to = unions.find((one) => one !== unit)!
    return await world.lan(receiveMembers, { params: { unitId: to }, body: { personIds: [id], on: '2025-02-03' } })
  },
}
const anyAct = fc.tuple(fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])), fc.nat(1_000))

test('what is kept is what a fresh count says, after any acts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 3, maxLength: 10 }), async (list) => {
      for (const [name, seed] of list) await acts[name](seed)
      const { figures, children, uncounted } = await ask()
      expect(uncounted).toBe(0)
      expect(await kept()).toEqual(await recount())
      const sum = (key: keyof typeof figures) => children.reduce((total, child) => total + child.figures[key], 0)
      expect(figures).toEqual(
        Object.fromEntries(Object.keys(figures).map((key) => [key, sum(key as keyof typeof figures)])),
      )
    }),
    runs(12),
  )
})

test('nothing is lost while others write', async () => {
  for (let round = 0; round < 4; round++) {
    const names = Object.keys(acts) as (keyof typeof acts)[]
    const writes = Array.from({ length: 14 }, (_, index) =>
      acts[names[(index + round) % names.length]!](index * 31 + round),
    )
    await Promise.allSettled([...writes, ...Array.from({ length: 6 }, ask)])
    await ask()
    expect(await kept()).toEqual(await recount())
  }
  const left = await sql<{ n: number }>`select count(*)::int as n from members.completeness_touched`.execute(
    world.owner,
  )
  expect(left.rows[0]!.n).toBe(0)
})

test('a change that is not committed yet is counted once it is', async () => {
  await ask()
  const before = await kept()
  const { id } = await anybody(1)
  let counted = before
  await world.owner.transaction().execute(async (db) => {
    await sql`update members.person set has_photo = not has_photo where id = ${id}`.execute(db)
    await ask()
    counted = await kept()
  })
  expect(counted).toEqual(before)
  await ask()
  expect(await kept()).not.toEqual(before)
  expect(await kept()).toEqual(await recount())
})

test('each figure is the length of its list; a stranger is not told; a long count goes on where it stood', async () => {
  const { children } = await ask()
  const lacking = {
    withIdentity: 'identityNumber',
    withPhone: 'phone',
    withPhoto: 'photo',
    withJoiningDay: 'joiningDay',
    complete: 'something',
  } as const
  for (const { unit, figures } of children)
    for (const [figure, missing] of Object.entries(lacking)) {
      const { members } = await done(world.lan(listMembers, { query: { unitId: unit.id, missing, limit: 200 } }))
      expect(members.length, `${unit.name} ${missing}`).toBe(figures.members - figures[figure as keyof typeof lacking])
    }
  expect(await world.binh(showCompleteness, { query: { unitId: String(world.units.tayHo) } })).toBe('not-found')
  await sql`insert into members.completeness_touched (unit_id) select distinct unit_id from members.membership`.execute(
    world.owner,
  )
  const once = () =>
    act(world.house, world.actors.lan, 'vi', 'count', (ctx) => count(ctx, { unitId: String(world.units.tayHo) }, 2))
  expect([(await once()).uncounted, (await once()).uncounted]).toEqual([1, 0])
})
