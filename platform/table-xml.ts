/** XML of spreadsheets, read byte by byte from chunks as they come: only tags and the text asked for, nothing is built.
 *  Guards against documents that declare entities, and against tokens without an end. */
import { TableTrouble } from './table-limits.ts'
import { textOf, unescapeXml } from './table-text.ts'

/** What `nextToken` met; `more` asks for another chunk. */
export const token = { more: 0, open: 1, close: 2, empty: 3, text: 4, literal: 5 } as const

export type Xml = {
  bytes: Buffer
  at: number
  end: number
  /** Text is passed over unless the reader stands where it wants it. */
  wantsText: boolean
  /** The local name of the tag, as `nameOf` says it. */
  name: number
  /** Where attributes, or the text, begin and end. */
  from: number
  to: number
  idle: number
}

/** A cell's longest text is 32,767 characters of at most 8 bytes; a longer token is no spreadsheet's. */
const tokenBytesMax = 1_000_000
const [lt, gt, slash, bang, question, quote, apostrophe, colon] = [0x3c, 0x3e, 0x2f, 0x21, 0x3f, 0x22, 0x27, 0x3a]

export const startXml = (): Xml => ({
  bytes: Buffer.alloc(0),
  at: 0,
  end: 0,
  wantsText: false,
  name: 0,
  from: 0,
  to: 0,
  idle: 0,
})

/** A tag name as a number, so that comparing is cheap. */
export function nameOf(name: string): number {
  let code = 0
  for (let at = 0; at < name.length; at++) code = (Math.imul(code, 31) + name.charCodeAt(at)) | 0
  return code
}

/** Puts a chunk behind what is left of the last one. */
export function feed(xml: Xml, chunk: Buffer) {
  const left = xml.end - xml.at
  if (left > tokenBytesMax) throw new TableTrouble('not-a-table')
  const room = left + chunk.length <= xml.bytes.length ? xml.bytes : Buffer.allocUnsafeSlow((left + chunk.length) * 2)
  xml.bytes.copy(room, 0, xml.at, xml.end)
  chunk.copy(room, left)
  xml.bytes = room
  xml.at = 0
  xml.end = left + chunk.length
}

export function nextToken(xml: Xml): number {
  const { bytes, end } = xml
  for (;;) {
    let at = xml.at
    if (at >= end) return token.more
    if (bytes[at] !== lt) {
      const from = at
      while (at < end && bytes[at] !== lt) at++
      if (xml.wantsText) {
        if (at === end) return token.more
        return textBetween(xml, from, at, at, token.text)
      }
      xml.at = at
      if (at === end) return pass(xml, at - from)
    }
    xml.idle = 0
    const start = ++at
    if (at >= end) return token.more
    let byte = bytes[at]!
    if (byte === bang || byte === question) {
      const kind = passDeclaration(xml)
      if (kind < 0) continue
      return kind
    }
    if (byte === slash) at++
    let name = 0
    for (; at < end; at++) {
      byte = bytes[at]!
      if (byte <= 0x20 || byte === gt || byte === slash) break
      name = byte === colon ? 0 : (Math.imul(name, 31) + byte) | 0
    }
    const from = at
    for (; at < end; at++) {
      byte = bytes[at]!
      if (byte === gt) break
      if (byte === quote || byte === apostrophe) {
        const closing = byte
        at++
        while (at < end && bytes[at] !== closing) at++
      }
    }
    if (at >= end) return token.more
    xml.name = name
    xml.from = from
    xml.at = at + 1
    if (bytes[start] === slash) return token.close
    const isEmpty = at > from && bytes[at - 1] === slash
    xml.to = isEmpty ? at - 1 : at
    return isEmpty ? token.empty : token.open
  }
}

function textBetween(xml: Xml, from: number, to: number, next: number, kind: number): number {
  xml.from = from
  xml.to = to
  xml.at = next
  return kind
}

/** Text nobody asked for, up to the end of the chunk. */
function pass(xml: Xml, length: number): number {
  xml.idle += length
  if (xml.idle > tokenBytesMax) throw new TableTrouble('not-a-table')
  return token.more
}

const isAt = (xml: Xml, text: string) =>
  xml.bytes.toString('latin1', xml.at, Math.min(xml.at + text.length, xml.end)) === text

/** Comments and instructions are passed (-1), CDATA is text as it stands; a document type is refused unread. */
function passDeclaration(xml: Xml): number {
  if (isAt(xml, '<?')) return passTo(xml, '?>', 2)
  if (isAt(xml, '<!--')) return passTo(xml, '-->', 4)
  if (xml.end - xml.at < 9) return token.more
  if (!isAt(xml, '<![CDATA[')) throw new TableTrouble('not-a-table')
  const from = xml.at + 9
  const kind = passTo(xml, ']]>', 9)
  if (kind === token.more || !xml.wantsText) return kind
  return textBetween(xml, from, xml.at - 3, xml.at, token.literal)
}

function passTo(xml: Xml, closing: string, skip: number): number {
  const at = xml.bytes.subarray(0, xml.end).indexOf(closing, xml.at + skip)
  if (at < 0) return token.more
  xml.at = at + closing.length
  return -1
}

/** The value of an attribute of the tag just met. */
export function attribute(xml: Xml, wanted: string): string | null {
  const text = textOf(xml.bytes, xml.from, xml.to, false)
  for (const [, name, double, single] of text.matchAll(/([^\s=:"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (name === wanted) return unescapeXml(double ?? single ?? '')
  return null
}

/** Reads a whole small part, tag by tag. */
export async function scanTags(chunks: AsyncIterable<Buffer>, visit: (xml: Xml, kind: number) => void) {
  const xml = startXml()
  for await (const chunk of chunks) {
    feed(xml, chunk)
    for (let kind = nextToken(xml); kind !== token.more; kind = nextToken(xml)) visit(xml, kind)
  }
}
