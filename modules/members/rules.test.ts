/** Who may join, and whether a row names a person: every wrong row is told, and no right one is refused. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#kernel/day.ts'
import {
  addMonths,
  ageOn,
  faultsOfTwins,
  maskIdentity,
  readPerson,
  readSex,
  refuseKnown,
  type Known,
  type Person,
} from './rules.ts'

const right = { fullName: 'Nguyễn Thị Lan', birthDate: '1/2/1990', sex: 'Nữ', identityNumber: '001200000001' }
const namesOf = (change: Partial<typeof right>) =>
  readPerson({ ...right, ...change }, 3).faults.map((fault) => fault.name)
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1980-01-01', days))

test('a row is read whole or told wrong, never both, and every fault names its line', () => {
  const cell = fc.oneof(
    fc.constantFrom('Lan', '1/1/1990', 'nam', 'nữ', '001200000001', '31/02/1990', '', ' '),
    fc.string({ maxLength: 15 }),
  )
  fc.assert(
    fc.property(fc.record({ fullName: cell, birthDate: cell, sex: cell, identityNumber: cell }), (entry) => {
      const { person, faults } = readPerson(entry, 7)
      expect(person === null).toBe(faults.length > 0)
      expect(faults.every((fault) => fault.line === 7)).toBe(true)
    }),
  )
  expect(
    readPerson(
      { fullName: '  nguyễn   thị lan ', birthDate: '1.2.90', sex: 'NỮ', identityNumber: "'001 200-000.001 " },
      1,
    ).person,
  ).toEqual({
    line: 1,
    fullName: 'nguyễn thị lan',
    birthDate: '1990-02-01',
    sex: 'female',
    identityNumber: '001200000001',
  })
})

test('each thing wrong with a row has its name; all of them are told at once', () => {
  expect(namesOf({})).toEqual([])
  expect(namesOf({ fullName: ' - ' })).toEqual(['name-missing'])
  expect(namesOf({ birthDate: '31/02/1990' })).toEqual(['not-a-birth-date'])
  expect(namesOf({ sex: 'x' })).toEqual(['not-a-sex'])
  for (const digits of ['1200000001', '01200000001'])
    expect(namesOf({ identityNumber: digits }), digits).toEqual(['identity-number-lost-zeros'])
  for (const digits of ['', '12345', '123456789', '0012000000012', 'B1234567', '00120000000x', '٠٠١٢٠٠٠٠٠٠٠١'])
    expect(namesOf({ identityNumber: digits }), digits).toEqual(['not-an-identity-number'])
  expect(namesOf({ fullName: '', birthDate: '', sex: '', identityNumber: '' })).toEqual([
    'name-missing',
    'not-a-birth-date',
    'not-a-sex',
    'not-an-identity-number',
  ])
  expect(['Nam', 'NAM ', 'nữ', 'Nu', 'N\u0075\u031b\u0303', 'Female', 'm', '', 'nam nữ'].map(readSex)).toEqual([
    'male',
    'male',
    'female',
    'female',
    'female',
    'female',
    'male',
    null,
    null,
  ])
})

test('whoever stands twice in a list is told at each later line, with the first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 12 }), (numbers) => {
      const list = numbers.map((number, index): Person => ({
        line: index + 1,
        fullName: 'A B',
        birthDate: '1990-01-01',
        sex: 'male',
        identityNumber: String(number),
      }))
      const told = faultsOfTwins(list).map((fault) => [fault.line, fault.facts!['first']])
      expect(told).toEqual(
        numbers.flatMap((number, index) =>
          numbers.indexOf(number) < index ? [[index + 1, numbers.indexOf(number) + 1]] : [],
        ),
      )
    }),
  )
})

const person: Person = {
  line: 2,
  fullName: 'Nguyễn Thị Lan',
  birthDate: '1990-02-01',
  sex: 'female',
  identityNumber: '001200000001',
}
const known = (change: Partial<Known>): Known => ({
  fullName: 'NGUYEN THI LAN',
  birth: '1990-02-01',
  unitName: 'CĐCS A',
  since: '2020-01-01',
  leftOn: null,
  leftKind: null,
  isVisible: true,
  ...change,
})
const rule = { months: 3, law: 'HD 38' }

test('who left may come again three months later to the day, and who was ended at once', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: -5, max: 200 }),
      fc.constantFrom('left', 'expelled', 'ended', 'sent'),
      (leftOn, days, leftKind) => {
        const on = addDays(leftOn, days)
        const fault = refuseKnown(person, known({ since: '1979-01-01', leftOn, leftKind }), on, rule)
        const waits = leftKind === 'left' || leftKind === 'expelled'
        const expected =
          days < 0 ? 'already-a-member' : waits && on < addMonths(leftOn, 3) ? 'rejoins-too-soon' : undefined
        expect(fault?.name).toBe(expected)
      },
    ),
  )
  const refused = refuseKnown(person, known({ leftOn: '2024-11-30', leftKind: 'left' }), '2025-02-27', rule)
  expect(refused).toEqual({
    name: 'rejoins-too-soon',
    line: 2,
    facts: { name: 'Nguyễn Thị Lan', leftOn: '2024-11-30', from: '2025-02-28', law: 'HD 38' },
  })
  expect(refuseKnown(person, known({ leftOn: '2024-11-30', leftKind: 'left' }), '2025-02-28', rule)).toBeNull()
})

test('a member elsewhere is told where only to who may see it; a number that is somebody else is never admitted', () => {
  expect(refuseKnown(person, known({}), '2024-01-01', rule)).toMatchObject({
    name: 'already-a-member',
    facts: { unit: 'CĐCS A' },
  })
  expect(
    JSON.stringify(refuseKnown(person, known({ isVisible: false, unitName: 'CĐCS B' }), '2024-01-01', rule)),
  ).not.toContain('CĐCS B')
  for (const other of [known({ fullName: 'Nguyễn Thị Lê' }), known({ birth: '1990-02-02' }), known({ birth: '1991' })])
    expect(refuseKnown(person, other, '2024-01-01', rule)!.name).toBe('another-person-here')
  expect(
    JSON.stringify(refuseKnown(person, known({ fullName: 'Trần Văn Ẩn', isVisible: false }), '2024-01-01', rule)),
  ).not.toContain('Ẩn')
  expect(refuseKnown(person, known({ since: null, unitName: null }), '2024-01-01', rule)).toBeNull()
})

test('months later is the same date, or the last day of a shorter month; an age is reached on the birthday', () => {
  expect([
    addMonths('2024-11-30', 3),
    addMonths('2023-11-30', 3),
    addMonths('2024-10-31', 1),
    addMonths('2024-12-15', 1),
  ]).toEqual(['2025-02-28', '2024-02-29', '2024-11-30', '2025-01-15'])
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 24 }), (from, months) => {
      const later = addMonths(from, months)
      const apart =
        (Number(later.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
        Number(later.slice(5, 7)) -
        Number(from.slice(5, 7))
      expect(apart).toBe(months)
      expect(later.slice(8) === from.slice(8) || addDays(later, 1).endsWith('-01')).toBe(true)
    }),
  )
  expect([
    ageOn('2010-03-15', '2025-03-14'),
    ageOn('2010-03-15', '2025-03-15'),
    ageOn('2008-02-29', '2023-02-28'),
    ageOn('2008-02-29', '2023-03-01'),
  ]).toEqual([14, 15, 14, 15])
})

test('a masked number shows its tail and the length of the rest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), (tail) => maskIdentity(String(tail).padStart(3, '0')).length === 12),
  )
  expect(maskIdentity('123')).toBe('•••••••••123')
})
