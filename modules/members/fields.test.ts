/** The record's fields: each has its words in both catalogues, and a typed value is read or plainly not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { record as english } from '#kernel/en/screens/record.ts'
import { record } from '#kernel/vi/screens/record.ts'
import { fields, readField, type FieldCode } from './fields.ts'

/** Any signs in any order; the first thousand, where the letters are, as often as all others. */
const sign = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 0xd7ff }))
const anyText = fc.array(sign, { maxLength: 400 }).map((signs) => String.fromCharCode(...signs))

const today = '2026-11-20'
const read = (code: FieldCode, text: string) => readField(code, text, today)

test('every field, purpose and choice has its name, and no name is left over', () => {
  expect(fields.map(({ code }) => code)).toEqual(Object.keys(record.fields))
  expect(new Set(fields.map(({ purpose }) => purpose))).toEqual(new Set(Object.keys(record.purposes)))
  for (const { code, kind, choices } of fields) {
    const named = (record.choices as Record<string, object>)[code]
    expect(choices ?? [], code).toEqual(Object.keys(named ?? {}))
    expect(choices !== undefined, code).toBe(kind === 'choice')
  }
})

test('belief, politics, hardship and bank data are sensitive; the joining form asks for nothing sensitive', () => {
  const sensitive = fields.filter((field) => field.class === 'sensitive').map(({ code }) => code)
  expect(sensitive).toEqual(['religion', 'partyProbationaryOn', 'partyOfficialOn', 'hardship', 'bankAccount'])
  const form = fields.filter((field) => field.inForm5a)
  expect(form.map(({ code }) => code)).toEqual([
    'ethnicity',
    'ancestralPlace',
    'currentAddress',
    'phone',
    'job',
    'workplace',
  ])
  expect(form.filter((field) => field.class === 'sensitive')).toEqual([])
})

test('a choice is read by its name in either language, in any case and without marks', () => {
  for (const { code, choices } of fields)
    for (const choice of choices ?? []) {
      const names = [record, english].map(
        ({ choices }) => (choices as unknown as Record<string, Record<string, string>>)[code]![choice]!,
      )
      for (const name of [
        choice,
        ...names,
        ...names.map((name) => name.toUpperCase()),
        ...names.map((name) => ` ${name.normalize('NFD')}`),
      ])
        expect(read(code, name), name).toBe(choice)
    }
  const asTyped: [FieldCode, string, string | null][] = [
    ['contractType', 'KXĐTH', 'indefinite'],
    ['contractType', 'HĐLĐ không xác định thời hạn', 'indefinite'],
    ['contractType', '12 tháng', 'fixed_term'],
    ['contractType', 'HĐ xác định thời hạn 36 tháng', 'fixed_term'],
    ['contractType', 'mùa vụ', 'seasonal'],
    ['contractType', 'abc', null],
    ['maritalStatus', 'Có gia đình', 'married'],
    ['maritalStatus', 'Chưa', 'single'],
    ['maritalStatus', 'ly dị', 'divorced'],
    ['managementRole', 'Chủ tịch HĐQT', 'board'],
    ['managementRole', 'Tổng Giám đốc', 'director'],
    ['managementRole', 'Phó hiệu trưởng', 'deputy_head'],
    ['managementRole', 'Tổ trưởng', null],
  ]
  for (const [code, typed, choice] of asTyped) expect(read(code, typed), typed).toBe(choice)
})

test('days, counts, numbers and addresses as lists hold them', () => {
  const asTyped: [FieldCode, string, string | null][] = [
    ['joinedOn', '5/3/2020', '2020-03-05'],
    ['joinedOn', '43895', '2020-03-05'],
    ['joinedOn', '5/3/20', '2020-03-05'],
    ['joinedOn', '2020', null],
    ['employedOn', '21/11/2026', null],
    ['childrenCount', '2', '2'],
    ['childrenCount', '02 con', '2'],
    ['childrenCount', '2.0', '2'],
    ['childrenCount', '0', '0'],
    ['childrenCount', '21', null],
    ['childrenCount', '2 năm', null],
    ['contractMonths', '12 tháng', '12'],
    ['contractMonths', '3 năm', '36'],
    ['contractMonths', 'dài', null],
    ['email', ' Lan.Nguyen@Gmail.com', 'lan.nguyen@gmail.com'],
    ['email', 'mailto:a@b.vn', 'a@b.vn'],
    ['email', 'lan@gmail', null],
    ['email', 'lan gmail.com', null],
    ['phone', '+84 912 345 678', '0912345678'],
    ['oldIdNumber', '12345678', '012345678'],
    ['oldIdNumber', '012.345.678', '012345678'],
    ['oldIdNumber', '1234', null],
    ['socialInsuranceNo', '123456789', '0123456789'],
    ['socialInsuranceNo', '1.23E+08', null],
    ['bankAccount', '0123456789 Vietcombank', '0123456789 Vietcombank'],
    ['bankAccount', '1.90E+13', null],
    ['cardNumber', '1234567.0', '1234567'],
    ['cardNumber', 'hn-0012', 'HN-0012'],
    ['ethnicity', 'KINH', 'Kinh'],
    ['ethnicity', 'ê đê', 'Ê Đê'],
    ['ethnicity', "H'Mông", "H'Mông"],
    ['job', `  Công\u00a0nhân\u200b  may `.normalize('NFD'), 'Công nhân may'],
    ['job', '-', null],
    ['job', ' ', null],
  ]
  for (const [code, typed, value] of asTyped) expect(read(code, typed), `${code} ${typed}`).toBe(value)
})

test('whatever is typed is read as something within bounds or not at all, and reading it again changes nothing', () => {
  const code = fc.constantFrom(...fields)
  const typed = fc.oneof(anyText, fc.stringMatching(/^[\d/. ]{1,14}$/))
  fc.assert(
    fc.property(code, typed, ({ code, kind, max }, text) => {
      const value = read(code, text)
      if (value === null) return
      expect(value).not.toBe('')
      expect(value).toBe(value.normalize('NFC').trim())
      if (kind === 'count') expect(Number(value)).toBeLessThanOrEqual(max)
      else if (kind !== 'choice') expect([...value].length).toBeLessThanOrEqual(max)
      expect(read(code, value)).toBe(value)
    }),
    { numRuns: 500 },
  )
})
