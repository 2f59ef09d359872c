/** Birth dates, and other days gone by, as lists hold them: whole days, Excel's day numbers, a year alone. The Vietnamese order, day before month, comes
 *  first; the American one is taken only where no other reading exists, and is said. */
import { addDays, isDay } from './day.ts'
import { fold } from './fold.ts'

/** `date` is null when only the year is known. `swapped`: the month stood before the day. */
export type Birth = { date: string | null; year: number; swapped?: true }

/** How many years ago a year of two digits may lie: a member's birth, or anything else that happened. */
type Ages = { from: number; to: number }
const grown: Ages = { from: 15, to: 99 }
const past: Ages = { from: 0, to: 99 }
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Reads one cell; null when it is no day or year of a life up to `today`. */
export const readBirth = (text: string, today: string): Birth | null => read(text, today, grown)

/** A whole day that has come, written in any of the same ways: when somebody joined, or a card was issued. */
export const readPastDay = (text: string, today: string): string | null => read(text, today, past)?.date ?? null

function read(text: string, today: string, ages: Ages): Birth | null {
  const signs = text
    .normalize('NFKC')
    .replace(/[\s'"`\u2018\u2019\u200b-\u200d\u2060\ufeff]+/g, ' ')
    .replace(/[ T]\d{1,2}:\d{2}.*$/, '')
    .trim()
  // A day whose cell lost its format is 33239, with the hour behind the point; a bare 1986 is a year.
  if (/^\d{5}(\.\d+)?$/.test(signs)) return wholeDay(dayOfSerial(Number.parseInt(signs, 10)), today)
  if (/^\d{4}[.,]0+$/.test(signs)) return yearAlone(Number(signs.slice(0, 4)), today)
  if (/^\d{8}$/.test(signs)) return fromDigits(signs, today)
  const parts = fold(signs)
    .replace(/\b(sinh|ngay|thang|thg|nam|sn)(?=\b|\d)/g, ' ')
    .replace(/(\b|\d)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/g, (_, before: string, name: string) => {
      return `${before} ${months.indexOf(name) + 1} `
    })
    .split(/\s+/)
    .filter(Boolean)
  const isSpelled = /[a-z]{3}/i.test(signs)
  return parts.every((part) => /^\d{1,4}$/.test(part)) ? fromParts(parts, isSpelled, today, ages) : null
}

function fromParts(parts: string[], isSpelled: boolean, today: string, ages: Ages): Birth | null {
  const isYearFirst = parts.length > 1 && parts[0]!.length === 4
  const [last, second, third] = isYearFirst ? parts : parts.toReversed()
  const year = last === undefined ? null : yearOf(last, today, ages)
  if (year === null || parts.length > 3) return null
  const [month, date] = second === undefined ? ['0', '0'] : third === undefined ? [second, '0'] : [second, third]
  if (parts.length === 2 && (Number(month) > 12 || (last!.length === 2 && !isSpelled))) return null
  return ordered(date, month, String(year), today)
}

/** A day or a month of zero is one that nobody wrote down. */
function ordered(date: string, month: string, year: string, today: string): Birth | null {
  if (Number(date) === 0 || Number(month) === 0) return yearAlone(Number(year), today)
  const write = (d: string, m: string) => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (Number(month) <= 12) return wholeDay(write(date, month), today)
  const american = wholeDay(write(month, date), today)
  return american && { ...american, swapped: true }
}

/** 05031990 or 19900305. */
function fromDigits(digits: string, today: string): Birth | null {
  const readings = [/(..)(..)(....)/.exec(digits)!.slice(1), /(....)(..)(..)/.exec(digits)!.slice(1).toReversed()]
  const days = readings.map(([date, month, year]) => wholeDay(`${year}-${month}-${date}`, today))
  return days.find((day) => day !== null) ?? null
}

/** Two digits mean the one century that lies so many years ago. */
function yearOf(text: string, today: string, ages: Ages): number | null {
  if (text.length === 4) return Number(text)
  if (text.length !== 2) return null
  const now = Number(today.slice(0, 4))
  const century = now - (now % 100)
  const years = [century, century - 100].map((start) => start + Number(text))
  return years.find((year) => now - year >= ages.from && now - year <= ages.to) ?? null
}

/** Excel shows an empty number formatted as a day as 00/01/1900, so that year alone says nothing. */
const yearAlone = (year: number, today: string): Birth | null =>
  year > 1900 && year <= Number(today.slice(0, 4)) ? { date: null, year } : null

const wholeDay = (day: string, today: string): Birth | null =>
  isDay(day) && day <= today ? { date: day, year: Number(day.slice(0, 4)) } : null

const dayOfSerial = (serial: number): string => addDays('1899-12-30', serial)
