/** Excel in and out. Reading happens in a worker with its own memory and time limit, so a rubbish file cannot hurt the server. */
import { Worker } from 'node:worker_threads'
import { writeXlsxStream, writeXlsx } from 'hucre/xlsx'
import { Readable } from 'node:stream'

export type Cell = string | number | null
export type Column = { header: string; width?: number; format?: string }

const readLimits = { seconds: 20, megabytes: 400, unpackedMegabytes: 150 }

/** What the entries of a zip archive say they unpack to, in bytes. One that lies meets the reader's own limits. */
function unpackedBytes(content: Buffer): number {
  let sum = 0
  for (let at = content.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 46 <= content.length;) {
    sum += content.readUInt32LE(at + 24)
    at = content.indexOf('PK\x01\x02', at + 46, 'latin1')
  }
  return sum
}

/** The first sheet's cells as text, row by row; throws when the file is no workbook or does not fit the limits. */
export function readSheet(content: Buffer, rowsMax: number): Promise<string[][]> {
  if (unpackedBytes(content) > readLimits.unpackedMegabytes * 1e6)
    return Promise.reject(new Error('unpacks to more than a list can hold'))
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./excel-reader.ts', import.meta.url), {
      workerData: { content, rowsMax },
      resourceLimits: { maxOldGenerationSizeMb: readLimits.megabytes },
    })
    const timer = setTimeout(() => {
      reject(new Error('reading took too long'))
      void worker.terminate()
    }, readLimits.seconds * 1000)
    worker.once('message', (rows: string[][] | string) =>
      typeof rows === 'string' ? reject(new Error(rows)) : resolve(rows),
    )
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('reading ended early')))
    const done = () => (clearTimeout(timer), void worker.terminate())
    worker.once('message', done).once('error', done)
  })
}

/** A small workbook: title lines above, a header, rows. */
export async function writeSheet(
  name: string,
  title: readonly string[],
  columns: readonly Column[],
  rows: readonly Cell[][],
): Promise<Buffer> {
  const width = columns.length
  const pad = (cells: Cell[]) => [...cells, ...Array<null>(Math.max(0, width - cells.length)).fill(null)]
  const content = await writeXlsx({
    sheets: [
      {
        name: name.slice(0, 31),
        columns: columns.map((column) => ({
          width: column.width ?? 16,
          ...(column.format && { numFmt: column.format }),
        })),
        rows: [
          ...title.map((line) => pad([line])),
          pad([]),
          columns.map((column) => column.header),
          ...rows.map((row) => [...row]),
        ],
        freezePane: { rows: title.length + 2, columns: 1 },
        pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 'a4' },
      },
    ],
  })
  return Buffer.from(content)
}

/** A long list: rows are written as they come, so memory stays flat. Title lines stand above the header. Text is text: a cell
 *  that begins with an equals sign is no formula. */
export function streamSheet(
  name: string,
  columns: readonly Column[],
  rows: AsyncIterable<Cell[]>,
  title: readonly string[] = [],
): Readable {
  async function* titled(): AsyncGenerator<Cell[]> {
    for (const line of title) yield [line]
    yield []
    yield columns.map((column) => column.header)
    yield* rows
  }
  const hasTitle = title.length > 0
  const stream = writeXlsxStream(hasTitle ? titled() : rows, {
    name: name.slice(0, 31),
    columns: columns.map((column) => ({ ...(!hasTitle && { header: column.header }), width: column.width ?? 16 })),
    ...(hasTitle && { repeatHeaders: false, freezePane: { rows: title.length + 2, columns: 1 } }),
  })
  return Readable.fromWeb(stream as never)
}
