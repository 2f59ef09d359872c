/** A plan carried out by the actions officers use: every counted figure of a file nobody has seen comes out of the database. */
import { afterAll, expect, test } from 'vitest'
import { examineFile } from '#cli/exam.ts'
import { summarise } from '#modules/progress/exam.ts'
import { act, openHouse, openOwner } from '#platform/database.ts'
import { recountAll } from '#platform/verify.ts'
import { openDatabase, secret } from '#tests/world.ts'
import { buildDemo } from './build.ts'
import { readFacts } from './facts.ts'
import { planDemo } from './plan.ts'

const today = '2026-11-22'
const year = { unit: 'hai-chau', from: '2023-01-01', to: '2023-12-31', kind: 'flow' }
const facts = readFacts({
  units: [
    { code: 'da-nang', name: 'LĐLĐ thành phố Đà Nẵng', level: 'provincial', parent: null },
    { code: 'hai-chau', name: 'LĐLĐ quận Hải Châu', level: 'district', parent: 'da-nang' },
  ],
  facts: [
    { ...year, unit: 'da-nang', indicator: 'grassroots_founded', result: 7, target: 5, percent: '140%' },
    { ...year, indicator: 'grassroots_founded', result: 4 },
    { ...year, indicator: 'members_admitted', result: 150 },
    { ...year, indicator: 'members_net_growth', result: 120 },
    { ...year, to: '2023-12-31', indicator: 'members_total', kind: 'stock', from: undefined, result: 300 },
    // An indicator nobody has heard of, with a target on it.
    { ...year, indicator: 'gardens_planted', result: 7, target: 5, percent: '140%' },
  ],
})

const closings: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closings.toReversed()) await close()
})

test('figures, targets and an unknown indicator come out; the tallies agree with the ledgers', async () => {
  const { url, drop } = await openDatabase()
  const owner = openOwner(url)
  const house = openHouse(url, secret, { today: () => today })
  closings.push(drop, () => owner.destroy(), house.close)
  await buildDemo(owner, secret, planDemo(facts, 3, today), 3, today)
  const root = await owner.selectFrom('units.unit').select('id').where('code', '=', 'da-nang').executeTakeFirstOrThrow()
  const operator = {
    id: 0,
    name: '',
    username: '',
    role: 'federation_leader',
    unitId: root.id,
    unitCode: '',
    unitName: '',
    seesAll: true,
  } as const
  const lines = await act(house, operator, 'vi', 'exam', (ctx) => examineFile(ctx, facts, 1))
  expect(lines.map((line) => [line.indicator, line.counted, line.agrees])).toEqual(
    facts.facts.map((fact) => [fact.indicator, fact.result, true]),
  )
  expect(summarise(lines)).toMatchObject({ counted: 5, declared: 1, everyCountedAgrees: true })
  expect((await recountAll(owner)).filter((count) => count.wrong > 0)).toEqual([])
})
