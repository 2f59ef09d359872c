/** Every meaning a column may have can be chosen, once; what a choice lacks is told before the file is read. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phrases } from '#kernel/phrases.ts'
import { groups, letterOf, wantingIn } from './columnfields.ts'

test('each field the server reads stands in one group and has a name', () => {
  const { columns, fields } = phrases.vi.screens.record
  const offered = groups.flatMap((group) => group.fields)
  expect([...offered].sort()).toEqual([...Object.keys(columns), ...Object.keys(fields)].sort())
  expect(Object.keys(phrases.vi.screens.imports.groups)).toEqual(groups.map(({ group }) => group))
})

test('columns are called as Excel calls them', () => {
  expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
    'A',
    'B',
    'Z',
    'AA',
    'AB',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ])
  fc.assert(fc.property(fc.nat(400), fc.nat(400), (one, other) => one === other || letterOf(one) !== letterOf(other)))
})

test('what a choice of columns lacks', () => {
  const said = (isUpper: boolean, ...fields: (string | null)[]) =>
    wantingIn(
      fields.map((field, index) => ({ index, field })),
      isUpper,
    )
  const fine = { missing: null, warnings: [], twice: [] }
  expect(said(false, null, 'fullName', 'birthDate', 'sex')).toEqual(fine)
  expect(said(false, 'identityNumber')).toEqual(fine)
  expect(said(false, 'familyName', 'givenName', 'birthIfMale', 'birthIfFemale')).toEqual(fine)
  expect(said(false, 'phone', 'birthDate', 'sex').missing).toBe('needsName')
  expect(said(true, 'fullName', 'birthDate', 'sex').missing).toBe('needsUnionColumn')
  expect(said(true, 'fullName', 'birthDate', 'sex', 'unionCode')).toEqual(fine)
  expect(said(false, 'fullName').warnings).toEqual(['withoutSex', 'withoutBirth'])
  expect(said(false, 'fullName', 'phone', 'birthDate', 'sex', 'phone').twice).toEqual([
    { field: 'phone', indexes: [1, 4] },
  ])
})
