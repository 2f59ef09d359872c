/** Numbers of people: what is told by a citizen number, what only warns, and what Excel has cut off beyond repair or not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { record as english } from '#kernel/en/screens/record.ts'
import { record } from '#kernel/vi/screens/record.ts'
import { birthYearOf, readCitizenship, readIdentity, readPhone, sexOf, type Bearer } from './identity.ts'

/** Any signs in any order; the first thousand, where the letters are, as often as all others. */
const sign = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 0xd7ff }))
const anyText = fc.array(sign, { maxLength: 40 }).map((signs) => String.fromCharCode(...signs))

const provinces =
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(
    ' ',
  )
const bearer = fc.record({
  province: fc.constantFrom(...provinces),
  birthYear: fc.integer({ min: 1930, max: 2010 }),
  sex: fc.constantFrom('male' as const, 'female' as const),
  serial: fc.integer({ min: 0, max: 999_999 }),
})
type One = typeof bearer extends fc.Arbitrary<infer T> ? T : never
const numberOf = ({ province, birthYear, sex, serial }: One) => {
  const century = (birthYear >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0)
  return `${province}${century}${String(birthYear).slice(2)}${String(serial).padStart(6, '0')}`
}
const nobody: Bearer = { birthYear: null, sex: null }
const warned = (text: string, who: Bearer) => {
  const read = readIdentity(text, who)
  return 'fault' in read ? read.fault.name : read.warnings.map((warning) => warning.name)
}

test('a citizen number agrees with its bearer, however it is spaced, and contradicts anybody of another year or sex', () => {
  const dress = fc.constantFrom(
    (n: string) => n,
    (n: string) => ` '${n} `,
    (n: string) => n.replace(/(...)(?=.)/g, '$1 '),
    (n: string) => n.replace(/(...)(?=.)/g, '$1.'),
    (n: string) => `\u200b${n.slice(0, 6)}\u00a0${n.slice(6)}\ufeff`,
    (n: string) => `"${n}"`,
    (n: string) => `CCCD: ${n}`,
    (n: string) => n.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  )
  fc.assert(
    fc.property(bearer, dress, (one, dress) => {
      const number = numberOf(one)
      expect(readIdentity(dress(number), one)).toEqual({ kind: 'citizen', number, warnings: [] })
      expect(readIdentity(dress(number), nobody)).toEqual({ kind: 'citizen', number, warnings: [] })
      expect([birthYearOf(number), sexOf(number)]).toEqual([one.birthYear, one.sex])
      const other: Bearer = { birthYear: one.birthYear + 1, sex: one.sex === 'male' ? 'female' : 'male' }
      expect(warned(number, other)).toEqual(['birth-year-differs', 'sex-differs'])
    }),
  )
  const said = readIdentity('001190000001', { birthYear: 1991, sex: 'female' })
  expect(said).toMatchObject({ warnings: [{ name: 'birth-year-differs', facts: { said: '1991', number: '1990' } }] })
})

test('all 63 provinces of before 2025 are known, and no other code is', () => {
  const codes = Array.from({ length: 1000 }, (_, code) => String(code).padStart(3, '0'))
  expect(codes.filter((code) => !warned(`${code}090000001`, nobody).includes('province-unknown'))).toEqual(provinces)
  expect(provinces).toHaveLength(63)
})

test('zeros that Excel dropped come back only where province, birth year and sex vouch for them', () => {
  fc.assert(
    fc.property(bearer, (one) => {
      const number = numberOf(one)
      const short = String(Number(number))
      fc.pre(short.length >= 10)
      for (const cut of [short, `${short}.0`, `${short[0]}.${short.slice(1)}E+${short.length - 1}`]) {
        const facts = { value: short }
        const warnings = [{ name: 'zeros-put-back', facts }]
        expect(readIdentity(cut, one)).toEqual({ kind: 'citizen', number, warnings })
        expect(readIdentity(cut, { ...one, sex: null })).toEqual({ kind: 'citizen', number, warnings })
      }
      expect(warned(short, nobody)).toBe('identity-number-lost-zeros')
      expect(warned(short, { ...one, birthYear: one.birthYear - 1 })).toBe('identity-number-lost-zeros')
      expect(warned(short, { ...one, sex: one.sex === 'male' ? 'female' : 'male' })).toBe('identity-number-lost-zeros')
    }),
  )
})

test('a number that Excel rounded is beyond repair, and a short or long one is none', () => {
  const who: Bearer = { birthYear: 1990, sex: 'male' }
  const rounded = ['1.19901E+10', '1,19901E+10', '1.2E+11', '1E+09', ' 1.19901e+10 ']
  expect(rounded.map((text) => warned(text, who))).toEqual(rounded.map(() => 'identity-number-rounded'))
  const none = ['', 'abc', '12345678', '0010900001', '01090000001', '0010900000012', '0912345678', '001o90000001']
  expect(none.map((text) => warned(text, who))).toEqual(none.map(() => 'not-an-identity-number'))
})

test('old cards are nine digits, passports letters and digits; a foreigner’s passport may be digits alone', () => {
  const kind = (text: string, who: Bearer = nobody) => {
    const read = readIdentity(text, who)
    return 'fault' in read ? read.fault.name : [read.kind, read.number, read.warnings.length]
  }
  expect(kind('012345678')).toEqual(['old', '012345678', 0])
  expect(kind('CMND 012.345.678')).toEqual(['old', '012345678', 0])
  expect(kind('b1234567')).toEqual(['passport', 'B1234567', 0])
  expect(kind('EA 1234567')).toEqual(['passport', 'EA1234567', 0])
  const foreigner: Bearer = { ...nobody, isForeign: true }
  expect(kind('533380006', foreigner)).toEqual(['passport', '533380006', 0])
  expect(kind('C01X00T47', foreigner)).toEqual(['passport', 'C01X00T47', 0])
  expect(kind('M123A4567')).toBe('not-an-identity-number')
  expect(kind('KOREAN', foreigner)).toBe('not-an-identity-number')
})

test('any text at all is read without failing: a fault with what was typed, or a number of its kind', () => {
  const text = fc.oneof(anyText, fc.stringMatching(/^[\dA-Z .E+]{1,16}$/))
  const shape = { citizen: /^\d{12}$/, passport: /^[A-Z0-9]{6,12}$/, old: /^\d{9}$/ }
  fc.assert(
    fc.property(text, fc.boolean(), (one, isForeign) => {
      const read = readIdentity(one, { birthYear: 1990, sex: 'male', isForeign })
      if ('fault' in read) expect(read.fault.facts).toHaveProperty('value')
      else expect(read.number).toMatch(shape[read.kind])
    }),
  )
})

test('each warning speaks both languages and asks for the facts it is given', () => {
  const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, fact]) => fact!).sort()
  const given: Record<keyof typeof record.warnings, string[]> = {
    'zeros-put-back': ['value'],
    'province-unknown': ['code'],
    'birth-year-differs': ['number', 'said'],
    'sex-differs': [],
    'sex-from-number': [],
    'birth-from-number': [],
    'old-number-kept': [],
    'field-left-out': ['field', 'value'],
    'sex-differs-here': [],
  }
  for (const [name, wanted] of Object.entries(given)) {
    const key = name as keyof typeof given
    expect([facts(record.warnings[key]), facts(english.warnings[key])], name).toEqual([wanted, wanted])
  }
})

test('a phone number is ten digits from zero, whatever was lost or added; numbers of before 2018 are renumbered', () => {
  const mobile = fc.tuple(fc.constantFrom(...'35789'), fc.integer({ min: 0, max: 99_999_999 }))
  fc.assert(
    fc.property(mobile, ([first, rest]) => {
      const bare = `${first}${String(rest).padStart(8, '0')}`
      const spaced = `0${bare.slice(0, 3)} ${bare.slice(3, 6)} ${bare.slice(6)}`
      const dresses = [
        bare,
        `0${bare}`,
        `+84${bare}`,
        `+84 0${bare}`,
        `0084${bare}`,
        `84${bare}`,
        `(+84) ${bare}`,
        spaced,
        spaced.replaceAll(' ', '.'),
        spaced.replaceAll(' ', '-'),
        `'0${bare}`,
        `${bare}.0`,
        `ĐT: 0${bare}`,
        `0${bare} / 0912000000`,
        `0${bare}; 0912000000`,
        `\u200e0${bare}\u00a0`,
      ]
      for (const dress of dresses) expect(readPhone(dress), dress).toBe(`0${bare}`)
    }),
  )
  const old = {
    '01689123456': '0389123456',
    '1689123456': '0389123456',
    '0120 123 4567': '0701234567',
    '+841993334444': '0593334444',
  }
  for (const [typed, now] of Object.entries(old)) expect(readPhone(typed), typed).toBe(now)
  expect(['024 3942 1234', '0203.3825.678'].map(readPhone)).toEqual(['02439421234', '02033825678'])
  const none = [
    '',
    '123',
    '0112345678',
    '091234567',
    '09123456789',
    '9.12E+08',
    'không có',
    '+82 10 1234 5678',
    '001090000001',
  ]
  expect(none.map(readPhone)).toEqual(none.map(() => null))
})

test('a citizenship is known by its name in either language, or its code', () => {
  const said = [
    'Việt Nam',
    'VIET NAM',
    'VN',
    'Vietnam',
    'Quốc tịch Việt Nam',
    'Hàn Quốc',
    'Trung Quốc',
    'China',
    'Mỹ',
    'MY',
    'Nga',
    'Đài Loan',
    'Nhật Bản',
    'Đức',
  ]
  expect(said.map(readCitizenship)).toEqual('VN VN VN VN VN KR CN CN US MY RU TW JP DE'.split(' '))
  expect(['', 'Kinh', 'x', 'ZZ', '12', 'SU'].map(readCitizenship)).toEqual(Array(6).fill(null))
})
