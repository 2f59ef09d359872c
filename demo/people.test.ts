/** Invented people and employers are told apart by their numbers, and the numbers agree with what they stand for. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openChance } from './chance.ts'
import { checkDigit } from '#modules/employers/rules.ts'
import { openRegister } from './employers.ts'
import { invitePeople } from './people.ts'
import { shareOut } from './shares.ts'

const invite = (seed: number, count: number) => {
  const next = invitePeople(seed)
  return Array.from({ length: count }, (_, index) => next(index % 3 === 0 ? 'male' : 'female', '2024-02-29'))
}

test('the same seed invites the same people, another seed others', () => {
  expect(invite(7, 50)).toEqual(invite(7, 50))
  expect(invite(7, 50)).not.toEqual(invite(8, 50))
})

test('nobody shares an identity number; it tells sex, century and year; everybody is 18 to 58', () => {
  const people = invite(1, 30_000)
  expect(new Set(people.map(({ identityNumber }) => identityNumber)).size).toBe(people.length)
  for (const { identityNumber, birthDate, sex, fullName } of people) {
    expect(identityNumber).toMatch(/^\d{12}$/)
    const century = birthDate.startsWith('19') ? 0 : 2
    expect(identityNumber.slice(3, 6)).toBe(`${century + (sex === 'female' ? 1 : 0)}${birthDate.slice(2, 4)}`)
    expect(birthDate >= '1966-02-28' && birthDate <= '2006-02-28').toBe(true)
    expect(fullName.split(' ').length).toBeGreaterThanOrEqual(3)
    expect(fullName).toBe(fullName.normalize('NFC'))
  }
  const nguyen = people.filter(({ fullName }) => fullName.startsWith('Nguyễn ')).length / people.length
  expect(nguyen).toBeGreaterThan(0.26)
  expect(nguyen).toBeLessThan(0.36)
})

test('check digits of tax codes are those of the known codes', () => {
  expect(checkDigit('010004751')).toBe(6)
  expect(checkDigit('010023348')).toBe(8)
})

test('employers have valid tax codes and no name twice, also where a ward has few schools', () => {
  const name = openRegister(3)
  const unions = Array.from({ length: 3_000 }, (_, index) =>
    name(
      {
        kind: index % 9 ? 'grassroots' : 'occupational',
        sector: index % 2 ? 'state' : 'non_state',
        enterprise: index % 5 > 1,
      },
      'Kim Liên',
    ),
  )
  expect(new Set(unions.map((union) => union.name)).size).toBe(unions.length)
  const codes = unions.flatMap(({ employer }) => employer?.taxCode ?? [])
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(checkDigit(code.slice(0, 9))).toBe(Number(code[9]))
})

test('shares add up to the whole and keep their bounds', () => {
  const part = fc.record({ weight: fc.double({ min: 0, max: 9, noNaN: true }), min: fc.nat(20), room: fc.nat(50) })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), fc.nat(), (parts, seed) => {
      const least = parts.reduce((sum, { min }) => sum + min, 0)
      const total =
        least +
        openChance(seed, 'total').whole(
          0,
          parts.reduce((sum, { room }) => sum + room, 0),
        )
      const shares = shareOut(
        total,
        parts.map(({ weight, min, room }) => ({ weight, min, max: min + room })),
      )
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
      parts.forEach(({ min, room }, index) => {
        expect(shares[index]).toBeGreaterThanOrEqual(min)
        expect(shares[index]).toBeLessThanOrEqual(min + room)
      })
    }),
  )
})
