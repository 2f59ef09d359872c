/** Lists of other offices, typed in TCVN3 or VNI, come back as their owners read them; proper text is left alone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromTcvn3, fromVni, recogniseLegacy, toTcvn3, toVni } from './legacy.ts'
import { isSyllable } from './syllable.ts'

/** Any signs in any order; the first thousand, where the letters are, as often as all others. */
const sign = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 0xd7ff }))
const anyText = fc.array(sign, { maxLength: 40 }).map((signs) => String.fromCharCode(...signs))

const [families, middles, given] = [
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mỵ Giáp Khương Nghiêm Quách Trịnh',
  'Văn Thị Hữu Đức Ngọc Xuân Thuý Thúy Quốc Mạnh Diệu Khánh Hoài Phước Uyển Quỳnh Đăng Kiều',
  'An Ánh Bảo Bằng Cẩm Chiến Dũng Đạt Giềng Hằng Hoà Hòa Huệ Khuyến Kỳ Lẫm Loan Mẫn Mười Ngoãn Nhị Oanh Quyết Rĩnh Sửu Tuệ Thuở Trượng Uỷ Út Vỹ Xoài Yến Ẩn Ưng',
].map((words) => words!.split(' ')) as [string[], string[], string[]]
const some = (words: readonly string[], from: number, to: number) =>
  fc.array(fc.constantFrom(...words), { minLength: from, maxLength: to })
const name = fc
  .tuple(fc.constantFrom(...families), some(middles, 1, 2), fc.constantFrom(...given))
  .map(([family, middle, last]) => [family, ...middle, last].join(' '))
/** As a cell may hold it: a name, or a name in capitals. */
const written = fc.tuple(name, fc.boolean()).map(([one, isTall]) => (isTall ? one.toUpperCase() : one))

test('whatever name was typed in an old font comes back with its case, and is known by its content alone', () => {
  fc.assert(
    fc.property(written, (one) => {
      expect(fromTcvn3(toTcvn3(one))).toBe(one)
      expect(fromVni(toVni(one))).toBe(one)
    }),
  )
  const names = fc.array(written, { minLength: 3, maxLength: 20 })
  fc.assert(
    fc.property(names, (list) => {
      expect(recogniseLegacy(list.map(toTcvn3))).toBe('tcvn3')
      expect(recogniseLegacy(list.map(toVni))).toBe('vni')
    }),
  )
})

test('names in Unicode, composed or not, and names without marks, are no legacy and stay as they are', () => {
  const form = fc.constantFrom('NFC', 'NFD')
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 20 }), form, (list, form) => {
      const cells = list.map((one) => one.normalize(form))
      expect(recogniseLegacy(cells)).toBe(null)
      expect(recogniseLegacy(cells.map((cell) => cell.normalize('NFD').replace(/\p{M}/gu, '')))).toBe(null)
      for (const cell of cells.filter((cell) => /[ăđĩũơư\u1ea0-\u1ef9]/i.test(cell.normalize('NFC'))))
        expect([fromTcvn3(cell), fromVni(cell)]).toEqual([cell, cell])
    }),
  )
})

test('texts as they stand in real files', () => {
  const tcvn3: Record<string, string> = {
    'NguyÔn V¨n An': 'Nguyễn Văn An',
    'TrÇn ThÞ HuÖ': 'Trần Thị Huệ',
    'NGUYÔN THÞ H\xb5': 'NGUYỄN THỊ HÀ',
    'Lª Hoµng ¸nh': 'Lê Hoàng Ánh',
    'L­¬ng §×nh Cña': 'Lương Đình Của',
    Tó: 'Tú',
    'C«ng ty TNHH DÖT MAY Hµ Néi': 'Công ty TNHH DỆT MAY Hà Nội',
    'Hµ Néi – ViÖt Nam': 'Hà Nội – Việt Nam',
    'ngµy sinh': 'ngày sinh',
    'H\u03bc Néi': 'Hà Nội',
  }
  for (const [raw, read] of Object.entries(tcvn3)) expect(fromTcvn3(raw)).toBe(read)
  const vni: Record<string, string> = {
    'Nguyeãn Vaên An': 'Nguyễn Văn An',
    'HUYØNH THÒ MYÕ LEÄ': 'HUỲNH THỊ MỸ LỆ',
    'Ñoã Höõu AÙnh': 'Đỗ Hữu Ánh',
    'Traàn Aùnh': 'Trần Ánh',
    'Lyù Thöôøng Kieät': 'Lý Thường Kiệt',
    'Mî Chaâu': 'Mỵ Châu',
    'Ngaøy sinh, giôùi tính': 'Ngày sinh, giới tính',
  }
  for (const [raw, read] of Object.entries(vni)) expect(fromVni(raw)).toBe(read)
})

test('every letter has the code that the two standards give it', () => {
  const letters = 'àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂĐÊÔƠƯ'
  const tcvn3 =
    '\xb5\xb6\xb7\xb8\xb9\xa8\xbb\xbc\xbd\xbe\xc6\xa9\xc7\xc8\xc9\xca\xcb\xae\xcc\xce\xcf\xd0\xd1\xaa\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xab\xe5\xe6\xe7\xe8\xe9\xac\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xad\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xa1\xa2\xa7\xa3\xa4\xa5\xa6'
  expect(toTcvn3(letters)).toBe(tcvn3)
  const vni: [string, string][] = [
    ['áàảãạâấầẩẫậăắằẳẵặ', 'aùaøaûaõaïaâaáaàaåaãaäaêaéaèaúaüaë'],
    ['éèẻẽẹêếềểễệ', 'eùeøeûeõeïeâeáeàeåeãeä'],
    ['íìỉĩịýỳỷỹỵđ', 'íìæóòyùyøyûyõîñ'],
    ['óòỏõọôốồổỗộơớờởỡợ', 'oùoøoûoõoïoâoáoàoåoãoäôôùôøôûôõôï'],
    ['úùủũụưứừửữự', 'uùuøuûuõuïööùöøöûöõöï'],
  ]
  for (const [read, typed] of vni) {
    expect([toVni(read), toVni(read.toUpperCase())]).toEqual([typed, typed.toUpperCase()])
    expect(fromVni(`b${typed}`)).toBe(`b${read}`)
  }
})

test('capitals of the full TCVN3 table are read in both dresses of their codes, and dashes stay dashes', () => {
  expect(['H\x80 N\x98', 'H€ N˜', 'Đ'].map(fromTcvn3)).toEqual(['HÀ NỜ', 'HÀ NỜ', 'Đ'])
  expect(fromTcvn3('1990–1995 “§oµn” …')).toBe('1990–1995 “Đoàn” …')
})

test('English, French and other neighbours are no legacy, nor are signs of measure and of trade', () => {
  const foreign = [
    'Müller',
    'Loïc',
    'Loïc Géraud',
    'François Hollande',
    'Anaïs',
    'naïve',
    'Hôtel de la Côte d’Azur',
    'Zoë',
    'São João',
    'München für Köln',
    'Ibáñez Núñez',
    '5 µm',
    '25 m²',
    '«Vin» nº 5',
    '§ 5',
    'Sony® Kido© TV',
    'O’Brien',
    '1990–1995',
    'garçon à l’école, déjà vu, forêt, Noël',
    'Ærø',
    '€ 100',
    '™',
    'Nguyen Van A',
  ]
  for (const one of foreign) expect(recogniseLegacy([one]), one).toBe(null)
  expect(recogniseLegacy(foreign)).toBe(null)
  expect(recogniseLegacy([])).toBe(null)
})

test('one legacy name among twenty plain ones is seen; in a column that is Unicode it is not forced on the others', () => {
  const plain = Array.from({ length: 20 }, () => 'Nguyen Van A')
  expect(recogniseLegacy([...plain, 'TrÇn ThÞ B×nh'])).toBe('tcvn3')
  expect(recogniseLegacy([...plain, 'Traàn Thò Bình'])).toBe('vni')
  expect(recogniseLegacy([...plain, 'Loïc'])).toBe(null)
  expect(recogniseLegacy([...plain.map(() => 'Lê Văn Bình'), 'TrÇn ThÞ B×nh'])).toBe(null)
  expect(recogniseLegacy(['TrÇn ThÞ B×nh', 'NguyÔn V¨n An', 'Lê Văn Bình'])).toBe('tcvn3')
})

test('any text at all is read without failing, and plain letters never change', () => {
  fc.assert(
    fc.property(anyText, (one) => {
      recogniseLegacy([one])
      expect(typeof fromTcvn3(one) + typeof fromVni(one)).toBe('stringstring')
    }),
  )
  const plain = fc.stringMatching(/^[ -~]{0,30}$/)
  fc.assert(
    fc.property(plain, (one) => fromTcvn3(one) === one && fromVni(one) === one && recogniseLegacy([one]) === null),
  )
})

test('a syllable is a start, a rime, and one tone where it belongs', () => {
  const good = 'nguyễn giềng giết gì quý quốc quyên hoà hòa thúy thuý khuya mười yêu uống Ý ĐƯỜNG oánh xoay huỳnh ngoẹo'
  const bad = 'nguyển9 hoã̀n hãt tuàn NguyễN quổc2 cáôn ng bcà đ xôá wă müller loïc jör tặo lèa đễủ'
  expect(good.split(' ').filter((word) => !isSyllable(word))).toEqual([])
  expect(bad.split(' ').filter(isSyllable)).toEqual([])
})
