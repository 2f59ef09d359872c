/** Days: what officers type is read, what no calendar has is not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayInVietnam, daysBetween, isDay, readDay, yearEnd, yearStart } from './day.ts'

const pad = (number: number) => String(number).padStart(2, '0')
const parts = fc.record({
  year: fc.integer({ min: 1900, max: 9999 }),
  month: fc.integer({ min: 0, max: 13 }),
  date: fc.integer({ min: 0, max: 32 }),
})
const lengths = (year: number) => [
  31,
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28,
  31,
  30,
  31,
  30,
  31,
  31,
  30,
  31,
  30,
  31,
]
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('a day exists exactly when the calendar has it', () => {
  fc.assert(
    fc.property(parts, ({ year, month, date }) => {
      const exists = year < 3000 && month >= 1 && month <= 12 && date >= 1 && date <= lengths(year)[month - 1]!
      expect(isDay(`${year}-${pad(month)}-${pad(date)}`)).toBe(exists)
    }),
    { numRuns: 2000 },
  )
  for (const text of [
    '',
    '2024-2-1',
    '2024-02-31',
    '2023-02-29',
    '1899-12-31',
    '2024-01-01T00:00',
    ' 2024-01-01',
    '٢٠٢٤-٠١-٠١',
  ])
    expect(isDay(text), text).toBe(false)
})

test('adding days and counting them are one another turned round', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days)
      expect(addDays(addDays(from, days), -days)).toBe(from)
    }),
  )
  expect([addDays('2024-02-28', 1), addDays('2023-02-28', 1), addDays('2024-12-31', 1)]).toEqual([
    '2024-02-29',
    '2023-03-01',
    '2025-01-01',
  ])
})

test('however an officer writes a day, it is read the same', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('/', '-', '.', ' '), (one, mark) => {
      const [year, month, date] = one.split('-') as [string, string, string]
      expect(readDay(one)).toBe(one)
      expect(readDay(` ${date}${mark}${month}${mark}${year} `)).toBe(one)
      expect(readDay(`${Number(date)}${mark}${Number(month)}${mark}${year}`)).toBe(one)
    }),
  )
  expect([readDay('1/2/90'), readDay('1/2/05'), readDay('1/2/31'), readDay('1/2/30')]).toEqual([
    '1990-02-01',
    '2005-02-01',
    '1931-02-01',
    '2030-02-01',
  ])
  for (const text of [
    '31/02/2024',
    '29/02/2023',
    '32/01/2024',
    '01/13/2024',
    '1990',
    '',
    '1/1/990',
    'hôm qua',
    '33239',
    '0/1/2024',
  ])
    expect(readDay(text), text).toBeNull()
})

test('a day in Vietnam begins at seventeen hours the evening before in Greenwich', () => {
  expect(dayInVietnam(new Date('2024-12-31T16:59:59.999Z'))).toBe('2024-12-31')
  expect(dayInVietnam(new Date('2024-12-31T17:00:00Z'))).toBe('2025-01-01')
  fc.assert(
    fc.property(
      day,
      (one) => yearStart(one) <= one && one <= yearEnd(one) && one.slice(0, 4) === yearEnd(one).slice(0, 4),
    ),
  )
})
