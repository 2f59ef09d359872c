/** Zip archives read from disk: the directory at the end, then single entries unpacked as a stream. Guards against archives
 *  that lie: sizes, overlapping entries, and what unpacks to more than it says are refused before anything is held. */
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw, type ZlibOptions } from 'node:zlib'
import { chunkBytes, TableTrouble, type Limits } from './table-limits.ts'

export type ZipEntry = {
  name: string
  method: number
  flags: number
  crc: number
  packed: number
  bytes: number
  at: number
}

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 }
const endBytes = 22
const directoryBytesMax = 16_000_000

/** The bytes of the file at a place; a file that ends before is truncated. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) throw new TableTrouble('truncated')
    filled += bytesRead
  }
  return bytes
}

/** Every entry by its lower-case name. */
export async function readDirectory(
  file: FileHandle,
  fileBytes: number,
  limits: Limits,
): Promise<Map<string, ZipEntry>> {
  const { at, length, count, endAt } = await findDirectory(file, fileBytes)
  if (count > limits.entries || length > directoryBytesMax) throw new TableTrouble('too-large')
  if (at + length > endAt) throw new TableTrouble('truncated')
  const directory = await readAt(file, at, length)
  const entries = new Map<string, ZipEntry>()
  for (let from = 0, seen = 0; seen < count; seen++) {
    if (from + 46 > length || directory.readUInt32LE(from) !== signature.central) throw new TableTrouble('truncated')
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((field) => directory.readUInt16LE(from + field))
    const next = from + 46 + nameBytes! + extraBytes! + noteBytes!
    if (next > length) throw new TableTrouble('truncated')
    const entry = readEntry(directory, from, nameBytes!, extraBytes!)
    if (entries.has(entry.name)) throw new TableTrouble('not-a-table')
    entries.set(entry.name, entry)
    from = next
  }
  refuseOverlaps([...entries.values()], at)
  return entries
}

/** The end record stands in the last 64 kB; beyond 4 GB or 65,535 entries it points to a longer one. */
async function findDirectory(file: FileHandle, fileBytes: number) {
  const tailBytes = Math.min(fileBytes, endBytes + 0xffff + 20)
  const tail = await readAt(file, fileBytes - tailBytes, tailBytes)
  let at = tail.length - endBytes
  const isEnd = () =>
    tail.readUInt32LE(at) === signature.end && at + endBytes + tail.readUInt16LE(at + 20) <= tail.length
  while (at >= 0 && !isEnd()) at--
  if (at < 0) throw new TableTrouble('truncated')
  const endAt = fileBytes - tailBytes + at
  const short = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    at: tail.readUInt32LE(at + 16),
  }
  const isLong = short.count === 0xffff || short.length === 0xffffffff || short.at === 0xffffffff
  if (!isLong || at < 20 || tail.readUInt32LE(at - 20) !== signature.locator) return { ...short, endAt }
  const longAt = Number(tail.readBigUInt64LE(at - 12))
  if (longAt + 56 > endAt) throw new TableTrouble('truncated')
  const long = await readAt(file, longAt, 56)
  if (long.readUInt32LE(0) !== signature.end64) throw new TableTrouble('truncated')
  const [count, length, start] = [32, 40, 48].map((field) => Number(long.readBigUInt64LE(field)))
  return { count: count!, length: length!, at: start!, endAt: longAt }
}

function readEntry(directory: Buffer, from: number, nameBytes: number, extraBytes: number): ZipEntry {
  const extraAt = from + 46 + nameBytes
  const entry = {
    name: directory
      .toString('utf8', from + 46, extraAt)
      .replaceAll('\\', '/')
      .replace(/^\/+/, '')
      .toLowerCase(),
    flags: directory.readUInt16LE(from + 8),
    method: directory.readUInt16LE(from + 10),
    crc: directory.readUInt32LE(from + 16),
    packed: directory.readUInt32LE(from + 20),
    bytes: directory.readUInt32LE(from + 24),
    at: directory.readUInt32LE(from + 42),
  }
  const extra = directory.subarray(extraAt, extraAt + extraBytes)
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let field = at + 4
    // Only the fields that did not fit are here, in this order.
    for (const key of ['bytes', 'packed', 'at'] as const)
      if (entry[key] === 0xffffffff) {
        if (field + 8 > extra.length) throw new TableTrouble('truncated')
        entry[key] = Number(extra.readBigUInt64LE(field))
        field += 8
      }
    break
  }
  return entry
}

function refuseOverlaps(entries: ZipEntry[], directoryAt: number) {
  const inOrder = entries.sort((a, b) => a.at - b.at)
  inOrder.forEach((entry, index) => {
    const endsBefore = inOrder[index + 1]?.at ?? directoryAt
    if (entry.at + 30 + entry.packed <= endsBefore) return
    throw new TableTrouble(endsBefore === directoryAt ? 'truncated' : 'not-a-table')
  })
}

export type Unpacking = { bytesMax: number; onRead?: (bytes: number) => void; refuseIfClosed: () => void }

/** The entry's content, chunk by chunk, checked against the size and the sum it came with. */
export async function* unpack(file: FileHandle, entry: ZipEntry, how: Unpacking): AsyncGenerator<Buffer, void> {
  if (entry.flags & 1) throw new TableTrouble('password-protected')
  if (entry.method !== 0 && entry.method !== 8) throw new TableTrouble('not-a-table')
  if (entry.bytes > how.bytesMax) throw new TableTrouble('unpacks-too-large')
  const local = await readAt(file, entry.at, 30)
  if (local.readUInt32LE(0) !== signature.local) throw new TableTrouble('truncated')
  const from = entry.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  const packed = readPacked(file, from, entry.packed, how)
  let [bytes, sum] = [0, 0]
  try {
    for await (const chunk of entry.method === 0 ? packed : inflate(packed)) {
      how.refuseIfClosed()
      bytes += chunk.length
      if (bytes > entry.bytes) throw new TableTrouble('unpacks-too-large')
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    const isDamaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    throw isDamaged ? new TableTrouble('truncated') : error
  }
  if (bytes !== entry.bytes || sum !== entry.crc) throw new TableTrouble('truncated')
}

/** The two run side by side: the next chunk is inflated in another thread while the last one is being looked at. */
function inflate(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const options: ZlibOptions & { readableHighWaterMark: number } = {
    chunkSize: chunkBytes,
    readableHighWaterMark: chunkBytes * 3,
  }
  const inflated = createInflateRaw(options)
  // A failure of the source reaches whoever reads the end of the pipeline.
  pipeline(Readable.from(packed, { highWaterMark: 2 }), inflated, () => {})
  return inflated
}

async function* readPacked(
  file: FileHandle,
  from: number,
  length: number,
  how: Unpacking,
): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < length;) {
    how.refuseIfClosed()
    const chunk = await readAt(file, from + at, Math.min(chunkBytes / 4, length - at))
    at += chunk.length
    how.onRead?.(chunk.length)
    yield chunk
  }
}
