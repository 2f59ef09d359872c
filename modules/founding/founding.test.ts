/** Founding is one act: all of it or nothing; taken back, every figure returns exactly. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, foundingEntry, openSample, people, taxCodes, type World } from '#tests/world.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { admitMembers } from '#modules/members/contract.ts'
import { findUnits } from '#modules/units/contract.ts'
import { cancelFounding, checkFounding, foundUnion, showFounding } from './contract.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

const year = { from: '2024-01-01', asOf: '2024-12-31' }
const board = async () =>
  await done(world.quang(showProgress, { query: { unitId: String(world.units.haNoi), ...year, by: 'children' } }))

/** Everything the app could have written, as one text: two equal texts mean that nothing was written in between. */
async function everything(): Promise<string> {
  const tables = [
    'units.unit',
    'units.decision',
    'units.event',
    'members.person',
    'members.movement',
    'members.membership',
    'employers.employer',
    'employers.union_link',
    'founding.founding',
  ]
  const counts = await Promise.all(
    tables.map((table) => sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(world.owner)),
  )
  return counts.map((count, index) => `${tables[index]}=${count.rows[0]!.n}`).join(' ')
}

test('a founding moves every figure it should, and cancelling returns each of them', async () => {
  const before = await board()
  const founded = await done(world.lan(foundUnion, { body: foundingEntry(world) }))
  expect(founded.members).toBe(5)
  const after = await board()
  const figure = (of: typeof after, code: string) => of.figures.find((one) => one.indicator === code)!.result!
  for (const [code, more] of [
    ['grassroots_founded', 1],
    ['members_admitted', 5],
    ['members_total', 5],
    ['grassroots_total', 1],
    ['workers_total', 60],
  ] as const) {
    expect(figure(after, code) - figure(before, code), code).toBe(more)
  }
  const paper = await done(world.lan(showFounding, { params: { foundingId: founded.id } }))
  expect(paper).toMatchObject({
    effectiveOn: '2024-05-10',
    members: 5,
    officer: { name: 'Phạm Thị Lan' },
    employer: { taxCode: taxCodes[0] },
    cancelled: null,
  })
  expect(await world.lan(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Nhầm' } })).toBe(
    'not-allowed',
  )
  const cancelled = await done(
    world.hoa(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Nhập nhầm đơn vị' } }),
  )
  expect(cancelled.reversedMovements).toBe(5)
  expect(await board()).toEqual(before)
  expect(await world.hoa(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Lần nữa' } })).toBe(
    'already-cancelled',
  )
  // The union never began: nobody can pick it or admit anybody to it.
  const admission = { on: '2024-06-01', people: people(50, 1) }
  expect(await world.lan(admitMembers, { params: { unitId: founded.unitId }, body: admission })).toBe(
    'founding-cancelled',
  )
  const { units } = await done(world.lan(findUnits, { query: { q: 'song hong' } }))
  expect(units).toEqual([])
  // Recorded anew: the same number, employer and people.
  const again = await done(world.lan(foundUnion, { body: foundingEntry(world) }))
  await done(world.hoa(cancelFounding, { params: { foundingId: again.id }, body: { reason: 'Dọn' } }))
})

test('what is refused leaves nothing behind, and says why', async () => {
  const before = await everything()
  const refused = async (change: Record<string, unknown>) =>
    world.lan(foundUnion, { body: foundingEntry(world, change) as never })
  expect(await refused({ people: people(1, 4) })).toBe('too-few-members')
  expect(await refused({ kind: 'occupational', employer: null, people: people(1, 9) })).toBe('too-few-members')
  expect(await refused({ employer: null })).toBe('employer-required')
  expect(await refused({ kind: 'occupational', people: people(1, 10) })).toBe('employer-not-for-occupational')
  expect(await refused({ decision: { number: '9', signedOn: '2024-05-06', effectiveOn: '2024-05-05' } })).toBe(
    'effective-before-signed',
  )
  expect(await refused({ decision: { number: '9', signedOn: '2025-05-06', effectiveOn: '2025-05-06' } })).toBe(
    'day-in-future',
  )
  expect(await refused({ employer: { taxCode: '0100047517', name: 'Sai số kiểm tra' } })).toBe('not-a-tax-code')
  expect(await refused({ people: [...people(1, 5), ...people(1, 1)] })).toBe('list-has-faults')
  expect(await refused({ upperUnitId: String(world.units.dongAnh) })).toBe('not-found')
  expect(await everything()).toBe(before)
})

test('a number used this year, an employer that has a union, a member of another union: each refused', async () => {
  const first = foundingEntry(world, { employer: { taxCode: taxCodes[1]!, name: 'Công ty A' }, people: people(100, 6) })
  const founded = await done(world.lan(foundUnion, { body: first }))
  const other = { employer: { taxCode: taxCodes[2]!, name: 'Công ty B' }, people: people(200, 5) }
  expect(await world.lan(foundUnion, { body: foundingEntry(world, { ...other, decision: first.decision }) })).toBe(
    'decision-number-taken',
  )
  expect(await world.lan(foundUnion, { body: foundingEntry(world, { ...other, employer: first.employer }) })).toBe(
    'employer-has-union',
  )
  expect(await world.lan(foundUnion, { body: foundingEntry(world, { ...other, people: people(104, 6) }) })).toBe(
    'list-has-faults',
  )
  const checked = await done(
    world.lan(checkFounding, { body: foundingEntry(world, { ...other, people: people(104, 6) }) }),
  )
  expect(checked.faults.filter((fault) => fault.name === 'already-a-member')).toHaveLength(2)
  expect(checked.changes[0]).toEqual({ indicator: 'grassroots_founded', before: 1, after: 2 })
  // Somebody admitted afterwards would be left without a union.
  await done(
    world.lan(admitMembers, { params: { unitId: founded.unitId }, body: { on: '2024-06-01', people: people(300, 1) } }),
  )
  expect(await world.hoa(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Thử' } })).toBe(
    'unit-not-empty',
  )
})

test('a stranger and a reader found nothing', async () => {
  expect(await world.trang(foundUnion, { body: foundingEntry(world) })).toBe('not-allowed')
  expect(await world.binh(foundUnion, { body: foundingEntry(world) })).toBe('not-found')
})

test('two clerks who found with the same people at once: one is refused, nobody is in two unions', async () => {
  const entry = (tax: string, name: string) =>
    foundingEntry(world, { employer: { taxCode: tax, name }, people: people(400, 30) })
  const answers = await Promise.all([
    world.lan(foundUnion, { body: entry(taxCodes[3]!, 'Công ty C') }),
    world.hoa(foundUnion, { body: entry(taxCodes[4]!, 'Công ty D') }),
  ])
  expect(answers.filter((answer) => answer === 'list-has-faults')).toHaveLength(1)
  const twice = await sql<{
    n: string
  }>`select count(*) as n from (select person_id from members.membership where closed_by is null group by 1 having count(*) > 1) t`.execute(
    world.owner,
  )
  expect(twice.rows[0]!.n).toBe('0')
})
