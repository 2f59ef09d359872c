/** Syllables: whether a word could be Vietnamese. Marks are spelled as signs behind their letters, so that what is guessed from
 *  content - lost encodings above all - is judged by what can be said at all and not by a list of words. */

const initials = new Set(['', ...'b c ch d dd g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')])

/** Every rime: its vowels, and the endings they take; `-` is none. `^` is the roof, `w` the horn or the bow. */
const rimes = new Set(
  Object.entries({
    a: '- c ch i m n ng nh o p t u y',
    aw: 'c m n ng p t',
    'a^': 'c m n ng p t u y',
    e: '- c m n ng o p t',
    'e^': '- ch m n nh p t u',
    i: '- a ch m n nh p t u',
    'ie^': 'c m n ng p t u',
    o: '- c i m n ng p t',
    oa: '- c ch i m n ng nh o p t y',
    oaw: 'c m n ng t',
    oe: '- n o t',
    'o^': '- c i m n ng p t',
    ow: '- i m n p t',
    u: '- a c i m n ng p t',
    'ua^': 'n ng t y',
    'ue^': '- ch n nh',
    'uo^': 'c i m n ng t',
    uow: '-',
    uy: '- a ch n nh p t u',
    'uye^': 'n t',
    uw: '- a c i m n ng t u',
    uwow: 'c i m n ng p t u',
    y: '- ch n nh t',
    'ye^': 'm n ng t u',
  }).flatMap(([vowels, endings]) => endings.split(' ').map((ending) => vowels + (ending === '-' ? '' : ending))),
)

const [acute, dot] = ['\u0301', '\u0323']
const tones = `\u0300\u0309\u0303${acute}${dot}`
const shapes: Record<string, string> = { '\u0306': 'w', '\u031b': 'w', '\u0302': '^' }

/** True for a word whose letters, marks and case make one Vietnamese syllable, as written by either habit: hòa, hoà. */
export function isSyllable(word: string): boolean {
  if (!/^(\p{Lu}?\p{Ll}*|\p{Lu}+)$/u.test(word.normalize('NFC'))) return false
  const { keys, tone, tonedAt } = spell(word)
  const match = /^(qu|gi(?=[aeouy])|[^aeiouy]*)([aeiouyw^]+)(c|ch|m|n|ng|nh|p|t|)$/.exec(keys)
  if (!match) return false
  const [, initial, vowels, ending] = match as unknown as [string, string, string, string]
  const isStopped = /^(c|ch|p|t)$/.test(ending)
  if (isStopped && tone !== acute && tone !== dot) return false
  // gi stands for one i with what follows in some words: gi-a, but g-ieng.
  const readings: [string, string][] = [[initial, vowels]]
  if (initial === 'gi') readings.push(['g', `i${vowels}`])
  return readings.some(
    ([start, rest]) =>
      initials.has(start) &&
      rimes.has(rest + ending) &&
      (tone === '' || placesOf(rest, ending).includes(tonedAt - start.length)),
  )
}

/** The word in plain keys, its one tone, and the key that bears it. A second tone or a foreign letter becomes `?`. */
function spell(word: string) {
  let [keys, tone, tonedAt] = ['', '', -1]
  for (const sign of word
    .toLowerCase()
    .replace(/[\u0111\u00f0]/g, 'dd')
    .normalize('NFD')) {
    if (tones.includes(sign)) {
      if (tone) keys += '?'
      ;[tone, tonedAt] = [sign, keys.length - 1]
    } else if (shapes[sign]) {
      if (tonedAt === keys.length - 1) tonedAt++
      keys += shapes[sign]
    } else keys += /[a-eghik-vxy]/.test(sign) ? sign : '?'
  }
  return { keys, tone, tonedAt }
}

/** Where the tone may stand: on the shaped vowel; else on the last before an ending; else on the one before the last. */
function placesOf(vowels: string, ending: string): number[] {
  const last = vowels.length - 1
  const shaped = Math.max(vowels.lastIndexOf('w'), vowels.lastIndexOf('^'))
  if (shaped >= 0) return [shaped]
  if (last === 0 || ending !== '') return [last]
  return /^(oa|oe|uy)$/.test(vowels) ? [0, 1] : [last - 1]
}
