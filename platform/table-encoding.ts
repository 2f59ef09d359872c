/** Which letters the bytes of a text file are: UTF-8, UTF-16, or the Windows code pages old Vietnamese files were saved in. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { chunkBytes, TableTrouble } from './table-limits.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | 'windows-1252'

/** Looks at the whole file, since the first accented letter may stand far down. A few damaged letters do not make UTF-8
 *  another encoding. Zeros behind text are a copy cut short. */
export async function findEncoding(file: FileHandle, fileBytes: number, refuseIfClosed: () => void): Promise<Encoding> {
  const bytes = Buffer.alloc(Math.min(chunkBytes, fileBytes))
  let [good, bad, carried] = [0, 0, 0]
  const oldLetters = { 'windows-1258': 0, 'windows-1252': 0 }
  for (let at = 0; at < fileBytes;) {
    refuseIfClosed()
    const { bytesRead } = await file.read(bytes, carried, bytes.length - carried, at)
    if (bytesRead === 0) throw new TableTrouble('truncated')
    at += bytesRead
    const chunk = bytes.subarray(0, carried + bytesRead)
    if (at === bytesRead) {
      const wide = wideEncoding(chunk)
      if (wide) return wide
    }
    if (chunk.includes(0)) throw new TableTrouble('truncated')
    const whole = at < fileBytes ? chunk.subarray(0, lastStart(chunk)) : chunk
    if (!isUtf8(whole)) {
      const text = whole.toString('utf8')
      bad += text.match(/\ufffd/g)?.length ?? 0
      good += text.match(/[\u0080-\ufffc]/g)?.length ?? 0
      countOldLetters(whole, oldLetters)
    } else if (!isAscii(whole)) good += whole.length / 16
    carried = chunk.length - whole.length
    chunk.copy(bytes, 0, whole.length)
  }
  if (bad * 20 <= good) return 'utf-8'
  return oldLetters['windows-1258'] > oldLetters['windows-1252'] ? 'windows-1258' : 'windows-1252'
}

/** UTF-16 by its mark, or by the zeros in every other byte of digits and spaces. */
function wideEncoding(chunk: Buffer): Encoding | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  let [even, odd] = [0, 0]
  const length = Math.min(chunk.length, 4096) & ~1
  for (let at = 0; at < length; at += 2) {
    if (chunk[at] === 0) even++
    if (chunk[at + 1] === 0) odd++
  }
  const isMany = (zeros: number) => zeros > length / 2 / 4
  if (isMany(odd) && even * 20 < odd) return 'utf-16le'
  return isMany(even) && odd * 20 < even ? 'utf-16be' : null
}

/** Where the last character begins that may go on in the next chunk. */
function lastStart(chunk: Buffer): number {
  for (let back = 1; back <= 3 && back < chunk.length; back++) {
    const byte = chunk[chunk.length - back]!
    if (byte >= 0xc0) return chunk.length - back
    if (byte < 0x80) break
  }
  return chunk.length
}

const bytesOf = (...bytes: number[]) => {
  const set = new Uint8Array(256)
  for (const byte of bytes) set[byte] = 1
  return set
}
/** In windows-1258 a tone is a byte of its own behind the vowel. */
const tones = bytesOf(0xcc, 0xd2, 0xde, 0xec, 0xf2)
const modified = bytesOf(0xc2, 0xc3, 0xca, 0xd4, 0xd5, 0xdd, 0xe2, 0xe3, 0xea, 0xf4, 0xf5, 0xfd)
const [openVowels, aAndE] = [bytesOf(...Buffer.from('aeoAEO')), bytesOf(...Buffer.from('aeAE'))]

/** Fonts of before Unicode: .VnTime keeps letters where windows-1252 has signs, VNI puts accented letters behind a and e. */
function countOldLetters(bytes: Buffer, counts: { 'windows-1258': number; 'windows-1252': number }) {
  for (let at = 1; at < bytes.length; at++) {
    const [before, byte] = [bytes[at - 1]!, bytes[at]!]
    if (tones[byte] === 1 && (modified[before] === 1 || openVowels[before] === 1)) counts['windows-1258']++
    else if ((byte > 0xa0 && byte < 0xbf) || (byte > 0xbf && aAndE[before] === 1)) counts['windows-1252']++
  }
}
