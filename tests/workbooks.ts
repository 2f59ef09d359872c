/** Workbooks and archives written by hand, down to the byte: what Excel writes, what other programs write, and what nobody
 *  should send. Everything is stored or packed the same on every machine, so files made here can be compared. */
import { crc32, deflateRawSync } from 'node:zlib'

export type Part = {
  name: string
  content: Buffer | string
  /** Packed with deflate; otherwise stored as it is. */
  isPacked?: boolean
  /** Content that is packed already, and what it unpacks to. */
  packed?: { bytes: number; crc: number }
  /** What the directory claims instead of the truth. */
  claims?: { bytes?: number; at?: number }
}

export function zipOf(parts: readonly Part[], { isLong = false } = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, isPacked, packed, claims } of parts) {
    const plain = Buffer.from(content as string)
    const body = isPacked ? deflateRawSync(plain) : plain
    const sum = packed?.crc ?? crc32(plain)
    const bytes = claims?.bytes ?? packed?.bytes ?? plain.length
    const about = Buffer.alloc(26)
    about.writeUInt16LE(isLong ? 45 : 20, 0)
    about.writeUInt16LE(isPacked || packed ? 8 : 0, 4)
    about.writeUInt16LE(0x5a21, 8)
    about.writeUInt32LE(sum, 10)
    about.writeUInt32LE(isLong ? 0xffffffff : body.length, 14)
    about.writeUInt32LE(isLong ? 0xffffffff : bytes, 18)
    about.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = claims?.at ?? at
    const extra = Buffer.alloc(isLong ? 28 : 0)
    if (isLong) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      ;[bytes, body.length, place].forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + index * 8))
    }
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, Buffer.from(name), body])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(isLong ? 0xffffffff : place, 10)
    about.writeUInt16LE(extra.length, 24)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, rest, Buffer.from(name), extra)
    bodies.push(local)
    at += local.length
  }
  const index = Buffer.concat(directory)
  return Buffer.concat([
    ...bodies,
    index,
    ...(isLong ? longEnd(parts.length, index.length, at) : []),
    endOf(parts.length, index.length, at, isLong),
  ])
}

function endOf(count: number, length: number, at: number, isLong: boolean): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(isLong ? 0xffff : count, 8)
  end.writeUInt16LE(isLong ? 0xffff : count, 10)
  end.writeUInt32LE(isLong ? 0xffffffff : length, 12)
  end.writeUInt32LE(isLong ? 0xffffffff : at, 16)
  return end
}

/** The end record of archives beyond 4 GB, and the sign that points to it. */
function longEnd(count: number, length: number, at: number): Buffer[] {
  const [end, locator] = [Buffer.alloc(56), Buffer.alloc(20)]
  end.write('PK\x06\x06', 'latin1')
  end.writeBigUInt64LE(44n, 4)
  ;[count, count, length, at].forEach((value, index) => end.writeBigUInt64LE(BigInt(value), 24 + index * 8))
  locator.write('PK\x06\x07', 'latin1')
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  return [end, locator]
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const pack = 'http://schemas.openxmlformats.org/package/2006'
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export type SheetPart = { name: string; xml: string | Buffer; state?: string; target?: string; path?: string }
export type Book = {
  sheets: readonly SheetPart[]
  /** The inside of `<sst>`: one `<si>` each. */
  shared?: string
  styles?: string
  is1904?: boolean
  isPacked?: boolean
}

/** The parts of a workbook, to be zipped as they are or after something was done to them. */
export function partsOf({ sheets, shared, styles, is1904, isPacked }: Book): Part[] {
  const files: [string, string | Buffer][] = [
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${kind}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${kind}.sharedStrings+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets.map((sheet, index) => `<sheet name="${sheet.name}" sheetId="${index + 1}"${sheet.state ? ` state="${sheet.state}"` : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${head}<Relationships xmlns="${pack}/relationships">${sheets.map((sheet, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="${sheet.target ?? `worksheets/sheet${index + 1}.xml`}"/>`).join('')}<Relationship Id="rId900" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId901" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles ?? stylesOf([])],
    ['xl/sharedStrings.xml', `${head}<sst xmlns="${main}">${shared ?? ''}</sst>`],
    ...sheets.map(({ xml, path }, index): [string, string | Buffer] => [
      path ?? `xl/worksheets/sheet${index + 1}.xml`,
      xml,
    ]),
  ]
  return files.map(([name, content]) => ({ name, content, isPacked }))
}

export const bookOf = (book: Book): Buffer => zipOf(partsOf(book))

/** Styles: the first shows numbers as they are, then one for each format, given by its number or by its code. */
export function stylesOf(formats: readonly (number | string)[]): string {
  const custom = formats.map((format, index) => (typeof format === 'string' ? { id: 164 + index, code: format } : null))
  const ids = formats.map((format, index) => (typeof format === 'number' ? format : 164 + index))
  const numbers = custom.flatMap((format) =>
    format ? `<numFmt numFmtId="${format.id}" formatCode="${escapeXml(format.code)}"/>` : [],
  )
  return `${head}<styleSheet xmlns="${main}">${numbers.length > 0 ? `<numFmts count="${numbers.length}">${numbers.join('')}</numFmts>` : ''}<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${ids.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${ids.map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const columnName = (column: number): string =>
  (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

/** A text, a number, a number in a style, or the XML of a cell with `REF` for where it stands. */
export type CellOf = string | number | null | { number: number | string; style: number } | { xml: string }

function cellXml(cell: CellOf, reference: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
  if (typeof cell === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`
  if ('xml' in cell) return cell.xml.replaceAll('REF', reference)
  return `<c r="${reference}" s="${cell.style}"><v>${cell.number}</v></c>`
}

/** A worksheet around rows, or around XML of rows; an empty row is left out, as Excel does. */
export function sheetOf(rows: readonly (readonly CellOf[])[] | string, merges: readonly string[] = []): string {
  const inside =
    typeof rows === 'string'
      ? rows
      : rows
          .map((cells, index) => ({ line: index + 1, cells }))
          .filter(({ cells }) => cells.length > 0)
          .map(
            ({ line, cells }) =>
              `<row r="${line}">${cells.map((cell, column) => cellXml(cell, `${columnName(column)}${line}`)).join('')}</row>`,
          )
          .join('')
  const merged =
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((region) => `<mergeCell ref="${region}"/>`).join('')}</mergeCells>`
      : ''
  return `${head}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetData>${inside}</sheetData>${merged}</worksheet>`
}

/** A container of old Office files with a directory that names these streams. */
export function oleOf(streams: readonly string[]): Buffer {
  const sector = 512
  const header = Buffer.alloc(sector)
  header.write('d0cf11e0a1b11ae1', 'hex')
  header.writeUInt16LE(0x3e, 24)
  header.writeUInt16LE(3, 26)
  header.writeUInt16LE(0xfffe, 28)
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(1, 44)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(4096, 56)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)
  const table = Buffer.alloc(sector, 0xff)
  table.writeUInt32LE(0xfffffffd, 0)
  table.writeUInt32LE(0xfffffffe, 4)
  const directory = Buffer.alloc(sector)
  ;['Root Entry', ...streams].slice(0, 4).forEach((name, index) => {
    const at = index * 128
    directory.write(name, at, 'utf16le')
    directory.writeUInt16LE(name.length * 2 + 2, at + 64)
    directory[at + 66] = index === 0 ? 5 : 2
    directory.fill(0xff, at + 68, at + 80)
  })
  return Buffer.concat([header, table, directory])
}
