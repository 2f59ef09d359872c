/** The worker that reads a workbook: cells as the text a person sees. */
import { parentPort, workerData } from 'node:worker_threads'
import { streamXlsxRows } from 'hucre/xlsx'

const { content, rowsMax } = workerData as { content: Uint8Array; rowsMax: number }

const dayOf = (date: Date) =>
  `${String(date.getUTCDate()).padStart(2, '0')}/${String(date.getUTCMonth() + 1).padStart(2, '0')}/${date.getUTCFullYear()}`

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : value instanceof Date
      ? dayOf(value)
      : typeof value === 'number'
        ? wholeText(value)
        : typeof value === 'object'
          ? ''
          : String(value as string | boolean | bigint)

/** 1199012345 stays digits; Excel's own display would be 1.2E+09. */
const wholeText = (value: number) => (Number.isInteger(value) ? value.toFixed(0) : String(value))

async function read() {
  const rows: string[][] = []
  for await (const row of streamXlsxRows(content)) {
    const cells: unknown[] = Array.isArray(row) ? row : (row as { values: unknown[] }).values
    rows.push(cells.map(textOf))
    if (rows.length > rowsMax) break
  }
  return rows
}

read().then(
  (rows) => parentPort!.postMessage(rows),
  (error: unknown) => parentPort!.postMessage(String(error)),
)
