/** A workbook on disk: which parts it has, which sheets a person sees, and the rows of one of them. */
import type { FileHandle } from 'node:fs/promises'
import { posix } from 'node:path'
import { readFormats } from './table-formats.ts'
import { TableTrouble, type Limits, type TableHead, type TableRow } from './table-limits.ts'
import { readMerges } from './table-merges.ts'
import { readRows } from './table-sheet.ts'
import { readStrings, startStrings, type Strings } from './table-strings.ts'
import { attribute, nameOf, scanTags, token } from './table-xml.ts'
import { readDirectory, unpack, type ZipEntry } from './table-zip.ts'

type Opened = { head: TableHead; rows: () => AsyncGenerator<TableRow[], void>; bytesTotal: number }
/** The file being read; `onRead` is told the bytes taken from it, `refuseIfClosed` throws once it is closed. */
export type Source = {
  file: FileHandle
  fileBytes: number
  limits: Limits
  onRead: (bytes: number) => void
  refuseIfClosed: () => void
}

export async function openXlsx(source: Source, wanted: string | undefined): Promise<Opened> {
  const { file, limits } = source
  const entries = await readDirectory(file, source.fileBytes, limits)
  if (entries.has('xl/workbook.bin')) throw new TableTrouble('old-excel')
  const part = (entry: ZipEntry, bytesMax = limits.partBytes, onRead?: (bytes: number) => void) =>
    unpack(file, entry, { bytesMax, onRead, refuseIfClosed: source.refuseIfClosed })
  const book = await readWorkbook(entries, limits, part)
  const shown = book.sheets.filter((sheet) => !sheet.isHidden)
  const candidates = wanted === undefined ? shown : shown.filter((sheet) => sheet.name === wanted)
  const chosen = await firstWithRows(candidates, (entry) => part(entry, limits.sheetBytes))
  if (!chosen) throw new TableTrouble('empty')

  const { entry, rowsAbout } = chosen
  const formats = book.styles ? await readFormats(part(book.styles), limits) : []
  const canLookThrough = entry.bytes <= limits.mergesReadBelow
  const merges = canLookThrough ? await readMerges(part(entry, limits.sheetBytes), limits) : 'not-read'
  let strings: Promise<Strings> | null = null
  const readShared = () =>
    book.strings
      ? readStrings(part(book.strings, limits.stringsBytes, source.onRead), limits)
      : Promise.resolve(startStrings(limits))

  return {
    head: {
      kind: 'xlsx',
      sheet: chosen.name,
      sheets: shown.map((sheet) => sheet.name),
      encoding: 'utf-8',
      delimiter: null,
      rowsAbout,
      merges: merges === 'not-read' ? merges : merges.filter((merge) => merge.fromLine <= limits.headerLines),
    },
    bytesTotal: entry.packed + (book.strings?.packed ?? 0),
    rows: async function* () {
      if (strings) source.onRead(book.strings?.packed ?? 0)
      strings ??= readShared()
      const about = { strings: await strings, formats, is1904: book.is1904, limits }
      const chunks = part(entry, limits.sheetBytes, source.onRead)
      yield* readRows(chunks, { ...about, merges: merges === 'not-read' ? [] : merges })
    },
  }
}

type Part = (entry: ZipEntry) => AsyncGenerator<Buffer, void>
type SheetPart = { name: string; isHidden: boolean; entry: ZipEntry }

const [sheetTag, workbookPr, relationship] = ['sheet', 'workbookPr', 'Relationship'].map(nameOf)

async function readWorkbook(entries: Map<string, ZipEntry>, limits: Limits, part: Part) {
  const roots = await readRelations(entries.get('_rels/.rels'), '', part)
  const named = roots.find(({ type }) => type === 'officeDocument')?.targets.find((target) => entries.has(target))
  const path = named ?? 'xl/workbook.xml'
  const workbook = entries.get(path)
  const folder = posix.dirname(path)
  const relations = await readRelations(entries.get(`${folder}/_rels/${posix.basename(path)}.rels`), folder, part)
  const entryOf = (targets: string[] = []) => targets.map((target) => entries.get(target)).find(Boolean)
  const byType = (type: string) => entryOf(relations.find((relation) => relation.type === type)?.targets)
  // A Word document has a root part too; only a workbook has sheets among its relations.
  const byId = new Map(
    relations.filter(({ type }) => type === 'worksheet').map(({ id, targets }) => [id, entryOf(targets)]),
  )
  if (!workbook || byId.size === 0) throw new TableTrouble('not-a-table')

  const sheets: SheetPart[] = []
  let is1904 = false
  await scanTags(part(workbook), (xml, kind) => {
    if (kind === token.close) return
    if (xml.name === workbookPr) is1904 = /^(1|true)$/.test(attribute(xml, 'date1904') ?? '')
    if (xml.name !== sheetTag) return
    if (sheets.length >= limits.sheets) throw new TableTrouble('too-large')
    const entry = byId.get(attribute(xml, 'id') ?? '')
    const isHidden = /hidden/i.test(attribute(xml, 'state') ?? '')
    if (entry) sheets.push({ name: attribute(xml, 'name') ?? '', isHidden, entry })
  })
  return { sheets, is1904, styles: byType('styles'), strings: byType('sharedStrings') }
}

type Relation = { id: string; type: string; targets: string[] }

/** Relations of a part. Targets are meant from its folder or from the root, and some writers mix the two up. */
async function readRelations(entry: ZipEntry | undefined, folder: string, part: Part): Promise<Relation[]> {
  const relations: Relation[] = []
  if (!entry) return relations
  await scanTags(part(entry), (xml, kind) => {
    if (kind === token.close || xml.name !== relationship || relations.length > 20_000) return
    const target = decoded(attribute(xml, 'Target') ?? '').replaceAll('\\', '/')
    const [fromFolder, fromRoot] = [posix.join('/', folder, target), posix.join('/', target)]
    const places = target.startsWith('/') ? [fromRoot, fromFolder] : [fromFolder, fromRoot]
    const type = (attribute(xml, 'Type') ?? '').split('/').at(-1)!
    relations.push({
      id: attribute(xml, 'Id') ?? '',
      type,
      targets: places.map((place) => place.slice(1).toLowerCase()),
    })
  })
  return relations
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

/** Sheets are looked into until one has a filled cell; how many rows it has is told by those in its first chunk. */
async function firstWithRows(sheets: SheetPart[], part: Part) {
  for (const { name, entry } of sheets) {
    let [tail, rows, seen] = ['', 0, 0]
    for await (const chunk of part(entry)) {
      const text = tail + chunk.toString('latin1')
      seen += chunk.length
      rows += text.match(/<(?:\w+:)?row[\s>]/g)?.length ?? 0
      if (/<(?:\w+:)?[vt][\s>]/.test(text))
        return { name, entry, rowsAbout: rows === 0 ? null : Math.round((entry.bytes / seen) * rows) }
      tail = text.slice(-16)
    }
  }
  return null
}
