/** The strings a workbook's cells share, kept as bytes in a few large blocks: millions of them take little more memory than
 *  their text. Guards against a file that would fill the memory with them. */
import { TableTrouble, type Limits } from './table-limits.ts'
import { isSpecial, shortText, textOf, unescapeExcel } from './table-text.ts'
import { feed, nameOf, nextToken, startXml, token } from './table-xml.ts'

const blockBytes = 4 * 1024 * 1024
const startsPerBlock = 64 * 1024
const kept = 16_384
const keptLengthMax = 256

export type Strings = {
  count: () => number
  /** The string at an index; a file that points past the end is damaged. */
  at: (index: number) => string
}

type Writer = { begin: () => void; append: (bytes: Buffer, from: number, to: number) => void; finish: () => void }

/** A string never crosses a block, so that it is decoded in one piece. */
export function startStrings(limits: Limits): Strings & Writer {
  const blocks: Buffer[] = [Buffer.allocUnsafeSlow(blockBytes)]
  const starts: Uint32Array[] = []
  const ends: number[] = []
  const [keptIndex, keptText] = [new Int32Array(kept).fill(-1), Array<string>(kept).fill('')]
  const longestBytes = limits.cellCharacters * 3
  let [count, used, from] = [0, 0, 0]
  let block = blocks[0]!
  let isBegun = false

  const decode = (index: number): string => {
    const start = startOf(index)
    const number = Math.floor(start / blockBytes)
    const next = index + 1 < count ? startOf(index + 1) : (blocks.length - 1) * blockBytes + used
    const end = Math.floor(next / blockBytes) === number ? next - number * blockBytes : ends[number]!
    const [bytes, from] = [blocks[number]!, start - number * blockBytes]
    return shortText(bytes, from, end) ?? bytes.toString('utf8', from, end)
  }
  const startOf = (index: number) => starts[Math.floor(index / startsPerBlock)]![index % startsPerBlock]!

  return {
    count: () => count,
    at: (index) => {
      const slot = index & (kept - 1)
      if (keptIndex[slot] === index) return keptText[slot]!
      if (!(index < count)) throw new TableTrouble('truncated')
      const text = decode(index)
      if (text.length > keptLengthMax) return text
      keptIndex[slot] = index
      return (keptText[slot] = text)
    },
    begin: () => {
      isBegun = true
      if (used + longestBytes > blockBytes) {
        ends.push(used)
        blocks.push((block = Buffer.allocUnsafeSlow(blockBytes)))
        used = 0
        if (blocks.length * blockBytes > limits.stringsHeldBytes) throw new TableTrouble('too-large')
      }
      if (count % startsPerBlock === 0) {
        if (blocks.length * blockBytes + count * 4 > limits.stringsHeldBytes) throw new TableTrouble('too-large')
        starts.push(new Uint32Array(startsPerBlock))
      }
      from = used
      starts.at(-1)![count % startsPerBlock] = (blocks.length - 1) * blockBytes + used
    },
    append: (bytes, start, end) => {
      if (!isBegun) return
      if (used - from + end - start > longestBytes) throw new TableTrouble('too-large')
      for (let at = start; at < end; at++) block[used++] = bytes[at]!
    },
    finish: () => {
      if (!isBegun) return
      isBegun = false
      if (used - from > limits.cellCharacters && block.toString('utf8', from, used).length > limits.cellCharacters)
        throw new TableTrouble('too-large')
      count++
    },
  }
}

const [si, t, rPh] = ['si', 't', 'rPh'].map(nameOf)

/** Reads xl/sharedStrings.xml; the parts of a rich text are joined, readings in another script are left out. */
export async function readStrings(chunks: AsyncIterable<Buffer>, limits: Limits): Promise<Strings> {
  const strings = startStrings(limits)
  const xml = startXml()
  let isReading = false
  for await (const chunk of chunks) {
    feed(xml, chunk)
    for (let kind = nextToken(xml); kind !== token.more; kind = nextToken(xml)) {
      if (kind === token.text || kind === token.literal) appendText(strings, xml.bytes, xml.from, xml.to, kind)
      else if (xml.name === t) xml.wantsText = kind === token.open && !isReading
      else if (xml.name === rPh) isReading = kind === token.open
      else if (xml.name === si) {
        if (kind !== token.close) strings.begin()
        if (kind !== token.open) strings.finish()
      }
    }
  }
  return strings
}

function appendText(strings: Writer, bytes: Buffer, from: number, to: number, kind: number) {
  let at = from
  while (at < to && isSpecial[bytes[at]!] === 0) at++
  if (at === to) return strings.append(bytes, from, to)
  const text = textOf(bytes, from, to, kind === token.text)
  const plain = Buffer.from(kind === token.text ? text : unescapeExcel(text))
  strings.append(plain, 0, plain.length)
}
