/** The text that bytes of a spreadsheet's XML stand for: what XML escapes, and what Excel escapes once more. */

/** The text of bytes: entities and Excel's own `_x000D_` resolved unless it is to be kept as it stands. */
export function textOf(bytes: Buffer, from: number, to: number, isEscaped = true): string {
  let [isAscii, isPlain] = [true, true]
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    if (byte >= 0x80) isAscii = false
    else if (isSpecial[byte] === 1) isPlain = false
  }
  const text = isAscii ? bytes.toString('latin1', from, to) : bytes.toString('utf8', from, to)
  return isPlain || !isEscaped ? text : plainText(text)
}

const letters: number[] = []

/** Short ASCII text, as most cells are, without a call out of JavaScript; null when it is something else. */
export function shortText(bytes: Buffer, from: number, to: number): string | null {
  if (to - from > 24) return null
  letters.length = to - from
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    if (byte >= 0x80) return null
    letters[at - from] = byte
  }
  return String.fromCharCode.apply(null, letters)
}

/** Bytes that may mean more than themselves: & _ and line ends, and the zero no text may hold. */
export const isSpecial = new Uint8Array(256)
for (const byte of [0, 0x0d, 0x26, 0x5f]) isSpecial[byte] = 1

const plainText = (text: string): string => unescapeExcel(unescapeXml(text))

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,10})|#[xX]([0-9a-fA-F]{1,10})|(amp|lt|gt|quot|apos));/g, (_, decimal, hex, word) => {
    if (word) return named[word as string]!
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

export const unescapeExcel = (text: string): string =>
  text
    .replace(/_x([0-9a-fA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex as string, 16)))
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .toWellFormed()
