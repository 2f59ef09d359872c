/** Tables officers have: an Excel workbook or a text file with columns, read from disk row by row in flat memory. Says by the
 *  content what a file is, whatever its name claims, and refuses in one word what cannot be read. */
import { open, type FileHandle } from 'node:fs/promises'
import { openCsv } from './table-csv.ts'
import {
  chunkBytes,
  defaultLimits,
  stopped,
  TableTrouble,
  type Limits,
  type Table,
  type Trouble,
} from './table-limits.ts'
import { openXlsx, type Source } from './table-xlsx.ts'
import { readAt } from './table-zip.ts'

export { TableTrouble } from './table-limits.ts'
export type { Limits, Table, TableRow, Trouble } from './table-limits.ts'

/** Opens a file on disk; throws TableTrouble when it is no table we can read. Rows may still meet trouble further down. */
export async function openTable(
  path: string,
  options: { sheet?: string; limits?: Partial<Limits> } = {},
): Promise<Table> {
  const file = await open(path, 'r')
  let [bytesRead, isClosed] = [0, false]
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await file.close()
  }
  try {
    const limits = { ...defaultLimits, ...options.limits }
    const { size: fileBytes } = await file.stat()
    const refuseIfClosed = () => {
      if (isClosed) throw stopped()
    }
    const source: Source = { file, fileBytes, limits, refuseIfClosed, onRead: (bytes) => (bytesRead += bytes) }
    const kind = await findKind(file, fileBytes, limits)
    const opened = kind === 'xlsx' ? await openXlsx(source, options.sheet) : await openCsv(source)
    const rows = () => {
      bytesRead = 0
      return opened.rows()
    }
    return { ...opened, rows, bytesRead: () => bytesRead, close }
  } catch (error) {
    await close()
    throw error
  }
}

const starts = (bytes: Buffer, text: string) => bytes.toString('latin1', 0, text.length) === text
/** PDF, pictures, archives, programs: what is sent by mistake instead of a list. */
const others = ['%PDF', '\xff\xd8\xff', '\x89PNG', 'GIF8', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', '{\\rtf', 'MZ', 'ID3']

/** What the first bytes say. */
async function findKind(file: FileHandle, fileBytes: number, limits: Limits): Promise<'xlsx' | 'csv'> {
  if (fileBytes === 0) throw new TableTrouble('empty')
  if (fileBytes > limits.fileBytes) throw new TableTrouble('too-large')
  const first = await readAt(file, 0, Math.min(fileBytes, 65_536))
  if (starts(first, 'PK\x03\x04')) return 'xlsx'
  if (starts(first, '\xd0\xcf\x11\xe0')) throw new TableTrouble(await kindOfOle(file, fileBytes))
  if (first.every((byte) => byte === 0)) throw new TableTrouble('truncated')
  if (others.some((magic) => starts(first, magic))) throw new TableTrouble('not-a-table')
  const text = first
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  // Web pages and XML that old programs save under the name .xls: Excel opens them and can save them anew.
  if (text.startsWith('<'))
    throw new TableTrouble(/<table|:office:spreadsheet/i.test(text) ? 'old-excel' : 'not-a-table')
  const isWide = /^(?:\xff\xfe|\xfe\xff)/.test(text)
  const controls = first.reduce(
    (sum, byte) => sum + (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 ? 1 : 0),
    0,
  )
  const zeros = first.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0)
  // Without its mark, UTF-16 is known by zeros in a good part of its bytes and by no other control characters.
  const mayBeWide = isWide || (zeros > first.length / 8 && controls - zeros < first.length / 100)
  if (!mayBeWide && controls > first.length / 100) throw new TableTrouble('not-a-table')
  return 'csv'
}

/** Old Office files, and new ones under a password, share one container; the names of its streams tell them apart. */
async function kindOfOle(file: FileHandle, fileBytes: number): Promise<Trouble> {
  const named = (name: string) => Buffer.from(name, 'utf16le')
  const [encrypted, word, slides] = ['EncryptedPackage', 'WordDocument', 'PowerPoint Document'].map(named)
  let [tail, isOther] = [Buffer.alloc(0), false]
  for (let at = 0; at < fileBytes; at += chunkBytes) {
    const chunk = Buffer.concat([tail, await readAt(file, at, Math.min(chunkBytes, fileBytes - at))])
    if (chunk.includes(encrypted!)) return 'password-protected'
    isOther ||= chunk.includes(word!) || chunk.includes(slides!)
    tail = Buffer.from(chunk.subarray(-64))
  }
  return isOther ? 'not-a-table' : 'old-excel'
}
