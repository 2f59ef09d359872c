/** The exam's verdicts come from arithmetic alone. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentOf } from '#kernel/percent.ts'
import { examine, summarise, type Answer, type Fact } from './exam.ts'

const flow: Fact = {
  unit: 'tay-ho',
  indicator: 'members_admitted',
  kind: 'flow',
  from: '2024-01-01',
  to: '2024-12-31',
  result: null,
  target: null,
  of: null,
  percent: null,
}
const counted = (result: number): Answer => ({ counted: true, result, percent: null })
const judge = (result: number, target: number, percent: string, decimals = 1) =>
  examine([{ ...flow, result, target, percent }], [counted(result)], decimals)[0]!

test.each([
  [66, 20, '330%', ['agrees'], '330.0'],
  [4071, 4000, '101,8%', ['agrees'], '101.8'],
  [8, 3, '266,66%', ['agrees', 'percent_truncated'], '266.67'],
  [2352, 1330, '177%', ['agrees', 'percent_rounded'], '176.84'],
  [6846, 6500, '105%', ['agrees', 'percent_rounded'], '105.32'],
  [410, 130, '315,38%', ['agrees'], '315.38'],
  [614, 450, '136,4%', ['agrees'], '136.4'],
  [7, 1, '700%', ['agrees'], '700.0'],
  [50, 4, '1.250%', ['agrees'], '1250.0'],
  [20, 25, '81%', ['agrees', 'percent_wrong'], '80.00'],
] as const)('%i of %i printed as %s', (result, target, percent, verdicts, exact) => {
  expect(judge(result, target, percent)).toMatchObject({ verdicts, exactPercent: exact, agrees: true })
})

test('to whole percents 177% is no rounding worth a word', () => {
  expect(judge(2352, 1330, '177%', 0).verdicts).toEqual(['agrees'])
})

test('another count differs, and then its percent is not judged', () => {
  const [line] = examine([{ ...flow, result: 66, target: 20, percent: '330%' }], [counted(65)])
  expect(line).toMatchObject({ verdicts: ['differs'], agrees: false, counted: 65, exactPercent: '325.0' })
  expect(summarise([line!]).everyCountedAgrees).toBe(false)
})

test('a unit or indicator nobody knows differs', () => {
  expect(examine([{ ...flow, result: 66 }], [null])[0]).toMatchObject({ verdicts: ['differs'], counted: null })
})

test('a part of a whole is no target, but its percent is that of the whole', () => {
  const part = { ...flow, result: 15, of: 25, percent: '60%' }
  expect(examine([part], [counted(15)])[0]).toMatchObject({ verdicts: ['agrees'], exactPercent: '60.0' })
})

test('a ratio compares percents; a declared one is marked', () => {
  const ratio: Fact = { ...flow, kind: 'ratio', indicator: 'agreements_signed_rate', from: null, percent: '95,14%' }
  const answer = (percent: string, isCounted = false): Answer => ({ counted: isCounted, result: null, percent })
  expect(examine([ratio], [answer('95.14')])[0]).toMatchObject({
    verdicts: ['declared'],
    exactPercent: '95.14',
    agrees: true,
  })
  expect(examine([ratio], [answer('95.140000')])[0]).toMatchObject({ verdicts: ['declared'], agrees: true })
  expect(examine([ratio], [answer('96.14')])[0]).toMatchObject({ verdicts: ['declared', 'differs'], agrees: false })
  expect(examine([{ ...ratio, percent: '90%' }], [answer('89.97', true)])[0]).toMatchObject({
    verdicts: ['agrees'],
    exactPercent: '90.0',
  })
  expect(examine([{ ...ratio, percent: '89%' }], [answer('89.97', true)])[0]!.verdicts).toEqual([
    'agrees',
    'percent_truncated',
  ])
})

test('parts that do not add up are told at the whole', () => {
  const stock = (indicator: string, result: number): Fact => ({ ...flow, kind: 'stock', from: null, indicator, result })
  const told = (...amounts: [string, number][]) => {
    const facts = amounts.map(([indicator, result]) => stock(indicator, result))
    return examine(
      facts,
      facts.map(({ result }) => counted(result!)),
    )[0]!.verdicts
  }
  expect(told(['grassroots_total', 387], ['grassroots_state', 99], ['grassroots_nonstate', 287])).toEqual([
    'agrees',
    'parts_do_not_add_up',
  ])
  expect(told(['grassroots_total', 386], ['grassroots_state', 99], ['grassroots_nonstate', 287])).toEqual(['agrees'])
  expect(told(['grassroots_total', 387], ['grassroots_state', 99])).toEqual(['agrees'])
  expect(
    told(['grassroots_total', 390], ['grassroots_state', 99], ['grassroots_nonstate', 287], ['occupational_total', 4]),
  ).toEqual(['agrees'])
})

test('a percent rounded half up to the decimals of the house or more always agrees', () => {
  const number = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 4 }), (result, target, decimals) => {
      const percent = `${percentOf(result, target, decimals)!.replace('.', ',')}%`
      expect(judge(result, target, percent).verdicts).toEqual(['agrees'])
    }),
  )
})

test('a percent is truncated, rounded or wrong, never two of them, and only when it is not exact', () => {
  const number = fc.integer({ min: 1, max: 5_000 })
  fc.assert(
    fc.property(number, number, fc.integer({ min: 0, max: 99_999 }), (result, target, printed) => {
      const { verdicts } = judge(
        result,
        target,
        `${Math.floor(printed / 100)},${String(printed % 100).padStart(2, '0')}%`,
      )
      const exact = BigInt(printed) * BigInt(target) === BigInt(result) * 10_000n
      expect(verdicts.length).toBeLessThanOrEqual(2)
      if (exact) expect(verdicts).toEqual(['agrees'])
    }),
  )
})

test("the articles' four differences come out by computation, whether or not anybody noted them", () => {
  const { facts: printed } = JSON.parse(readFileSync(`${import.meta.dirname}/../../demo/hanoi.json`, 'utf8')) as {
    facts: (Fact & { differs?: string })[]
  }
  const read = (keepNotes: boolean) =>
    printed.map(({ differs, ...fact }) => ({
      ...flow,
      ...fact,
      from: fact.from ?? null,
      ...(keepNotes ? { differs } : {}),
    }))
  const judged = (keepNotes: boolean) =>
    examine(
      read(keepNotes),
      printed.map(({ result, percent }) => ({
        counted: true,
        result,
        percent: result === null ? (percent?.replace('%', '').replace(',', '.') ?? null) : null,
      })),
    )
  expect(judged(true)).toEqual(judged(false))
  const told = judged(false).flatMap(({ verdicts, exactPercent }, index) =>
    verdicts.length > 1 ? [[printed[index]!.differs !== undefined, verdicts[1], exactPercent]] : [],
  )
  expect(told).toEqual([
    [true, 'parts_do_not_add_up', null],
    [true, 'percent_rounded', '176.84'],
    [true, 'percent_truncated', '266.67'],
    [true, 'percent_rounded', '105.32'],
  ])
})
