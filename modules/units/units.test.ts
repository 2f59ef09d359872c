/** The tree through time: any moves on any days, and every figure in the structure of every day is what a slow count says. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recountAll } from '#platform/verify.ts'
import { showProgress } from '#modules/progress/contract.ts'
import { actOf, anyAct, beginHistory, day, perform, runs } from '#tests/history.ts'
import { ancestorsOn, copyLedgers, figuresBySlowCount, type Clocks, type Ledgers } from '#tests/oracle.ts'
import { done, foundingEntry, openSample, people, taxCode, type Ask, type World } from '#tests/world.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { endUnit, establishUnit, findUnits, moveUnit, renameUnit, showUnit } from './contract.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

/** The closure as it stands, as `unit ancestor` on a day. */
async function closureOn(world: World, on: string): Promise<string[]> {
  const found = await sql<{ pair: string }>`select b.unit_id || ' ' || b.ancestor_id as pair from units.branch b
    where b.superseded_at = 'infinity' and b.valid_from <= ${on} and ${on}::date < b.valid_to`.execute(world.owner)
  return found.rows.map((row) => row.pair).sort()
}

const closureBySlowWalk = (ledgers: Ledgers, on: string): string[] =>
  ledgers.everyUnit
    .flatMap((unit) => ancestorsOn(ledgers, unit.id, on).map((ancestor) => `${unit.id} ${ancestor}`))
    .sort()

type Lines = { indicator: string; result: number | null; counted: boolean; ofWhich: Lines }[]
const flat = (figures: Lines): [string, number][] =>
  figures.flatMap((figure) => [
    ...(figure.counted && figure.result !== null ? [[figure.indicator, figure.result] as [string, number]] : []),
    ...flat(figure.ofWhich),
  ])

/** Every counted figure that the program shows for a unit, and the same for each unit below it. */
async function shown(world: World, unitId: number, clocks: Clocks) {
  const { figures, rows } = await done(
    world.quang(showProgress, { query: { unitId: String(unitId), ...clocks, knownAt: undefined, by: 'children' } }),
  )
  return { whole: Object.fromEntries(flat(figures)), parts: rows.map((row) => Object.fromEntries(flat(row.figures))) }
}

const clocks = fc
  .tuple(day, day, day)
  .map(([a, b, structureOn]): Clocks => ({ from: a < b ? a : b, asOf: a < b ? b : a, structureOn }))

test('any moves on any days: the closure is the walk up, each figure is the slow count, the parts add up to the whole', async () => {
  const world = await openSample()
  const history = beginHistory(world)
  // Whatever chance brings, there is a tree with unions to move about in.
  for (const [who, kind] of (
    ['establish', 'establish', 'establish', 'found', 'found', 'found', 'found'] as const
  ).entries())
    await perform(history, { kind, who, what: who * 7 + 1, day: `2024-0${who + 1}-10` })
  const tree = fc.array(actOf('establish', 'establish', 'found', 'found', 'move', 'move', 'move'), {
    minLength: 8,
    maxLength: 14,
  })
  await fc.assert(
    fc.asyncProperty(
      tree,
      fc.array(anyAct, { maxLength: 12 }),
      fc.array(clocks, { minLength: 2, maxLength: 2 }),
      async (first, then, asked) => {
        for (const act of [...first, ...then]) await perform(history, act)
        const ledgers = await copyLedgers(world)
        const days = [
          ...asked.map((one) => one.structureOn),
          '1990-01-01',
          '2099-01-01',
          ...ledgers.placements.slice(-3).map((spell) => spell.valid_from),
        ]
        for (const on of days) expect(await closureOn(world, on), on).toEqual(closureBySlowWalk(ledgers, on))
        for (const one of asked) {
          for (const unit of ledgers.everyUnit.filter((each) => each.is_upper || each.id % 3 === 0)) {
            const { whole, parts } = await shown(world, unit.id, one)
            expect(whole, `unit ${unit.id}, ${JSON.stringify(one)}`).toEqual(figuresBySlowCount(ledgers, unit.id, one))
            if (!unit.is_upper) continue
            const sum = Object.fromEntries(
              Object.keys(whole).map((code) => [code, parts.reduce((total, part) => total + part[code]!, 0)]),
            )
            expect(sum, `the parts of ${unit.id}`).toEqual(whole)
          }
        }
      },
    ),
    runs(2),
  )
  const counted = (kind: string) => history.told.filter((told) => told === `${kind}: done`).length
  expect([counted('move') > 0, counted('found') > 3, counted('establish') > 2], history.told.join('\n')).toEqual([
    true,
    true,
    true,
  ])
  expect((await recountAll(world.owner)).filter((count) => count.wrong > 0)).toEqual([])
  await world.close()
})

const below = (
  ask: Ask,
  unitId: number | string,
  name: string,
  on = '2015-02-01',
  kind: 'commune' | 'grassroots' = 'commune',
) => ask(establishUnit, { params: { unitId: String(unitId) }, body: { name, kind, on } })

test('a unit that moves takes its branch and its figures with it, and nothing else moves', async () => {
  const { tayHo, dongAnh, haNoi } = world.units
  const ward = await done(below(world.quang, tayHo, 'Công đoàn phường Bưởi'))
  const entry = foundingEntry(world, {
    upperUnitId: ward.id,
    employer: { taxCode: taxCode(9000), name: 'Công ty 9000' },
    people: people(90_000, 7),
  })
  await done(world.quang(foundUnion, { body: entry }))
  const year = (structureOn: string): Clocks => ({ from: '2024-01-01', asOf: '2024-12-31', structureOn })
  const members = async (unit: number, structureOn: string) =>
    (await shown(world, unit, year(structureOn))).whole['members_admitted']!
  const before = await Promise.all([
    members(haNoi, '2025-01-01'),
    members(tayHo, '2025-01-01'),
    members(dongAnh, '2025-01-01'),
  ])
  await done(
    world.quang(moveUnit, { params: { unitId: ward.id }, body: { managerId: String(dongAnh), on: '2024-10-01' } }),
  )
  const after = await Promise.all([
    members(haNoi, '2025-01-01'),
    members(tayHo, '2025-01-01'),
    members(dongAnh, '2025-01-01'),
  ])
  expect(after).toEqual([before[0], before[1]! - 7, before[2]! + 7])
  // In the structure of the day before, nothing moved.
  expect([await members(tayHo, '2024-09-30'), await members(dongAnh, '2024-09-30')]).toEqual([before[1], before[2]])
  const told = await done(world.quang(showUnit, { params: { unitId: ward.id }, query: {} }))
  expect(told.path.map((unit) => unit.code)).toEqual(['ha-noi', 'dong-anh'])
  expect(told.managers.map(({ unit, from, to }) => [unit.code, from, to])).toEqual([
    ['tay-ho', '2015-02-01', '2024-09-30'],
    ['dong-anh', '2024-10-01', null],
  ])
  const earlier = await done(world.quang(showUnit, { params: { unitId: ward.id }, query: { on: '2024-09-30' } }))
  expect(earlier.path.map((unit) => unit.code)).toEqual(['ha-noi', 'tay-ho'])
})

test('a founding that moved to another branch opens there with its paper', async () => {
  const { showFounding, listFoundings } = await import('#modules/founding/contract.ts')
  const entry = foundingEntry(world, {
    employer: { taxCode: taxCode(9100), name: 'Công ty 9100' },
    people: people(91_000, 5),
  })
  const founded = await done(world.lan(foundUnion, { body: entry }))
  await done(
    world.quang(moveUnit, {
      params: { unitId: founded.unitId },
      body: { managerId: String(world.units.dongAnh), on: '2024-11-01' },
    }),
  )
  const opened = await done(world.binh(showFounding, { params: { foundingId: founded.id } }))
  expect(opened.decision.number).toBe(entry.decision.number)
  expect((await done(world.binh(listFoundings, { query: {} }))).foundings.map((one) => one.id)).toContain(founded.id)
  expect(await world.lan(showFounding, { params: { foundingId: founded.id } })).toBe('not-found')
})

test('a renamed unit is found by both names, and says which it bore when', async () => {
  const ward = await done(below(world.quang, world.units.tayHo, 'Công đoàn phường Thụy Khuê'))
  await done(
    world.quang(renameUnit, {
      params: { unitId: ward.id },
      body: { name: 'Công đoàn phường Hồ Tây', on: '2024-07-01' },
    }),
  )
  for (const q of ['ho tay', 'THUỴ khue', 'khuê thụy']) {
    const { units } = await done(world.lan(findUnits, { query: { q } }))
    expect(
      units.map((unit) => unit.id),
      q,
    ).toContain(ward.id)
  }
  const [old] = (await done(world.lan(findUnits, { query: { q: 'thuy khue' } }))).units
  expect([old!.name, old!.formerName]).toEqual(['Công đoàn phường Hồ Tây', 'Công đoàn phường Thụy Khuê'])
  const told = await done(world.lan(showUnit, { params: { unitId: ward.id }, query: {} }))
  expect(told.names).toEqual([
    { name: 'Công đoàn phường Thụy Khuê', from: '2015-02-01', to: '2024-06-30' },
    { name: 'Công đoàn phường Hồ Tây', from: '2024-07-01', to: null },
  ])
  expect((await done(world.binh(findUnits, { query: { q: 'ho tay' } }))).units).toEqual([])
})

test('what the tree cannot bear is refused with its reason', async () => {
  const { tayHo, haNoi, dongAnh } = world.units
  const ask = world.quang
  const ward = await done(below(ask, tayHo, 'Công đoàn phường Nhật Tân'))
  const inner = await done(below(ask, ward.id, 'Công đoàn cụm 1', '2016-01-01'))
  const move = (unitId: string | number, managerId: string | number, on = '2024-02-01') =>
    ask(moveUnit, { params: { unitId: String(unitId) }, body: { managerId: String(managerId), on } })
  const rename = (on: string) => ask(renameUnit, { params: { unitId: ward.id }, body: { name: 'Khác', on } })
  const end = (unitId: string | number, on = '2024-06-01') =>
    ask(endUnit, { params: { unitId: String(unitId) }, body: { on } })
  expect(await move(ward.id, ward.id)).toBe('under-itself')
  expect(await move(ward.id, inner.id)).toBe('under-itself')
  expect(await move(tayHo, inner.id)).toBe('under-itself')
  const { units } = await done(ask(findUnits, { query: { kinds: 'grassroots' } }))
  expect(await move(ward.id, units[0]!.id, '2025-03-30')).toBe('manager-not-upper')
  expect(await below(ask, units[0]!.id, 'Tổ', '2025-03-30')).toBe('manager-not-upper')
  expect(await move(ward.id, dongAnh, '2014-01-01')).toBe('day-before-founding')
  expect(await below(ask, tayHo, 'Sớm quá', '2014-12-31')).toBe('day-before-founding')
  expect(await below(ask, tayHo, 'Chưa tới', '2025-04-01')).toBe('day-in-future')
  expect(await below(ask, tayHo, 'Cơ sở', '2024-01-01', 'grassroots')).toBe('grassroots-are-founded')
  expect(
    await ask(establishUnit, {
      params: { unitId: String(tayHo) },
      body: { name: 'Trùng', kind: 'commune', code: 'tay-ho', on: '2024-01-01' },
    }),
  ).toBe('code-taken')
  await done(rename('2024-03-01'))
  expect(await rename('2024-02-01')).toBe('later-spell-exists')
  await done(move(inner.id, tayHo, '2024-03-01'))
  expect(await move(inner.id, ward.id, '2024-02-29')).toBe('later-spell-exists')
  expect(await end(tayHo)).toBe('unit-not-empty')
  expect(await end(units[0]!.id)).toBe('grassroots-are-founded')
  expect(await end(ward.id, '2015-01-31')).toBe('day-before-founding')
  await done(end(ward.id))
  expect(await end(ward.id)).toBe('unit-ended')
  expect(await rename('2024-06-01')).toBe('unit-ended')
  expect(await move(ward.id, haNoi, '2024-06-01')).toBe('unit-ended')
  expect(await move(inner.id, ward.id, '2024-07-01')).toBe('unit-ended')
  expect(await below(ask, ward.id, 'Dưới nơi đã hết', '2024-07-01')).toBe('unit-ended')
  const decision = { number: '7/QĐ', signedOn: '2024-05-01', effectiveOn: '2024-05-01' }
  const byPaper = (name: string) =>
    ask(establishUnit, {
      params: { unitId: String(tayHo) },
      body: { name, kind: 'commune', on: '2024-05-01', decision },
    })
  await done(byPaper('Có quyết định'))
  expect(await byPaper('Cùng quyết định')).toBe('decision-number-taken')
})

test('only the federation changes the tree, and only where it may see', async () => {
  const { tayHo, dongAnh } = world.units
  for (const ask of [world.hoa, world.lan, world.trang]) {
    expect(await below(ask, tayHo, 'Không được')).toBe('not-allowed')
    expect(
      await ask(moveUnit, {
        params: { unitId: String(tayHo) },
        body: { managerId: String(dongAnh), on: '2025-01-01' },
      }),
    ).toBe('not-allowed')
    expect(await ask(renameUnit, { params: { unitId: String(tayHo) }, body: { name: 'Khác', on: '2025-01-01' } })).toBe(
      'not-allowed',
    )
    expect(await ask(endUnit, { params: { unitId: String(tayHo) }, body: { on: '2025-01-01' } })).toBe('not-allowed')
    expect(await ask(showUnit, { params: { unitId: String(dongAnh) }, query: {} })).toBe('not-found')
  }
  for (const unitId of ['999999', '2147483648', '999999999999999999']) {
    expect(await world.quang(showUnit, { params: { unitId }, query: {} }), unitId).toBe('not-found')
    expect(await below(world.quang, unitId, 'Không có')).toBe('not-found')
  }
})
