/** Legacy text: TCVN3 (.VnTime) and VNI as cells hold it once the font is forgotten; known by content, put into Unicode.
 *  Text that is Vietnamese already, plain letters, English and French are left as they are. */
import { fold } from './fold.ts'
import { isSyllable } from './syllable.ts'

export type LegacyEncoding = 'tcvn3' | 'vni'

const toneMarks = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const compose = (spelled: string) => spelled.normalize('NFC')
const shaped = ['a\u0306', 'a\u0302', 'e\u0302', 'o\u0302', 'o\u031b', 'u\u031b'].map(compose)
const vowels = ['a', shaped[0]!, shaped[1]!, 'e', shaped[2]!, 'i', 'o', shaped[3]!, shaped[4]!, 'u', shaped[5]!, 'y']
const toned = vowels.flatMap((vowel) => toneMarks.map((mark) => compose(vowel + mark)))

/** Pairs the codes of a table, written in hex, with the letters they show. */
const table = (hex: string, letters: readonly string[]) =>
  hex.split(' ').map((code, at): [string, string] => [String.fromCharCode(Number.parseInt(code, 16)), letters[at]!])

/** Vowel by vowel in alphabetical order, each with its tones: grave, hook, tilde, acute, dot. */
const tcvn3 = new Map([
  ...table(
    'b5 b6 b7 b8 b9 bb bc bd be c6 c7 c8 c9 ca cb cc ce cf d0 d1 d2 d3 d4 d5 d6 d7 d8 dc dd de df e1 e2 e3 e4 ' +
      'e5 e6 e7 e8 e9 ea eb ec ed ee ef f1 f2 f3 f4 f5 f6 f7 f8 f9 fa fb fc fd fe',
    toned,
  ),
  ...table('a8 a9 aa ab ac ad ae', [...shaped, '\u0111']),
  ...table(
    'a1 a2 a3 a4 a5 a6 a7',
    [...shaped, '\u0111'].map((letter) => letter.toUpperCase()),
  ),
  ['\u03bc', compose('a\u0300')],
])

/** Toned capitals, which few files have: most print small codes with a font of capitals (.VnTimeH). */
const tcvn3Capitals = new Map(
  table(
    '80 81 82 83 84 af ba bf c0 85 c1 c2 c3 c4 86 87 88 89 8a 8b c5 cd d9 da 8c 8d 8e 8f 90 91 92 93 94 95 96 ' +
      'db e0 f0 ff 97 98 99 9a 9b 9c 9d 9e 9f 1 2 4 5 6 11 12 13 14 15 16 17',
    toned.map((letter) => letter.toUpperCase()),
  ),
)

/** What windows-1252 shows for the codes 80 to 9f; five of them are empty. */
const windows =
  '\u20ac \u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152 \u017d  \u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153 \u017e\u0178'
const codeOf = (sign: string) => {
  const at = sign === ' ' ? -1 : windows.indexOf(sign)
  return at < 0 ? sign : String.fromCharCode(0x80 + at)
}

/** VNI writes a vowel and then its marks; i, y with a dot, and the letters with a horn have codes of their own. */
const vniVowels = new Map([
  ...table('ec e6 f3 ed f2', toned.slice(25, 30)),
  ...table('f4 f6 f1 ee', [shaped[4]!, shaped[5]!, '\u0111', toned.at(-1)!]),
])
const vniMarks = new Map([
  ...table('f8 fb f5 f9 ef', toneMarks),
  ...table(
    'ea e8 fa fc e9 eb',
    ['', ...toneMarks].map((tone) => `\u0306${tone}`),
  ),
  ...table(
    'e2 e0 e5 e3 e1 e4',
    ['', ...toneMarks].map((tone) => `\u0302${tone}`),
  ),
])

const wordsOf = (text: string) => text.split(/[\s!-@[-`{-~]+/).filter(Boolean)
const hasMarks = (word: string) => /[^\0-\x7f]/.test(word)
/** Vietnamese letters that neither encoding could have left behind. */
const isUnicode = (text: string) =>
  /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/.test(text.normalize('NFC'))

export function fromTcvn3(text: string): string {
  return unlessProper(text, (raw) => {
    const isPrintedInCapitals = !/[a-z]/.test(raw) && wordsOf(raw).some(isInCapitals)
    const isName = /\s[A-Z]|[A-Z]\S*\s/.test(raw) && !/(^|\s)[a-z]/.test(raw)
    return raw
      .split(/(\s+)/)
      .map((word) => {
        const small = tcvn3Word(word)
        if (isPrintedInCapitals || isInCapitals(word)) return small.toUpperCase()
        return isName && tcvn3.has(word[0]!) ? small[0]!.toUpperCase() + small.slice(1) : small
      })
      .join('')
  })
}

const isInCapitals = (word: string) => /.[A-Z]/.test(word) && !/[a-z]/.test(word)

function tcvn3Word(word: string): string {
  const small = [...word].map((sign) => tcvn3.get(sign) ?? sign).join('')
  const whole = [...word].map((sign) => tcvn3Capitals.get(codeOf(sign)) ?? tcvn3.get(sign) ?? sign).join('')
  // The same codes are dashes and quotation marks: they are letters only where they make a word.
  return /[a-z]/i.test(word) && whole !== small && wordsOf(whole).every(isSyllable) ? whole : small
}

export function fromVni(text: string): string {
  return unlessProper(text, (raw) => {
    let read = ''
    for (const sign of raw) {
      const [small, last] = [sign.toLowerCase(), read.slice(-1)]
      const isCapital = small !== sign
      const mark = /[aeouy\u01a1\u01b0]/i.test(last) ? vniMarks.get(small) : undefined
      const both = mark === undefined ? '' : compose(last + mark)
      const own = vniVowels.get(small)
      if (both.length === 1) read = read.slice(0, -1) + both
      else read += own === undefined ? sign : isCapital ? own.toUpperCase() : own
    }
    return read
  })
}

/** Decodes, unless the text is Unicode, or reads as Vietnamese as it stands and as nothing else. */
function unlessProper(text: string, decode: (raw: string) => string): string {
  const raw = text.normalize('NFC')
  if (isUnicode(raw)) return text
  const read = decode(raw)
  const marked = wordsOf(raw).filter(hasMarks)
  const isProper = marked.every(isSyllable) && !wordsOf(read).filter(hasMarks).every(isSyllable)
  return isProper ? text : read
}

const decoders: Record<LegacyEncoding, (text: string) => string> = { tcvn3: fromTcvn3, vni: fromVni }
/** Words so frequent in names that one of them tells as much as two others. */
const frequent = new Set('nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong dinh van thi'.split(' '))

/** The encoding of a column's cells, or null. One legacy name among plain ones is enough; one odd foreign word is not, and
 *  where most cells are Unicode already the rest should be asked about one by one. */
export function recogniseLegacy(samples: readonly string[]): LegacyEncoding | null {
  const cells = samples.filter(hasMarks)
  const found = (['tcvn3', 'vni'] as const).map((encoding) => {
    const told = new Map<string, number>()
    let [votes, against] = [0, 0]
    for (const cell of cells) {
      const seen = evidenceOf(cell, encoding)
      if (seen === 'proper') against++
      else if (seen.size > 0) votes++
      if (seen !== 'proper') for (const [word, weight] of seen) told.set(word, weight)
    }
    const weight = [...told.values()].reduce((sum, one) => sum + one, 0)
    return { encoding, weight: weight >= 2 && votes > against ? weight : 0 }
  })
  const [best, other] = found.toSorted((a, b) => b.weight - a.weight)
  return best!.weight > other!.weight ? best!.encoding : null
}

/** Words that are Vietnamese only when decoded, each with its weight; none unless (almost) all of the cell decodes. */
function evidenceOf(cell: string, encoding: LegacyEncoding): 'proper' | Map<string, number> {
  if (isUnicode(cell)) return 'proper'
  const marked = wordsOf(cell.normalize('NFC')).filter(hasMarks)
  const read = marked.map((word) => ({ word, decoded: decoders[encoding](word) }))
  const good = read.filter(({ decoded }) => isSyllable(decoded))
  if (good.length < read.length * 0.8) return marked.every(isSyllable) ? 'proper' : new Map()
  const telling = good.filter(({ word }) => !isSyllable(word))
  return new Map(
    telling.map(({ word, decoded }) => {
      const isOddInside = /[a-z][\xa1-\xbe]|^\xa7/i.test(word)
      return [word, isOddInside || frequent.has(fold(decoded)) ? 2 : 1]
    }),
  )
}

const invert = (map: ReadonlyMap<string, string>) => new Map([...map].map(([code, letter]) => [letter, code]))
const [tcvn3Codes, vniCodes, vniMarkCodes] = [invert(tcvn3), invert(vniVowels), invert(vniMarks)]

/** As a Vietnamese typist of the nineties left it: toned capitals are small codes, the font makes them tall. */
export const toTcvn3 = (text: string): string =>
  [...text.normalize('NFC')]
    .map((sign) => tcvn3Codes.get(sign) ?? tcvn3Codes.get(sign.toLowerCase()) ?? sign)
    .map((code) => (code === '\u03bc' ? '\xb5' : code))
    .join('')

export const toVni = (text: string): string =>
  [...text.normalize('NFC')]
    .map((sign) => {
      const small = sign.toLowerCase()
      const code = vniCodes.get(small) ?? spellVni(small)
      return small === sign ? code : code.toUpperCase()
    })
    .join('')

function spellVni(letter: string): string {
  const spelled = letter.normalize('NFD')
  const horned = spelled[1] === '\u031b' ? compose(spelled.slice(0, 2)) : null
  const [base, marks] = horned ? [vniCodes.get(horned)!, spelled.slice(2)] : [spelled[0]!, spelled.slice(1)]
  // Dot below is sorted before the roof and the bow when letters are taken apart.
  const code = vniMarkCodes.get(marks) ?? vniMarkCodes.get([...marks].reverse().join(''))
  return code ? base + code : letter
}
