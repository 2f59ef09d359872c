/** The register as a list: pages put together are exactly what a slow count over all people says, for any filters; a
 *  walk that is stopped goes on where it stood. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareNames, fold, givenFirst } from '#kernel/fold.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { admitMembers, listMembers, releaseMember } from '#modules/members/contract.ts'
import { addPhoto } from '#modules/members/record/actions.ts'
import { editRecord } from '#modules/members/record/contract.ts'
import { sendMembers, suspendMember } from '#modules/members/moves/contract.ts'
import { act, type Actor } from '#platform/database.ts'
import { runs } from '#tests/history.ts'
import { done, foundingEntry, openSample, person, taxCode, today, type Ask, type World } from '#tests/world.ts'
import { usualBounds, type Ask as Asked, type Bounds } from './filters.ts'
import { listMembers as listDirectly } from './queries.ts'

let world: World
let unions: string[]
let everybody: Truth[]

type Truth = {
  id: string
  fullName: string
  sex: string
  birth: string
  hasIdentity: boolean
  hasPhoto: boolean
  hasPhone: boolean
  hasJoiningDay: boolean
  unit: number | null
  since: string | null
  isSuspended: boolean
  road: number | null
  roadSince: string | null
  left: { unit: number; since: string; until: string } | null
  known: number[]
}

const families = ['Nguyễn', 'Trần', 'Lê', 'Đỗ', 'Phạm']
const middles = ['Thị', 'Văn', 'Thị Lan', 'Minh', 'Đức', '']
const givens = ['Anh', 'Ánh', 'Ân', 'An', 'Lan', 'Dung', 'Dũng', 'Đức', 'Ông', 'Ưng', 'Ý']
const named = (number: number) =>
  [families[number % 5], middles[(number * 7) % 6], givens[(number * 5) % 11]].filter(Boolean).join(' ')

const found = async (number: number, upper: number, ask: Ask, from: number, count: number) =>
  (
    await done(
      ask(foundUnion, {
        body: foundingEntry(world, {
          upperUnitId: String(upper),
          employer: { taxCode: taxCode(number), name: `Công ty ${number}` },
          people: Array.from({ length: count }, (_, index) => ({
            ...person(from + index),
            fullName: named(from + index),
          })),
        }),
      }),
    )
  ).unitId

beforeAll(async () => {
  world = await openSample()
  unions = [
    await found(1, world.units.tayHo, world.lan, 1_000, 31),
    await found(2, world.units.tayHo, world.lan, 2_000, 24),
    await found(3, world.units.tayHo, world.lan, 3_000, 17),
    await found(4, world.units.dongAnh, world.binh, 4_000, 21),
  ]
  const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200)])
  for (const [index, unitId] of unions.entries()) {
    const [ask, actor] = index === 3 ? [world.binh, world.actors.binh] : [world.lan, world.actors.lan]
    const { members } = await done(ask(listMembers, { query: { unitId, limit: 200 } }))
    for (const [at, { id }] of members.entries()) {
      const params = { personId: id }
      if (at % 3 === 0)
        await done(
          ask(editRecord, { params, body: { values: { phone: `09${String(index * 1000 + at).padStart(8, '1')}` } } }),
        )
      if (at % 4 === 0)
        await act(world.house, actor, 'vi', 'photo', (ctx) =>
          addPhoto(ctx, id, { fileName: 'a.png', content: picture, path: '', bytes: 0, digest: picture }),
        )
      if (at % 5 === 0) await done(ask(editRecord, { params, body: { values: { birthDate: String(1975 + at) } } }))
      if (at === 4) await done(ask(editRecord, { params, body: { values: { cardNumber: `hn 00${index}-77` } } }))
      if (at === 6)
        await done(ask(suspendMember, { params, body: { on: '2025-01-05', cause: 'hardship', reason: 'Thử' } }))
      if (at === 7) await done(ask(sendMembers, { body: { personIds: [id], on: '2025-02-01', toUnitId: null } }))
      if (at === 8) await done(ask(releaseMember, { params, body: { on: '2024-10-01', kind: 'left', reason: 'Thử' } }))
      if (at === 9)
        await done(
          ask(releaseMember, { params, body: { on: '2024-06-01', kind: 'ended', cause: 'death', reason: 'Thử' } }),
        )
    }
  }
  // One came back to another union; one has no number; some stand in the register without an admission.
  const later = { ...person(1_100), fullName: 'Nguyễn Thị Lan Anh' }
  await done(world.lan(admitMembers, { params: { unitId: unions[1]! }, body: { on: '2025-03-01', people: [later] } }))
  await sql`alter table members.movement disable trigger append_only`.execute(world.owner)
  await sql`update members.movement set kind = 'opening' where person_id % 6 = 0 and kind = 'admitted'`.execute(
    world.owner,
  )
  await sql`alter table members.movement enable trigger append_only`.execute(world.owner)
  await sql`update members.person set identity_hash = null, identity_sealed = null, identity_tail = null where id % 9 = 0`.execute(
    world.owner,
  )
  everybody = await readTruth()
})
afterAll(() => world.close())

/** Everybody, read as the owner and judged in plain code. */
async function readTruth(): Promise<Truth[]> {
  const { rows } = await sql<Truth>`
    select p.id::text as id, p.full_name as "fullName", p.sex, coalesce(p.birth_date::text, p.birth_year::text) as birth, p.identity_hash is not null as "hasIdentity",
      p.has_photo as "hasPhoto", p.record ? 'phone' as "hasPhone",
      exists (select from members.movement a where a.person_id = p.id and a.kind = 'admitted') as "hasJoiningDay",
      (select unit_id from members.membership m where m.person_id = p.id and m.during @> ${today}::date) as unit,
      (select lower(during) from members.membership m where m.person_id = p.id and m.during @> ${today}::date) as since,
      exists (select from members.suspension s where s.person_id = p.id and s.during @> ${today}::date) as "isSuspended",
      (select from_unit_id from members.leg l where l.person_id = p.id and l.during @> ${today}::date) as road,
      (select lower(during) from members.leg l where l.person_id = p.id and l.during @> ${today}::date) as "roadSince",
      (select json_build_object('unit', m.unit_id, 'since', lower(m.during), 'until', upper(m.during)) from members.membership m
        join members.movement c on c.id = m.closed_by where m.person_id = p.id and c.kind in ('left', 'expelled', 'ended')
        order by upper(m.during) desc limit 1) as left,
      array(select m.unit_id from members.membership m where m.person_id = p.id) as known
    from members.person p`.execute(world.owner)
  return rows
}

const branchOf = (unitId: number) =>
  unitId === world.units.haNoi
    ? unions.map(Number)
    : unitId === world.units.tayHo
      ? unions.slice(0, 3).map(Number)
      : unitId === world.units.dongAnh
        ? [Number(unions[3])]
        : [unitId]

const ageOf = (birth: string, on: string) =>
  Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5) < birth.slice(5) ? 1 : 0)

/** What a list must be, by the words of the contract. */
function expected(asked: Asked, home: number, order: 'union' | 'name'): string[] {
  const branch = branchOf(Number(asked.unitId ?? home))
  const q = asked.q?.trim() ?? ''
  const key = fold(q)
  const words = key.split(' ')
  const hasPeriod = asked.sinceFrom !== undefined || asked.sinceTo !== undefined
  const status = asked.status ?? (q && !hasPeriod ? null : 'member')
  const stands = (one: Truth): { unit: number; since: string } | null => {
    const inBranch = (unit: number | null | undefined) => unit != null && branch.includes(unit)
    if (status === 'member') return inBranch(one.unit) ? { unit: one.unit!, since: one.since! } : null
    if (status === 'suspended')
      return inBranch(one.unit) && one.isSuspended ? { unit: one.unit!, since: one.since! } : null
    if (status === 'road') return inBranch(one.road) ? { unit: one.road!, since: one.roadSince! } : null
    if (status === 'left') {
      const isAway = one.unit === null && one.left && one.left.until > '2024-03-31'
      return isAway && inBranch(one.left!.unit) ? one.left : null
    }
    return one.known.some(inBranch) ? { unit: 0, since: '' } : null
  }
  const fits = (one: Truth) => {
    const [youngest, oldest] =
      one.birth.length === 4 ? [`${one.birth}-12-31`, `${one.birth}-01-01`] : [one.birth, one.birth]
    const lacks = (what: string) =>
      ({
        identityNumber: !one.hasIdentity,
        phone: !one.hasPhone,
        photo: !one.hasPhoto,
        joiningDay: !one.hasJoiningDay,
        birthDay: one.birth.length === 4,
        something: !one.hasIdentity || !one.hasPhone || !one.hasPhoto || !one.hasJoiningDay,
      })[what]
    return (
      (!asked.sex || one.sex === asked.sex) &&
      (asked.ageFrom === undefined || ageOf(oldest, today) >= asked.ageFrom) &&
      (asked.ageTo === undefined || ageOf(youngest, today) <= asked.ageTo) &&
      (asked.missing ?? []).every(lacks)
    )
  }
  const isNamed = (one: Truth) =>
    !q ||
    fold(one.fullName).startsWith(key) ||
    givenFirst(one.fullName).startsWith(key) ||
    words.every((word) =>
      fold(one.fullName)
        .split(' ')
        .some((part) => part.startsWith(word)),
    )
  const rank = (one: Truth) =>
    !q
      ? 0
      : one.fullName.toLowerCase() === q.toLowerCase()
        ? 0
        : [fold(one.fullName), givenFirst(one.fullName)].includes(key)
          ? 1
          : 2
  return everybody
    .flatMap((one) => {
      const place = stands(one)
      const isSince =
        !hasPeriod ||
        (place &&
          (!asked.sinceFrom || place.since >= asked.sinceFrom) &&
          (!asked.sinceTo || place.since <= asked.sinceTo))
      return place && isSince && fits(one) && isNamed(one) ? [{ one, unit: place.unit }] : []
    })
    .toSorted(
      (a, b) =>
        (order === 'union' && !q ? a.unit - b.unit : 0) ||
        rank(a.one) - rank(b.one) ||
        compareNames(a.one.fullName, b.one.fullName) ||
        Number(a.one.id) - Number(b.one.id),
    )
    .map(({ one }) => one.id)
}

const ask = (actor: Actor, asked: Asked, bounds?: Bounds) =>
  act(world.house, actor, 'vi', 'list', (ctx) => listDirectly(ctx, asked, bounds))

async function allPages(actor: Actor, asked: Asked, bounds: Bounds) {
  const ids: string[] = []
  let stops = 0
  let first: Awaited<ReturnType<typeof ask>> | null = null
  for (let cursor: string | undefined, turn = 0; ; turn++) {
    if (turn > 500) throw new Error('pages without end')
    const page = await ask(actor, { ...asked, cursor }, bounds)
    first ??= page
    expect(page.members.length).toBeLessThanOrEqual(asked.limit)
    ids.push(...page.members.map((one) => one.id))
    if (page.stopped) stops++
    if (!page.next) return { ids, first, stops }
    cursor = page.next
  }
}

const filters = fc.record(
  {
    status: fc.constantFrom('member', 'suspended', 'road', 'left' as const),
    sex: fc.constantFrom('male', 'female' as const),
    ageFrom: fc.integer({ min: 20, max: 60 }),
    ageTo: fc.integer({ min: 20, max: 60 }),
    sinceFrom: fc.constantFrom('2024-05-01', '2024-05-11', '2025-01-01'),
    sinceTo: fc.constantFrom('2024-05-10', '2024-12-31', '2025-03-31'),
    missing: fc.subarray(['identityNumber', 'phone', 'photo', 'joiningDay', 'birthDay', 'something'] as const, {
      maxLength: 2,
    }),
    order: fc.constantFrom('union', 'name' as const),
  },
  { requiredKeys: [] },
)
const queries = ['', '', 'lan an', 'NGUYỄN', 'anh', 'Anh Lan', 'đức', 'le van', 'thi', 'Nguyễn Thị Lan Anh', 'xyz']

test('pages put together are what a slow count says, for any filters, words, unit, caller, limit and bounds', async () => {
  const { quang, lan, binh, trang } = world.actors
  let stopped = 0
  await fc.assert(
    fc.asyncProperty(
      filters,
      fc.constantFrom(...queries),
      fc.constantFrom(quang, lan, binh, trang),
      fc.nat(4),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(usualBounds, { ...usualBounds, small: -1 }, { budget: -1, work: 7, window: 40, small: -1 }),
      async (filter, q, actor, at, limit, bounds) => {
        const home = actor.unitId
        const within = branchOf(home)
        const unitId = at === 4 ? undefined : String([home, ...within][at % (within.length + 1)])
        const asked = { ...filter, q, unitId, limit }
        const { ids, first, stops } = await allPages(actor, asked, bounds)
        stopped += stops
        const truth = expected(asked, home, first.order)
        expect(first.order).toBe(q || (filter.order === 'name' && bounds.small > 0) ? 'name' : 'union')
        expect(new Set(ids).size).toBe(ids.length)
        // Cut into windows, matches are in order within each.
        if (q && bounds.work < 100) expect(ids.toSorted()).toEqual(truth.toSorted())
        else expect(ids, JSON.stringify(asked)).toEqual(truth)
        const { found: told } = first
        if (told?.isExact) expect(told.count).toBe(truth.length)
        else if (told) expect(told.count).toBeLessThanOrEqual(truth.length)
        if (first.total !== null) expect(first.total).toBe(truth.length)
      },
    ),
    runs(250),
  )
  expect(stopped, 'walks were stopped, and went on').toBeGreaterThan(20)
})
