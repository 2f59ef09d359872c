/** Numbers that stand for a person - citizen number, passport, phone - as lists hold them. A citizen number has no check digit:
 *  province, sex and birth year only warn. What Excel has cut off is put back only where the rest vouches for it. */
import { fold } from '#kernel/fold.ts'
import type { Facts, Fault } from '#kernel/problem.ts'

export type IdentityKind = 'citizen' | 'passport' | 'old'
type WarningName = 'zeros-put-back' | 'province-unknown' | 'birth-year-differs' | 'sex-differs'
export type IdentityWarning = { name: WarningName; facts?: Facts }
export type Identity = { kind: IdentityKind; number: string; warnings: IdentityWarning[] }
/** What the list says beside the number. A foreigner's passport may be digits alone. */
export type Bearer = { birthYear: number | null; sex: 'male' | 'female' | null; isForeign?: boolean }

/** Provinces of before 2025, by the codes that numbers go on carrying. */
const provinces = new Set(
  (
    '1 2 4 6 8 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 ' +
    '64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96'
  )
    .split(' ')
    .map((code) => code.padStart(3, '0')),
)

/** The fourth digit tells century and sex, even for men: 0 and 1 are the 1900s, 2 and 3 the 2000s. */
export const sexOf = (citizenNumber: string): 'male' | 'female' => (Number(citizenNumber[3]) % 2 ? 'female' : 'male')

export const birthYearOf = (citizenNumber: string): number =>
  1900 + Math.floor(Number(citizenNumber[3]) / 2) * 100 + Number(citizenNumber.slice(4, 6))

export function readIdentity(text: string, bearer: Bearer): Identity | { fault: Fault } {
  const value = text.trim()
  const number = signsOf(text)
  if (number === 'rounded') return { fault: { name: 'identity-number-rounded', facts: { value } } }
  if (/^\d{12}$/.test(number)) return { kind: 'citizen', number, warnings: warningsOf(number, bearer) }
  if (bearer.isForeign ? /^(?=.*\d)[A-Z0-9]{6,12}$/.test(number) : /^[A-Z]{1,2}\d{6,9}$/.test(number))
    return { kind: 'passport', number, warnings: [] }
  if (/^\d{9}$/.test(number)) return { kind: 'old', number, warnings: [] }
  if (!/^[1-9]\d{9,10}$/.test(number)) return { fault: { name: 'not-an-identity-number', facts: { value } } }
  const whole = number.padStart(12, '0')
  const isVouchedFor = bearer.birthYear !== null || bearer.sex !== null
  if (!isVouchedFor || warningsOf(whole, bearer).length > 0)
    return { fault: { name: 'identity-number-lost-zeros', facts: { value: number, digits: number.length } } }
  return { kind: 'citizen', number: whole, warnings: [{ name: 'zeros-put-back', facts: { value: number } }] }
}

function warningsOf(number: string, { birthYear, sex }: Bearer): IdentityWarning[] {
  const warnings: IdentityWarning[] = []
  const code = number.slice(0, 3)
  if (!provinces.has(code)) warnings.push({ name: 'province-unknown', facts: { code } })
  // Years are facts as text: a number would be printed with a point for its thousands.
  if (birthYear !== null && birthYear !== birthYearOf(number))
    warnings.push({
      name: 'birth-year-differs',
      facts: { said: String(birthYear), number: String(birthYearOf(number)) },
    })
  if (sex !== null && sex !== sexOf(number)) warnings.push({ name: 'sex-differs' })
  return warnings
}

/** Letters and digits alone. 1.19901E+10 is a number that Excel rounded, unless every digit still stands before the E. */
function signsOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s'"`\u2018\u2019\u00ad\u200b-\u200f\u2060\ufeff]+/g, '')
  const power = /^(\d)[.,]?(\d*)E\+?(\d{1,2})$/.exec(plain)
  if (power && plain.includes('+')) {
    const digits = power[1]! + power[2]!
    return digits.length === Number(power[3]) + 1 ? digits : 'rounded'
  }
  return plain
    .replace(/^(\d{9,12})[.,]0{1,2}$/, '$1')
    .replace(/^(CCCD|CMND|CMTND|CMT|HC|PASSPORT|ID)[:.]?(?=[A-Z]{0,2}\d)/, '')
    .replace(/[.,\-_/]/g, '')
}

/** VN, or the code of another country, by its name in Vietnamese or English or by the code; null when it is none. */
export function readCitizenship(text: string): string | null {
  const code = /^[A-Z]{2}$/.exec(text.trim())?.[0]
  if (countries.size === 0) nameCountries()
  return code
    ? new Set(countries.values()).has(code)
      ? code
      : null
    : (countries.get(fold(text).replace(/^(quoc tich|nuoc) /, '')) ?? null)
}

/** Codes of every country there is. */
export function allCitizenships(): string[] {
  if (countries.size === 0) nameCountries()
  return [...new Set(countries.values())]
}

/** Folded names of countries and their codes. */
const countries = new Map<string, string>()

function nameCountries() {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  for (const language of ['en', 'vi']) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of codes.filter((code) => !/^(X[A-Z]|Q[M-Z]|ZZ|A[AC]|E[UZ]|UN)$/.test(code))) {
      const name = names.of(code)
      // A code that was withdrawn (SU) stands for the country of today (RU).
      if (name) countries.set(fold(name), new Intl.Locale(`und-${code}`).region ?? code)
    }
  }
  const short = { vn: 'VN', vietnamese: 'VN', my: 'US', usa: 'US', anh: 'GB', nhat: 'JP', uc: 'AU', korea: 'KR' }
  for (const [name, code] of Object.entries(short)) countries.set(name, code)
}

/** Mobile numbers of eleven digits became ten in September 2018. */
const renumbered = new Map(
  (
    '120 70 121 79 122 77 123 83 124 84 125 85 126 76 127 81 128 78 129 82 162 32 163 33 164 34 165 35 166 36 ' +
    '167 37 168 38 169 39 186 56 188 58 199 59'
  )
    .match(/\d+ \d+/g)!
    .map((pair) => pair.split(' ').map((prefix) => `0${prefix}`) as [string, string]),
)

/** A Vietnamese number as 0xxxxxxxxx, the first where several stand; null when it is none. */
export function readPhone(text: string): string | null {
  const several = text.normalize('NFKC').split(/[/;,\n]| - /)
  return [text, ...several].map(readOnePhone).find((phone) => phone !== null) ?? null
}

function readOnePhone(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/^\D*?(\d{9,11})[.,]0$/, '$1')
    .replace(/^[^\d+]+/, '')
    .replace(/\(0\)/, '')
    .replace(/[\s.()'"\u00ad\u2010-\u2014\u200b-\u200f\u2060\ufeff-]/g, '')
    .replace(/^(\+84|0084|84(?=\d{9,10}$))0?/, '0')
    .replace(/^(?=[1-9]\d{8,9}$)/, '0')
  const prefix = renumbered.get(digits.slice(0, 4))
  const now = digits.length === 11 && prefix ? prefix + digits.slice(4) : digits
  return /^(0[35789]\d{8}|02\d{8,9})$/.test(now) ? now : null
}
