/** Targets: versions with their day and paper, assigned from above and one's own side by side; nothing is overwritten. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { showProgress } from '#modules/progress/contract.ts'
import { done, openSample, type Ask, type World } from '#tests/world.ts'
import { listTargets, setTarget } from './contract.ts'

let world: World
beforeAll(async () => {
  world = await openSample()
})
afterAll(() => world.close())

const entry = (change: object = {}) => ({
  unitId: String(world.units.tayHo),
  indicator: 'members_admitted',
  by: 'own' as const,
  from: '2024-01-01',
  to: '2024-12-31',
  value: 100,
  setOn: '2024-01-10',
  paper: '1/KH-LĐLĐ',
  ...change,
})
const set = (change: object = {}, ask: Ask = world.hoa) => ask(setTarget, { body: entry(change) })

test('each setting is a version, whatever period, side and unit it is on; all of them stay readable', async () => {
  expect(await done(set())).toMatchObject({ version: 1 })
  expect(await done(set({ value: 120, setOn: '2024-06-01' }))).toMatchObject({ version: 2 })
  expect(await done(set({ by: 'assigned', value: 80 }, world.quang))).toMatchObject({ version: 1 })
  expect(await done(set({ to: '2024-06-30', value: 60 }))).toMatchObject({ version: 1 })
  const { targets } = await done(world.lan(listTargets, { query: { unitId: String(world.units.tayHo), year: 2024 } }))
  expect(targets.map((one) => [one.by, one.to, one.version, one.value, one.paper])).toEqual([
    ['assigned', '2024-12-31', 1, 80, '1/KH-LĐLĐ'],
    ['own', '2024-12-31', 2, 120, '1/KH-LĐLĐ'],
    ['own', '2024-12-31', 1, 100, '1/KH-LĐLĐ'],
    ['own', '2024-06-30', 1, 60, '1/KH-LĐLĐ'],
  ])
  expect(
    (await done(world.lan(listTargets, { query: { unitId: String(world.units.tayHo), year: 2023 } }))).targets,
  ).toEqual([])
})

test('the board shows both sides; where periods nest, the shortest that holds the question speaks', async () => {
  const lines = async (asOf: string) => {
    const { figures } = await done(
      world.lan(showProgress, {
        query: { unitId: String(world.units.tayHo), from: '2024-01-01', asOf, indicator: 'members_admitted' },
      }),
    )
    return figures[0]!.targets.map((line) => [line.by, line.value, line.percent])
  }
  expect(await lines('2024-12-31')).toEqual([
    ['assigned', 80, '0.0'],
    ['own', 120, '0.0'],
  ])
  expect(await lines('2024-06-30')).toEqual([
    ['assigned', 80, '0.0'],
    ['own', 60, '0.0'],
  ])
  await done(set({ indicator: 'members_left', value: 0 }))
  const { figures } = await done(
    world.lan(showProgress, {
      query: { unitId: String(world.units.tayHo), asOf: '2024-12-31', indicator: 'members_left' },
    }),
  )
  expect(
    figures[0]!.targets.map((line) => [line.value, line.percent]),
    'nothing to divide by',
  ).toEqual([[0, null]])
})

test('who may not set it, what it is not on, a day that has not come: refused', async () => {
  expect(await set({ by: 'assigned' })).toBe('not-allowed')
  expect(await set({}, world.lan)).toBe('not-allowed')
  expect(await set({}, world.trang)).toBe('not-allowed')
  expect(await set({ unitId: String(world.units.dongAnh) })).toBe('not-found')
  expect(await set({ indicator: 'members_admited' })).toBe('unknown-indicator')
  expect(await set({ from: '2025-01-01' })).toBe('period-backwards')
  expect(await set({ setOn: '2025-04-01' })).toBe('day-in-future')
  expect(await world.binh(listTargets, { query: { unitId: String(world.units.tayHo), year: 2024 } })).toBe('not-found')
})
