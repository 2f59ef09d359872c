/** The small words of the house: cursors, suggestions, which language, and facts inside sentences. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'
import { en } from './en.ts'
import { formatCount, formatDay, formatPercent, languageOf, sentenceOf } from './phrases.ts'
import type { ProblemName } from './problem.ts'
import { suggest } from './suggest.ts'
import { vi } from './vi.ts'

/** Any code points in any order. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 })
  .map((points) => String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff)))

test('a cursor comes back as it went, fits into a URL, and anything else is no cursor', () => {
  const text = anyText.filter((one) => !one.includes('\u0000'))
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), text, fc.nat(), (number, name, id) => {
      const cursor = writeCursor([number, name, '2024-02-29', String(id)])
      expect(readCursor(cursor, ['number', 'text', 'day', 'id'])).toEqual([number, name, '2024-02-29', String(id)])
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
      expect(readCursor(cursor, ['number', 'text', 'day'])).toBeNull()
    }),
  )
  fc.assert(fc.property(anyText, (one) => readCursor(one, ['text']) === null))
  for (const other of [
    undefined,
    '',
    'x',
    btoa('{}'),
    btoa('"a"'),
    '%%%',
    btoa('["x"]'),
    btoa('[null]'),
    btoa('[1.5]'),
    btoa('[2147483648]'),
  ])
    expect(readCursor(other, ['number'])).toBeNull()
  expect([readCursor(btoa('["2024-02-30"]'), ['day']), readCursor(btoa('["-1"]'), ['id'])]).toEqual([null, null])
})

test('a slip of the finger is mended, a foreign word is not', () => {
  const words = ['members_admitted', 'members_left', 'grassroots_founded', 'tay-ho', 'dong-anh']
  expect(
    ['members_admited', 'member_left', 'grasroots_fuonded', 'tayho', 'DONG-ANH'].map((typed) => suggest(typed, words)),
  ).toEqual(['members_admitted', 'members_left', 'grassroots_founded', 'tay-ho', 'dong-anh'])
  expect([suggest('xyzxyzxyzxyz', words), suggest('q', words), suggest('tay-ho', [])]).toEqual([null, null, null])
  fc.assert(fc.property(fc.constantFrom(...words), (word) => suggest(word, words) === word))
})

test('the first language that we speak; Vietnamese otherwise', () => {
  const asked = ['en', 'en-GB,vi;q=0.8', 'fr, en;q=0.5', 'vi-VN,en', 'fr', '', undefined, '*', 'EN-us']
  expect(asked.map(languageOf)).toEqual(['en', 'en', 'en', 'vi', 'vi', 'vi', 'vi', 'vi', 'en'])
})

test('facts print as the reader writes them', () => {
  expect([formatCount('vi', 4071), formatCount('en', 4071), formatCount('vi', 11_500_000)]).toEqual([
    '4.071',
    '4,071',
    '11.500.000',
  ])
  expect([
    formatPercent('vi', '101.8'),
    formatPercent('en', '101.8'),
    formatPercent('vi', '12345.50'),
    formatPercent('vi', '330'),
  ]).toEqual(['101,8%', '101.8%', '12.345,50%', '330%'])
  expect([formatPercent('vi', '-0.5'), formatPercent('en', '-12.5')]).toEqual(['-0,5%', '-12.5%'])
  expect(formatDay('2024-11-10')).toBe('10/11/2024')
  expect(sentenceOf('vi', 'day-in-future', { day: '2025-04-01', today: '2025-03-31' })).toContain('01/04/2025')
  expect(sentenceOf('en', 'list-has-faults', { count: 1234 })).toContain('1,234')
})

test('every problem speaks both languages and asks for the same facts', () => {
  const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, fact]) => fact!).sort()
  for (const name of Object.keys(vi.problems) as ProblemName[]) {
    expect(facts(en.problems[name]), name).toEqual(facts(vi.problems[name]))
    expect(sentenceOf('vi', name), name).not.toMatch(/[{}]/)
    expect(en.problems[name]).not.toBe(vi.problems[name])
  }
})
