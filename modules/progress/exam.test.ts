/** The exam names what is wrong about printed figures by computing it, not by being told. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examine, readPercent, type Answer, type Fact } from './exam.ts'

const base: Fact = {
  unit: 'u',
  indicator: 'members_admitted',
  kind: 'flow',
  from: '2021-01-01',
  to: '2021-12-31',
  result: null,
  target: null,
  of: null,
  percent: null,
}
const one = (fact: Partial<Fact>, answer: Partial<Answer> = {}, decimals = 1) =>
  examine([{ ...base, ...fact }], [{ counted: true, result: fact.result ?? null, percent: null, ...answer }], decimals)
    .lines[0]!

test('a percent rounded half up to its own decimals agrees; truncated, over-rounded and wrong ones are named', () => {
  expect(one({ result: 66, target: 20, percent: '330%' }).verdicts).toEqual(['agrees'])
  expect(one({ result: 4071, target: 4000, percent: '101,8%' }).verdicts).toEqual(['agrees'])
  expect(one({ result: 8, target: 3, percent: '266,66%' })).toMatchObject({
    verdicts: ['agrees', 'percent_truncated'],
    exactPercent: '266.67',
  })
  expect(one({ result: 2352, target: 1330, percent: '177%' })).toMatchObject({
    verdicts: ['agrees', 'percent_rounded'],
    exactPercent: '176.84',
  })
  expect(one({ result: 6846, target: 6500, percent: '105%' })).toMatchObject({
    verdicts: ['agrees', 'percent_rounded'],
    exactPercent: '105.32',
  })
  expect(one({ result: 410, target: 130, percent: '315,38%' }).verdicts).toEqual(['agrees'])
  expect(one({ result: 1, target: 3, percent: '34%' }).verdicts).toEqual(['agrees', 'percent_wrong'])
})

test('a result that records do not bear out differs, and the exam is not passed', () => {
  const exam = examine([{ ...base, result: 5 }], [{ counted: true, result: 6, percent: null }])
  expect(exam).toMatchObject({ isPassed: false, agreeing: 0, counted: 1 })
  expect(exam.lines[0]!.verdicts).toEqual(['differs'])
})

test('declared figures are marked, and do not decide', () => {
  expect(one({ result: 45, target: 40 }, { counted: false }).verdicts).toEqual(['declared'])
  expect(one({ kind: 'ratio', percent: '95,14%' }, { counted: false, percent: '95.14' }).verdicts).toEqual(['declared'])
  expect(
    examine([{ ...base, kind: 'ratio', percent: '95,14%' }], [{ counted: false, result: null, percent: '95.1' }]),
  ).toMatchObject({ isPassed: true, declared: 1 })
})

test('the articles: exactly their four discrepancies come out, by computation alone', () => {
  type Printed = Partial<Fact> & { differs?: string; on?: string }
  const { facts } = JSON.parse(readFileSync(`${import.meta.dirname}/../../demo/hanoi.json`, 'utf8')) as {
    facts: Printed[]
  }
  const read = facts.map((fact): Fact => ({
    ...base,
    target: null,
    of: null,
    percent: null,
    ...fact,
    from: fact.from ?? null,
  }))
  const answers = read.map((fact): Answer => ({
    counted: true,
    result: fact.result,
    percent: readPercent(fact.percent),
  }))
  const named = examine(read, answers).lines.flatMap((line, index) => (line.verdicts.length > 1 ? [index] : []))
  expect(named).toEqual(facts.flatMap((fact, index) => (fact.differs ? [index] : [])))
  expect(named).toHaveLength(4)
})

test('whatever is printed half up from its own figures is never called wrong', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(4), (result, target, own) => {
      const scaled = (BigInt(result) * 200n * 10n ** BigInt(own) + BigInt(target)) / (2n * BigInt(target))
      const text = scaled.toString().padStart(own + 1, '0')
      const percent = own === 0 ? `${text}%` : `${text.slice(0, -own)},${text.slice(-own)}%`
      const { verdicts } = one({ result, target, percent }, {}, own)
      expect(verdicts).toEqual(['agrees'])
    }),
  )
})
