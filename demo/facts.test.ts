/** A file that cannot be read says where; what is not asked for is let through. */
import { expect, test } from 'vitest'
import { readFacts } from './facts.ts'

const units = [{ code: 'q', name: 'LĐLĐ quận', level: 'district', parent: null }]
const flow = { unit: 'q', from: '2024-01-01', to: '2024-12-31', indicator: 'members_admitted', kind: 'flow', result: 5 }

test('unknown keys, levels and indicators are let through', () => {
  const file = readFacts({
    about: '…',
    units: [{ ...units[0], mood: 1 }],
    facts: [{ ...flow, indicator: 'songs_sung', differs: 'no' }],
    more: [],
  })
  expect(file.facts[0]).toMatchObject({ unit: 'q', indicator: 'songs_sung', target: null, percent: null })
  expect(file.facts[0]).not.toHaveProperty('differs')
})

test.each([
  ['a day that does not exist', { ...flow, to: '2024-02-30' }, /facts\[0\]\.to/],
  ['a flow without its first day', { ...flow, from: undefined }, /facts\[0\].*'from'/],
  [
    'a stock without its day',
    { ...flow, kind: 'stock', indicator: 'members_total', from: undefined, to: undefined },
    /facts\[0\].*'to'/,
  ],
  ['a period that ends before it begins', { ...flow, from: '2025-01-01' }, /facts\[0\].*before it begins/],
  ['a unit nobody knows', { ...flow, unit: 'x' }, /facts\[0\]\.unit.*x/],
  ['half a person', { ...flow, result: 1.5 }, /facts\[0\]\.result/],
  ['a kind nobody knows', { ...flow, kind: 'wish' }, /facts\[0\]\.kind/],
  ['a percent in words', { ...flow, percent: 'nearly all' }, /facts\[0\]\.percent/],
])('%s is refused with its place', (_, fact, message) => {
  expect(() => readFacts({ units, facts: [fact] })).toThrow(message)
})

test('units that come twice, hang nowhere or above themselves are named', () => {
  const unit = (code: string, parent: string | null) => ({ code, name: code, parent })
  expect(() => readFacts({ units: [unit('a', null), unit('a', null)], facts: [] })).toThrow(/units\[1\]\.code/)
  expect(() => readFacts({ units: [unit('a', 'b')], facts: [] })).toThrow(/units\[0\]\.parent.*b/)
  expect(() => readFacts({ units: [unit('a', 'b'), unit('b', 'a')], facts: [] })).toThrow(/stands above itself/)
  expect(() => readFacts('facts')).toThrow(/the file/)
})
