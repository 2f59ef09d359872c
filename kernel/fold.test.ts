/** Names compare without tones, case and composition, and stand in Vietnamese order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, fold, givenFirst, tidy } from './fold.ts'

const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ'
const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 6 }).map((chars) => chars.join(''))
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))

/** Any code points in any order. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 })
  .map((points) => String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff)))

test('folding knows no tone, case, composition or spacing, and folding again changes nothing', () => {
  fc.assert(
    fc.property(name, (one) => {
      const folded = fold(one)
      expect(folded).toMatch(/^[a-z]+( [a-z]+)*$/)
      for (const same of [
        one.normalize('NFD'),
        one.normalize('NFC'),
        one.toUpperCase(),
        `  ${one.replaceAll(' ', '   ')} `,
        folded,
      ])
        expect(fold(same)).toBe(folded)
      expect(givenFirst(one).split(' ').reverse().join(' ')).toBe(folded)
    }),
  )
  expect([fold('NGUYỄN Thị  Lan Anh'), fold('Đỗ Văn Đức'), fold('CĐCS - Cty (TNHH)'), fold('...')]).toEqual([
    'nguyen thi lan anh',
    'do van duc',
    'cdcs cty tnhh',
    '',
  ])
  expect(givenFirst('Nguyễn Thị Lan Anh')).toBe('anh lan thi nguyen')
})

test('any text at all folds to words of letters and digits, and never fails', () => {
  fc.assert(
    fc.property(
      anyText,
      (text) => /^[^\s%_'&|!():*\\]*( [^\s%_'&|!():*\\]+)*$/u.test(fold(text)) && fold(fold(text)) === fold(text),
    ),
  )
})

test('one form for storing', () => {
  fc.assert(
    fc.property(name, (one) => tidy(`  ${one.normalize('NFD').replaceAll(' ', ' \t\n ')} `) === one.normalize('NFC')),
  )
})

test('names stand by given name, then middle, then family, in the order of the Vietnamese alphabet', () => {
  const ordered = [
    'Lê Văn An',
    'Nguyễn Văn An',
    'Lê Thị Anh',
    'Trần Ân',
    'Lê Dung',
    'Lê Đức',
    'Lê Em',
    'Lê Ôn',
    'Lê Uyên',
    'Lê Ưng',
  ]
  expect(ordered.toReversed().sort(compareNames)).toEqual(ordered)
  fc.assert(fc.property(name, name, (a, b) => Math.sign(compareNames(a, b)) === -Math.sign(compareNames(b, a))))
})
