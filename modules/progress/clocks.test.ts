/** The three clocks: what was answered as known at an instant is answered the same for ever, whatever is entered later and for
 *  whichever day; and every list adds up to its figure. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { countedIndicators } from '#kernel/indicators.ts'
import { anyAct, actOf, beginHistory, day, perform, runs } from '#tests/history.ts'
import { moveUnit } from '#modules/units/contract.ts'
import { copyLedgers, figuresBySlowCount } from '#tests/oracle.ts'
import { done, openSample, type World } from '#tests/world.ts'
import { listFigure, showProgress, type Board, type Figure, type ListedRow } from './contract.ts'

type Question = { unitId: string; from: string; asOf: string; structureOn: string; knownAt?: string; indicator: string }

const codes = countedIndicators.map((indicator) => indicator.code)
const dates = fc
  .tuple(day, day, day)
  .map(([a, b, structureOn]) => ({ from: a < b ? a : b, asOf: a < b ? b : a, structureOn }))
/** A question, before it is known which units there will be. */
const question = fc.record({ who: fc.nat(999), dates, indicator: fc.constantFrom(...codes) })

/** Now, by the clock of the database, as text that a reply could carry. */
async function instant(world: World): Promise<string> {
  const now = await sql<{
    at: string
  }>`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`.execute(world.owner)
  return now.rows[0]!.at
}

/** The whole list, page by page. */
async function wholeList(world: World, query: Question): Promise<{ result: number | null; rows: ListedRow[] }> {
  const rows: ListedRow[] = []
  for (let cursor: string | undefined; ;) {
    const page = await done(world.quang(listFigure, { query: { ...query, limit: 7, cursor } }))
    rows.push(...page.rows)
    if (!page.next) return { result: page.result, rows }
    cursor = page.next
  }
}

const board = (
  world: World,
  { indicator: _, ...query }: Question,
  by: 'children' | 'officers' = 'children',
): Promise<Board> => done(world.quang(showProgress, { query: { ...query, by } }))

const upperUnits = async (world: World) =>
  (await sql<{ id: number }>`select id from units.unit where is_upper order by id`.execute(world.owner)).rows.map(
    (row) => String(row.id),
  )

test('a later entry never changes an answer as it was known before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAct, { minLength: 12, maxLength: 16 }),
      fc.array(anyAct, { minLength: 10, maxLength: 12 }),
      fc.array(question, { minLength: 5, maxLength: 5 }),
      async (before, after, asked) => {
        const world = await openSample()
        const history = beginHistory(world)
        for (const act of [...firsts, ...before]) await perform(history, act)
        const units = await upperUnits(world)
        const questions = asked.map(({ who, dates: days, indicator }): Question => ({
          unitId: units[who % units.length]!,
          ...days,
          indicator,
        }))
        const knownAt = await instant(world)
        const answer = async (one: Question) => [
          await board(world, one),
          await board(world, one, 'officers'),
          await wholeList(world, one),
        ]
        const live = await Promise.all(questions.map(answer))
        const asKnown = questions.map((one) => ({ ...one, knownAt }))
        const told = await Promise.all(asKnown.map(answer))
        expect(without(told), 'asked at once, as known and as it is are the same').toEqual(without(live))
        for (const act of after) await perform(history, act)
        expect(await Promise.all(asKnown.map(answer)), history.told.join('\n')).toEqual(told)
        const ledgers = await copyLedgers(world)
        for (const one of asKnown) {
          const { figures } = await board(world, one)
          expect(Object.fromEntries(flat(figures))).toEqual(
            figuresBySlowCount(ledgers, Number(one.unitId), { ...one, knownAt: knownAt.replace('Z', '') }),
          )
        }
        await world.close()
      },
    ),
    runs(2),
  )
})

/** Something to ask about in every history. */
const firsts = (['establish', 'found', 'found', 'found', 'admit', 'declare', 'target'] as const).map((kind, index) => ({
  kind,
  who: index,
  what: index * 7 + 1,
  day: `2024-0${index + 1}-10`,
}))

/** Answers without the clock they were asked by. */
const without = (answers: unknown): unknown =>
  JSON.parse(JSON.stringify(answers, (key, value: unknown) => (key === 'knownAt' ? null : value)))

const flat = (figures: readonly Figure[]): [string, number][] =>
  figures.flatMap((figure) => [
    ...(figure.counted && figure.result !== null ? [[figure.indicator, figure.result] as [string, number]] : []),
    ...flat(figure.ofWhich),
  ])

test('every list adds up to its figure, holds no row twice, and flows by officers add up to the unit', async () => {
  const world = await openSample()
  const history = beginHistory(world)
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyAct, { minLength: 12, maxLength: 16 }),
      fc.array(fc.record({ who: fc.nat(999), dates, back: fc.boolean() }), { minLength: 2, maxLength: 2 }),
      async (acts, asked) => {
        const known = [await instant(world)]
        for (const act of [...firsts, ...acts]) await perform(history, act)
        known.push(await instant(world))
        for (const act of acts) await perform(history, act)
        const units = await upperUnits(world)
        for (const { who, dates: days, back } of asked) {
          const unitId = units[who % units.length]!
          for (const indicator of codes) {
            const { result, rows } = await wholeList(world, {
              unitId,
              ...days,
              indicator,
              ...(back && { knownAt: known[who % 2] }),
            })
            expect(
              rows.reduce((sum, row) => sum + row.quantity, 0),
              `${indicator} ${JSON.stringify({ unitId, days, back })}`,
            ).toBe(result)
            expect(new Set(rows.map((row) => `${row.unit.id}/${row.id}`)).size).toBe(rows.length)
          }
          const query = { unitId, ...days, indicator: '', ...(back && { knownAt: known[who % 2] }) }
          const whole = Object.fromEntries(flat((await board(world, query)).figures))
          const byOfficer = (await board(world, query, 'officers')).rows.map((row) =>
            Object.fromEntries(flat(row.figures)),
          )
          for (const { code } of countedIndicators.filter((one) => one.kind === 'flow')) {
            expect(
              byOfficer.reduce((sum, row) => sum + (row[code] ?? 0), 0),
              `${code} by officers`,
            ).toBe(whole[code])
          }
        }
      },
    ),
    runs(2),
  )
  await world.close()
})

test('an instant that has not come cannot be asked as known; a period cannot run backwards', async () => {
  const world = await openSample()
  const ask = (query: Record<string, string>) =>
    world.quang(showProgress, { query: { unitId: String(world.units.haNoi), ...query } })
  expect(await ask({ knownAt: new Date(Date.now() + 60_000).toISOString() })).toBe('known-at-in-future')
  expect(await ask({ from: '2025-02-01', asOf: '2025-01-31' })).toBe('period-backwards')
  expect(await ask({ indicator: 'members_admited' })).toBe('unknown-indicator')
  expect(await ask({ from: '2025-01-31', asOf: '2025-01-31' })).toBeTypeOf('object')
  await world.close()
})

test('the target in force is the newest version set by the cut-off and recorded by the instant', async () => {
  const world = await openSample()
  const history = beginHistory(world)
  const target = { ...actOf('target'), kind: 'target' as const, who: 0, day: '2024-02-01' }
  const inForce = async (query: Record<string, string>) => {
    const { figures } = await done(
      world.quang(showProgress, {
        query: { unitId: String(world.units.haNoi), indicator: 'members_admitted', ...query },
      }),
    )
    return figures[0]!.targets.map((line) => [line.value, line.version])
  }
  expect(await perform(history, { ...target, what: 401 })).toBe('done')
  const between = await instant(world)
  expect(await perform(history, { ...target, what: 501, day: '2024-06-01' })).toBe('done')
  expect(await inForce({ asOf: '2024-12-31' })).toEqual([[501, 2]])
  expect(await inForce({ asOf: '2024-05-31' })).toEqual([[401, 1]])
  expect(await inForce({ asOf: '2024-01-31' })).toEqual([])
  expect(await inForce({ asOf: '2024-12-31', knownAt: between })).toEqual([[401, 1]])
  expect(await inForce({ asOf: '2025-01-31' })).toEqual([])
  await world.close()
})

test('a unit put between another and its manager was not there when it was not known to be', async () => {
  const world = await openSample()
  const history = beginHistory(world)
  const { tayHo, dongAnh } = world.units
  expect(await perform(history, { kind: 'found', who: 2, what: 1, day: '2024-05-10' })).toBe('done')
  const knownAt = await instant(world)
  const query = {
    unitId: String(tayHo),
    from: '2024-01-01',
    asOf: '2024-12-31',
    structureOn: '2024-12-31',
    indicator: 'members_admitted',
  }
  const before = await board(world, { ...query, knownAt })
  await done(
    world.quang(moveUnit, {
      params: { unitId: String(dongAnh) },
      body: { managerId: String(tayHo), on: '2024-01-01' },
    }),
  )
  expect(await board(world, { ...query, knownAt })).toEqual(before)
  expect((await board(world, query)).figures).not.toEqual(before.figures)
  await world.close()
})
