/** Employers: tax codes by their check digit, and workers under a union on any day whatever the order of the counts. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#kernel/day.ts'
import { cancelFounding, foundUnion } from '#modules/founding/contract.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { recountAll } from '#platform/verify.ts'
import { runs } from '#tests/history.ts'
import { done, foundingEntry, openSample, people, taxCode, today, type World } from '#tests/world.ts'
import { countWorkforce, listEmployers, registerEmployer, showEmployer } from './contract.ts'
import { checkDigit, readTaxCode } from './rules.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

test('a tax code has one right check digit, and nine wrong ones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (number) => {
      const nine = String(number).padStart(9, '0')
      const valid = Array.from({ length: 10 }, (_, digit) => readTaxCode(`${nine}${digit}`)).filter(Boolean)
      expect(valid.length).toBe(checkDigit(nine) === 10 ? 0 : 1)
    }),
  )
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom('-', ' ', '', '.'),
      (number, branch, mark) => {
        const code = taxCode(number)
        const three = String(branch).padStart(3, '0')
        expect([readTaxCode(` ${code} `), readTaxCode(`${code}${mark}${three}`)]).toEqual([code, `${code}-${three}`])
        const slip = `${code.slice(0, 4)}${(Number(code[4]) + 1) % 10}${code.slice(5)}`
        expect(readTaxCode(slip), 'one wrong digit is noticed').toBeNull()
      },
    ),
  )
  // Published codes of real enterprises.
  expect(['0100109106', '0100686209', '0300588569', '0101248141'].map(readTaxCode)).toEqual([
    '0100109106',
    '0100686209',
    '0300588569',
    '0101248141',
  ])
  for (const wrong of ['', '123', '01001091060', '0100109107', 'abcdefghij', '٠١٠٠١٠٩١٠٦'])
    expect(readTaxCode(wrong), wrong).toBeNull()
  expect(readTaxCode('001200000001')).toBe('001200000001')
})

const count = fc.record({
  on: fc.integer({ min: 0, max: 450 }).map((days) => addDays('2024-01-05', days)),
  workers: fc.nat(60),
})

let number = 0
const workers = async (asOf: string, unit = world.units.tayHo) =>
  (await done(world.lan(showProgress, { query: { unitId: String(unit), asOf, indicator: 'workers_total' } })))
    .figures[0]!.result!

test('workers on any day are those of the last count up to it, from the day of the union, however late the counts come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(count, { maxLength: 4 }), fc.array(count, { maxLength: 6 }), async (before, after) => {
      number += 1
      const employer = { taxCode: taxCode(number), name: `Công ty ${number}` }
      const { id } = await done(
        world.lan(registerEmployer, { body: { ...employer, unitId: String(world.units.tayHo) } }),
      )
      const record = ({ on, workers: of }: { on: string; workers: number }) =>
        done(world.lan(countWorkforce, { params: { employerId: id }, body: { on, workers: of, source: 'Khảo sát' } }))
      const outset = new Map<string, number>()
      const days = [...before, ...after]
        .flatMap(({ on }) => [addDays(on, -1), on])
        .concat('2024-05-09', '2024-05-10', today)
        .filter((on) => on <= today)
      for (const on of days) outset.set(on, await workers(on))
      for (const one of before.filter(({ on }) => on <= today)) await record(one)
      const founded = await done(
        world.lan(foundUnion, { body: foundingEntry(world, { employer, people: people(number * 50, 5) }) }),
      )
      for (const one of after.filter(({ on }) => on <= today)) await record(one)
      // The naive fold: the latest day not after it; of two counts on one day, the later entry.
      const standing = (on: string) => {
        const upTo = [...before, ...after].filter((one) => one.on <= on && one.on <= today)
        const last = upTo.reduce((latest, one) => (one.on > latest ? one.on : latest), '')
        return upTo.findLast((one) => one.on === last)?.workers ?? 0
      }
      for (const on of days)
        expect((await workers(on)) - outset.get(on)!, `on ${on}`).toBe(on < '2024-05-10' ? 0 : standing(on))
      await done(world.hoa(cancelFounding, { params: { foundingId: founded.id }, body: { reason: 'Nhầm' } }))
      for (const on of days) expect((await workers(on)) - outset.get(on)!, 'cancelled').toBe(0)
    }),
    runs(8),
  )
  expect((await recountAll(world.owner)).filter((one) => one.wrong > 0)).toEqual([])
})

test('an employer is registered once, counted by who may, hidden from a stranger', async () => {
  const entry = {
    unitId: String(world.units.tayHo),
    taxCode: taxCode(5000),
    name: 'Công ty Cổ phần Đá Quý',
    workers: 12,
    workersOn: '2024-03-01',
  }
  const { id } = await done(world.lan(registerEmployer, { body: entry }))
  expect(await world.lan(registerEmployer, { body: entry })).toBe('tax-code-taken')
  expect(await world.binh(registerEmployer, { body: { ...entry, unitId: String(world.units.dongAnh) } })).toBe(
    'tax-code-taken',
  )
  expect(await world.lan(registerEmployer, { body: { ...entry, taxCode: '0100109107' } })).toBe('not-a-tax-code')
  expect(
    await world.lan(registerEmployer, { body: { ...entry, taxCode: taxCode(5001), workersOn: '2025-04-01' } }),
  ).toBe('day-in-future')
  expect(await world.lan(registerEmployer, { body: { ...entry, unitId: String(world.units.dongAnh) } })).toBe(
    'not-found',
  )
  expect(await world.trang(registerEmployer, { body: { ...entry, taxCode: taxCode(5002) } })).toBe('not-allowed')
  const recount = { params: { employerId: id }, body: { on: '2024-04-01', workers: 15, source: 'Báo cáo' } }
  expect(await world.trang(countWorkforce, recount)).toBe('not-allowed')
  expect(await world.binh(countWorkforce, recount)).toBe('not-found')
  expect(await world.lan(countWorkforce, { ...recount, body: { ...recount.body, on: '2025-04-01' } })).toBe(
    'day-in-future',
  )
  await done(world.lan(countWorkforce, recount))
  const told = await done(world.lan(showEmployer, { params: { employerId: id } }))
  expect([told.workers, told.workersOn, told.workforce.map((one) => [one.on, one.workers])]).toEqual([
    15,
    '2024-04-01',
    [
      ['2024-04-01', 15],
      ['2024-03-01', 12],
    ],
  ])
  expect(await world.binh(showEmployer, { params: { employerId: id } })).toBe('not-found')
  for (const q of ['da quy', 'CỔ PHẦN đá', taxCode(5000).slice(0, 8)]) {
    expect(
      (await done(world.lan(listEmployers, { query: { q } }))).employers.map((one) => one.id),
      q,
    ).toContain(id)
    expect((await done(world.binh(listEmployers, { query: { q } }))).employers, q).toEqual([])
  }
})

test('an employer whose union was cancelled may found again, and pages go through all of them once', async () => {
  const employer = { taxCode: taxCode(6000), name: 'Công ty 6000', workers: 30, workersOn: '2024-01-01' }
  const first = await done(
    world.lan(foundUnion, { body: foundingEntry(world, { employer, people: people(60_000, 5) }) }),
  )
  expect(await world.lan(foundUnion, { body: foundingEntry(world, { employer, people: people(60_100, 5) }) })).toBe(
    'employer-has-union',
  )
  await done(world.hoa(cancelFounding, { params: { foundingId: first.id }, body: { reason: 'Nhầm' } }))
  await done(world.lan(foundUnion, { body: foundingEntry(world, { employer, people: people(60_100, 5) }) }))
  const seen: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await done(world.lan(listEmployers, { query: { limit: 3, cursor } }))
    seen.push(...page.employers.map((one) => one.id))
    if (!page.next) break
    cursor = page.next
  }
  const all = await sql<{ n: number }>`select count(*)::int as n from employers.employer`.execute(world.owner)
  expect([new Set(seen).size, seen.length]).toEqual([all.rows[0]!.n, all.rows[0]!.n])
})
