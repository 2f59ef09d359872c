/** Taking a file in: what it is, where its header stands, which letters it is written in, what its columns mean. Nothing is written
 *  to the register; the file waits sealed. */
import { sql } from 'kysely'
import { Problem, type ProblemName } from '#kernel/problem.ts'
import { recogniseLegacy } from '#kernel/legacy.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { ImportHead } from '#modules/imports/contract.ts'
import { keepFile } from '#modules/imports/files.ts'
import { recallLayout } from '#modules/imports/layouts.ts'
import { getImport } from '#modules/imports/states.ts'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Upload } from '#platform/serve.ts'
import { openTable, TableTrouble, type Trouble } from '#platform/table.ts'
import { layoutOf, recogniseHeader } from '../header.ts'
import { decoderOf } from './staging.ts'

const troubles: Record<Trouble, ProblemName> = {
  'not-a-table': 'file-not-a-table',
  'password-protected': 'file-password-protected',
  'old-excel': 'file-old-excel',
  empty: 'file-empty',
  truncated: 'file-truncated',
  'too-wide': 'file-too-wide',
  'too-large': 'file-too-large',
  'unpacks-too-large': 'file-unpacks-too-large',
}

/** What stopped the reader, as a problem; null for a fault of our own. */
export const problemOfTrouble = (trouble: string): Problem | null =>
  trouble in troubles ? new Problem(troubles[trouble as Trouble], { mb: 400 }) : null

const rowsSampled = 400
const rowsShown = 8

function toldInWords(error: unknown): never {
  throw (error instanceof TableTrouble && problemOfTrouble(error.trouble)) || error
}

/** What a file says of itself, and how its columns are taken. */
async function readHead(path: string, sheet?: string): Promise<ImportHead> {
  const table = await openTable(path, sheet ? { sheet } : {}).catch(toldInWords)
  try {
    const rows: { line: number; cells: string[] }[] = []
    for await (const batch of table.rows()) {
      rows.push(...batch)
      if (rows.length >= rowsSampled) break
    }
    const cells = rows.map((row) => row.cells)
    const { columns, dataFrom } = recogniseHeader(cells)
    const legacy = recogniseLegacy(cells.flat().slice(0, 20_000))
    const decode = decoderOf(legacy)
    const shown = rows.slice(dataFrom, dataFrom + rowsShown)
    const { kind, sheet: opened, sheets, encoding } = table.head
    return {
      kind,
      sheet: opened,
      sheets,
      encoding,
      legacy,
      columns: columns.map(({ index, header, field, confidence }) => ({
        index,
        header: header.slice(0, 400),
        field,
        confidence,
      })),
      linesAbove: (rows[dataFrom]?.line ?? (rows.at(-1)?.line ?? 0) + 1) - 1,
      layout: layoutOf(columns),
      isRemembered: false,
      sample: shown.map((row) => ({
        line: row.line,
        cells: row.cells.slice(0, 60).map((cell) => decode(cell).slice(0, 120)),
        before: legacy ? row.cells.slice(0, 60).map((cell) => cell.slice(0, 120)) : null,
      })),
    }
  } catch (error) {
    return toldInWords(error)
  } finally {
    await table.close()
  }
}

/** Takes a file for a unit and its branch. */
export async function receiveList(
  ctx: Ctx,
  unitId: string,
  upload: Upload,
  purpose: 'members' | 'staff_list' = 'members',
) {
  requireRole(ctx, 'admit')
  const unit = await getUnit(ctx, unitId)
  const head = await readHead(upload.path)
  if (head.sample.length === 0) throw new Problem('file-empty')
  const remembered = await recallLayout(ctx, Number(unit.id), purpose, head.layout)
  if (remembered) {
    head.columns = head.columns.map((column) => ({
      ...column,
      field: remembered.find(({ index }) => index === column.index)?.field ?? null,
    }))
    head.isRemembered = true
  }
  const { id } = await ctx.db
    .insertInto('imports.import')
    .values({
      purpose,
      unit_id: Number(unit.id),
      file_name: upload.fileName.slice(0, 200) || 'list',
      file_bytes: upload.bytes,
      file_digest: upload.digest,
      head: JSON.stringify(sealSample(ctx, head)),
      recorded_by: ctx.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await keepFile(ctx, id, upload.path)
  return await showImport(ctx, id, purpose)
}

/** The first rows are people's data, too: they wait sealed like the file. */
const sealSample = (ctx: Ctx, head: ImportHead) => ({
  ...head,
  sample: [],
  sampleSealed: ctx.secret.seal(JSON.stringify(head.sample)).toString('base64'),
})

/** An import with its first rows opened for whoever maps the columns. */
export async function showImport(ctx: Ctx, importId: string, purpose: 'members' | 'staff_list' = 'members') {
  const found = await getImport(ctx, importId, purpose)
  const sealed = (found.head as ImportHead & { sampleSealed?: string }).sampleSealed
  const isWaiting = ['received', 'failed', 'ready'].includes(found.state)
  const sample =
    sealed && isWaiting ? (JSON.parse(ctx.secret.open(Buffer.from(sealed, 'base64'))) as ImportHead['sample']) : []
  return { ...found, head: { ...found.head, sample } }
}

/** Dropped with the file: the first rows are no longer shown once the rows are written. */
export const dropSample = (ctx: Ctx, importId: string) =>
  sql`update imports.import set head = head - 'sampleSealed' where id = ${importId}`.execute(ctx.db)
