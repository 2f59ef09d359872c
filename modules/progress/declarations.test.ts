/** Declared figures: the latest declaration of a period speaks; a unit's own before the sum of those below; all of it marked. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, openSample, type Ask, type World } from '#tests/world.ts'
import { establishUnit } from '#modules/units/contract.ts'
import { declareFigure, listFigure, showProgress } from './contract.ts'

let world: World
let wards: string[]
beforeAll(async () => {
  world = await openSample()
  const ward = async (name: string) =>
    (
      await done(
        world.quang(establishUnit, {
          params: { unitId: String(world.units.tayHo) },
          body: { name, kind: 'commune', on: '2016-01-01' },
        }),
      )
    ).id
  wards = [await ward('Phường Bưởi'), await ward('Phường Yên Phụ')]
})
afterAll(() => world.close())

const declare = (unitId: string | number, change: object = {}, ask: Ask = world.lan) =>
  ask(declareFigure, {
    body: {
      unitId: String(unitId),
      indicator: 'training_classes',
      from: '2024-01-01',
      to: '2024-10-31',
      result: 5,
      ...change,
    },
  })
const shown = async (unitId: string | number, asOf = '2024-12-31', indicator = 'training_classes') => {
  const { figures } = await done(
    world.lan(showProgress, { query: { unitId: String(unitId), from: '2024-01-01', asOf, indicator } }),
  )
  return figures[0]!
}

test('those below add up until the unit speaks for itself; the latest word of a period counts', async () => {
  await done(declare(wards[0]!, { result: 5 }))
  await done(declare(wards[1]!, { result: 7 }))
  expect(await shown(world.units.tayHo)).toMatchObject({ counted: false, result: 12, declaredTo: '2024-10-31' })
  await done(declare(wards[1]!, { result: 8 }))
  expect((await shown(world.units.tayHo)).result).toBe(13)
  expect((await shown(world.units.tayHo, '2024-10-30')).result).toBeNull()
  const { rows } = await done(
    world.lan(listFigure, {
      query: { unitId: wards[1]!, from: '2024-01-01', asOf: '2024-12-31', indicator: 'training_classes' },
    }),
  )
  expect(
    rows.map((row) => row.quantity),
    'earlier words stay readable',
  ).toEqual([8, 7])
  await done(declare(world.units.tayHo, { result: 20 }))
  expect((await shown(world.units.tayHo)).result).toBe(20)
  await done(declare(world.units.tayHo, { indicator: 'fund_2_percent_rate', result: null, percent: '98.50' }))
  expect(await shown(world.units.tayHo, '2024-12-31', 'fund_2_percent_rate')).toMatchObject({
    result: null,
    percent: '98.5',
  })
})

test('what cannot be declared is refused', async () => {
  const { tayHo, dongAnh } = world.units
  expect(await declare(tayHo, { indicator: 'members_admitted' })).toBe('indicator-is-counted')
  expect(await declare(tayHo, { result: null })).toBe('nothing-declared')
  expect(await declare(tayHo, { indicator: 'training_clases' })).toBe('unknown-indicator')
  expect(await declare(tayHo, { from: '2024-11-01' })).toBe('period-backwards')
  expect(await declare(tayHo, { to: '2025-04-01' })).toBe('day-in-future')
  expect(await declare(tayHo, {}, world.trang)).toBe('not-allowed')
  expect(await declare(dongAnh)).toBe('not-found')
  expect(await declare('999999')).toBe('not-found')
})
