/** Birth dates in every dress that lists give them are one day, a year stays a year, and nothing is invented. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBirth, readPastDay, type Birth } from './birth.ts'
import { addDays, daysBetween } from './day.ts'

/** Any signs in any order; the first thousand, where the letters are, as often as all others. */
const sign = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 0xd7ff }))
const anyText = fc.array(sign, { maxLength: 40 }).map((signs) => String.fromCharCode(...signs))

const today = '2026-11-20'
/** Days from 1928 on, whose years all are of an age to be a member when two digits are written. */
const day = fc
  .integer({ min: 0, max: daysBetween('1928-01-01', '2011-12-31') })
  .map((days) => addDays('1928-01-01', days))
const read = (text: string) => readBirth(text, today)
const whole = (date: string): Birth => ({ date, year: Number(date.slice(0, 4)) })

test('one day, however it is written', () => {
  fc.assert(
    fc.property(day, (date) => {
      const [yyyy, mm, dd] = date.split('-') as [string, string, string]
      const [d, m, yy] = [String(Number(dd)), String(Number(mm)), yyyy.slice(2)]
      const serial = daysBetween('1899-12-30', date)
      const dresses = [
        `${dd}/${mm}/${yyyy}`,
        `${d}/${m}/${yyyy}`,
        `${d}-${m}-${yy}`,
        `${dd}.${mm}.${yyyy}`,
        ` ${dd} / ${mm} / ${yyyy} `,
        date,
        `${date}T00:00:00.000Z`,
        `${date} 00:00:00`,
        `${d}/${m}/${yyyy} 12:00:00 AM`,
        `${yyyy}/${m}/${d}`,
        `'${dd}/${mm}/${yyyy}`,
        `\u00a0${dd}/${mm}/${yyyy}\u200b`,
        `Ngày ${d} tháng ${m} năm ${yyyy}`,
        `ngày ${d} tháng ${m} năm ${yyyy}`.normalize('NFD'),
        `sinh ngày ${d}/${m}/${yyyy}`,
        `${dd}${mm}${yyyy}`,
        String(serial),
        `${serial}.5`,
        `${d}-${'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[Number(m) - 1]}-${yy}`,
        `${d} thg ${m}, ${yyyy}`,
      ]
      for (const dress of dresses) expect(read(dress), dress).toEqual(whole(date))
    }),
  )
})

test('the month before the day is taken only where nothing else is possible, and said', () => {
  fc.assert(
    fc.property(day, (date) => {
      const [year, month, dd] = date.split('-')
      const american = read(`${month}/${dd}/${year}`)
      if (Number(dd) > 12) expect(american).toEqual({ ...whole(date), swapped: true })
      else expect(american).toEqual(whole(`${year}-${dd}-${month}`))
    }),
  )
})

test('a year alone stays a year', () => {
  const alone = [
    '1986',
    "'1986",
    '1986.0',
    '00/00/1986',
    '--/--/1986',
    '../../1986',
    '/1986',
    '…/1986',
    '05/1986',
    '1986-05',
  ]
  alone.push('tháng 5 năm 1986', 'Sinh năm 1986', 'sn 1986', '00/05/1986', '86', '--/--/86', '1986-00-00', 'May-86')
  for (const text of alone) expect(read(text), text).toEqual({ date: null, year: 1986 })
})

test('two digits are the century in which the person is of age', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 0, max: 99 }), (now, year) => {
      const birth = readBirth(`1/1/${String(year).padStart(2, '0')}`, `${now}-12-31`)
      const age = birth && now - birth.year
      const isChild = (now - year + 2000) % 100 < 15
      expect(birth === null).toBe(isChild)
      if (birth) expect(age! >= 15 && age! <= 99 && birth.year % 100 === year).toBe(true)
    }),
  )
  expect([read('5/3/90'), read('5/3/08')].map((birth) => birth?.date)).toEqual(['1990-03-05', '2008-03-05'])
})

test('a day somebody joined may be last year, and is never half a day', () => {
  const joined = ['5/3/25', '5/3/1998', '33239', '1998', '21/11/2026', '5/3/99'].map((text) => readPastDay(text, today))
  expect(joined).toEqual(['2025-03-05', '1998-03-05', '1991-01-01', null, null, '1999-03-05'])
})

test('no such day, the future, long ago, and what is no day at all', () => {
  const none = ['31/02/1990', '32/01/1990', '13/13/1990', '29/02/2023', '21/11/2026', '2027', '1899', '31/12/1899', '']
  none.push(
    'nam',
    '001090012345',
    'Hà Nội',
    '60000',
    '5',
    '123',
    '00/01/1900',
    '-',
    'x',
    '1/2/3/1990',
    '5/1986/3',
    '0912345678',
  )
  for (const text of none) expect(read(text), text).toBe(null)
  expect(read(today)).toEqual(whole(today))
})

test('any text at all is read without failing, and a day that is read exists and has come', () => {
  const text = fc.oneof(anyText, fc.stringMatching(/^[\d/. -]{1,12}$/))
  fc.assert(
    fc.property(text, (one) => {
      const birth = read(one)
      if (birth?.date)
        expect(birth.date >= '1900-01-01' && birth.date <= today && birth.date.startsWith(`${birth.year}-`)).toBe(true)
      else if (birth) expect(birth.year > 1900 && birth.year <= 2026).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
