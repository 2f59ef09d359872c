/** Number formats: a cell holds 33239 and a person sees 01/01/1991. Guards what people see: days, the zeros in front of an
 *  identity number, and all of its digits. */
import { TableTrouble, type Limits } from './table-limits.ts'
import { attribute, nameOf, scanTags, token } from './table-xml.ts'

/** `digits` is the pattern of a format such as 000000000000 or "0"000000000, one character a digit, `#` for optional ones. */
export type Format =
  | { kind: 'plain' | 'day' | 'month' | 'year' | 'time' }
  | { kind: 'digits'; pattern: { isDigit: boolean; text: string }[] }

const plain: Format = { kind: 'plain' }

/** Formats every Excel knows by number; those from 27 are days in East Asian editions. */
function builtin(id: number): Format {
  if (id === 17) return { kind: 'month' }
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { kind: 'time' }
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'day' }
  return plain
}

/** What a format code makes of a number that is not negative. */
export function readFormat(code: string): Format {
  const [section] = /^(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[])*/.exec(code)!
  const bare = section
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general|standard|am\/pm|a\/p/gi, '')
    .toLowerCase()
    .replace(/s[.,]0+/g, 's')
  if (/[dyhms]/.test(bare) && !/[#?0]/.test(bare)) {
    if (bare.includes('d')) return { kind: 'day' }
    if (bare.includes('y')) return { kind: bare.includes('m') ? 'month' : 'year' }
    return { kind: /[hs]/.test(bare) ? 'time' : 'month' }
  }
  return readDigits(section)
}

/** Digits and what stands between them; a format that rounds, groups or scales is not one of digits. */
function readDigits(section: string): Format {
  const parts = section.match(/"[^"]*"|\\.|\[[^\]]*\]|[_*].|./gs) ?? []
  const pattern: { isDigit: boolean; text: string }[] = []
  for (const part of parts) {
    if (/^[[_*]/.test(part)) continue
    if (/^[0#?]$/.test(part)) pattern.push({ isDigit: true, text: part })
    else {
      const text = part.startsWith('"') ? part.slice(1, -1) : part.replace(/^\\/, '')
      if (!/^[-0-9 ()+/.]*$/.test(text) || part === '.' || part === '/') return plain
      pattern.push({ isDigit: false, text })
    }
  }
  // A single 0 is every whole number's format; a digit that is always there, as in "0"#########, is a telephone's.
  const weights = pattern.map(({ isDigit, text }) =>
    isDigit ? Number(text === '0') : /\d/.test(text) ? 2 : Number(text.trim() !== ''),
  )
  const tells = weights.reduce((sum, weight) => sum + weight, 0)
  return tells >= 2 ? { kind: 'digits', pattern } : plain
}

const [numFmt, cellXfs, xf] = ['numFmt', 'cellXfs', 'xf'].map(nameOf)

/** The format of each cell style of xl/styles.xml, in order. */
export async function readFormats(chunks: AsyncIterable<Buffer>, limits: Limits): Promise<Format[]> {
  const [custom, formats]: [Map<number, Format>, Format[]] = [new Map(), []]
  let isInside = false
  await scanTags(chunks, (xml, kind) => {
    if (xml.name === cellXfs) isInside = kind === token.open
    if (kind === token.close) return
    if (xml.name === numFmt && custom.size < limits.styles)
      custom.set(Number(attribute(xml, 'numFmtId')), readFormat((attribute(xml, 'formatCode') ?? '').slice(0, 255)))
    if (xml.name !== xf || !isInside) return
    if (formats.length >= limits.styles) throw new TableTrouble('too-large')
    const id = Number(attribute(xml, 'numFmtId') ?? 0)
    formats.push(custom.get(id) ?? builtin(id))
  })
  return formats
}

/** The text of a number as a person sees it, whatever way the file writes it: 1.2E+11 stays twelve digits. */
export function numberText(raw: string, format: Format, is1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw.trim()
  if (format.kind === 'plain') return decimalText(value)
  if (format.kind === 'digits')
    return Number.isInteger(value) && value >= 0 ? digitsText(decimalText(value), format.pattern) : decimalText(value)
  return momentText(value, format.kind, is1904) ?? decimalText(value)
}

/** Fifteen digits are what Excel keeps; a tail beyond them is noise of binary fractions. */
function decimalText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? value.toFixed(0) : String(value)
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text
}

function digitsText(digits: string, pattern: { isDigit: boolean; text: string }[]): string {
  let [text, left] = ['', digits.length]
  const first = pattern.findIndex((part) => part.isDigit)
  for (let at = pattern.length - 1; at >= 0; at--) {
    const part = pattern[at]!
    if (!part.isDigit) {
      text = part.text + text
      continue
    }
    if (left > 0) text = digits[--left]! + text
    else if (part.text === '0') text = `0${text}`
    if (at === first) text = digits.slice(0, left) + text
  }
  return text.trim()
}

const two = (value: number) => String(value).padStart(2, '0')
const lastSerial = 2_958_465

/** Days are counted from 1900, with a 29 February 1900 that never was, or from 1904. Null where Excel shows no day. */
function momentText(value: number, kind: 'day' | 'month' | 'year' | 'time', is1904: boolean): string | null {
  const serial = Math.floor(value)
  if (serial < 0 || serial + (is1904 ? 1462 : 0) > lastSerial) return null
  if (kind === 'time' && serial === 0) {
    const seconds = Math.round(value * 86_400)
    const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    return `${two(hour)}:${two(minute)}${second ? `:${two(second)}` : ''}`
  }
  if (!is1904 && serial === 0) return '00/01/1900'
  if (!is1904 && serial === 60) return '29/02/1900'
  const origin = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const day = new Date(origin + serial * 86_400_000)
  const [date, month, year] = [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()]
  // A format that hides the first of a month shows a month, or a year, that somebody typed without a day.
  if (kind === 'month' && date === 1) return `${two(month)}/${year}`
  if (kind === 'year' && date === 1 && month === 1) return String(year)
  return `${two(date)}/${two(month)}/${String(year).padStart(4, '0')}`
}
