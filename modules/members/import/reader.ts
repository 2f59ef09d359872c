/** The process that reads a list: file to rows, rows to people, numbers hashed and sealed. It hands over a batch when the last one
 *  was taken, so memory stays flat however long the list is; what a file does to it, the server does not feel. */
import { secretFrom } from '#platform/secret.ts'
import { openTable, TableTrouble } from '#platform/table.ts'
import type { Column } from '../headings.ts'
import { readCells } from '../rows.ts'
import { decoderOf, stageRow, type StagedRow } from './staging.ts'

export type ReadOrder = {
  path: string
  sheet: string | null
  columns: Column[]
  /** The first line of the file that may hold a person. */
  firstLine: number
  legacy: 'tcvn3' | 'vni' | null
  master: Uint8Array
  today: string
}

export type ReadTold =
  | { rows: StagedRow[]; bytesRead: number; bytesTotal: number }
  | { end: true }
  | { trouble: string }

const tell = (told: ReadTold) => void process.send!(told)

async function read(order: ReadOrder) {
  const secret = secretFrom(Buffer.from(order.master))
  const decode = decoderOf(order.legacy)
  // Two batches may be under way: one being written while the next is read.
  let underWay = 0
  let wake: (() => void) | null = null
  process.on('message', () => {
    underWay -= 1
    wake?.()
  })
  const taken = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  const table = await openTable(order.path, order.sheet ? { sheet: order.sheet } : {})
  try {
    for await (const batch of table.rows()) {
      const rows = batch.flatMap(({ line, cells }) => {
        if (line < order.firstLine) return []
        const typed = readCells(cells.map(decode), order.columns)
        return typed ? [stageRow(secret, line, typed, order.today)] : []
      })
      while (underWay >= 2) await taken()
      underWay += 1
      tell({ rows, bytesRead: table.bytesRead(), bytesTotal: table.bytesTotal })
    }
    tell({ end: true })
  } finally {
    await table.close()
  }
}

// The order comes first; every later message says that a batch was taken.
process.once('message', (order) => {
  read(order as ReadOrder).catch((error: unknown) =>
    tell({ trouble: error instanceof TableTrouble ? error.trouble : `fault ${String((error as Error).stack)}` }),
  )
})
process.once('disconnect', () => process.exit(0))
