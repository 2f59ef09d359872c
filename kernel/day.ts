/** Days: a day is a string `yyyy-mm-dd` without a time zone. Here it is checked, added to, read as officers type it. */
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const msPerDay = 86_400_000

/** True for a day that exists, between 1900 and 2999: 31/02 does not. */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text)
  if (!match) return false
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const utc = new Date(Date.UTC(year, month - 1, date))
  const isOurs = year >= 1900 && year < 3000
  return isOurs && utc.getUTCFullYear() === year && utc.getUTCMonth() === month - 1 && utc.getUTCDate() === date
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10)

/** Whole days from one day to another; negative when the second comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay)

export const yearStart = (day: string): string => `${day.slice(0, 4)}-01-01`
export const yearEnd = (day: string): string => `${day.slice(0, 4)}-12-31`

/** The calendar day in Vietnam (UTC+7 all year) at an instant. */
export const dayInVietnam = (instant: Date): string =>
  new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** A day as people type it: 10/11/2024, 1-2-1990, 2024-11-10, 10.11.24. Null when no such day exists. */
export function readDay(text: string): string | null {
  const trimmed = text.trim()
  if (dayPattern.test(trimmed)) return isDay(trimmed) ? trimmed : null
  const match = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})$/.exec(trimmed)
  if (!match) return null
  const year = match[3]!.length === 4 ? match[3]! : Number(match[3]) > 30 ? `19${match[3]}` : `20${match[3]}`
  const day = `${year}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}`
  return isDay(day) ? day : null
}
