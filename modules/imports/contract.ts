/** Imports: lists that arrive as files, whichever room they are for. */
import { z } from 'zod'
import { Id } from '#kernel/shapes.ts'
import { UnitRef } from '#modules/units/contract.ts'

/** received → reading → ready → committing → done → undoing → undone; `failed` and `discarded` wrote nothing. */
export const ImportState = z.enum([
  'received',
  'reading',
  'ready',
  'committing',
  'done',
  'undoing',
  'undone',
  'failed',
  'discarded',
])
export type ImportState = z.infer<typeof ImportState>

/** A column as it was found and what it is taken for; null: ignored. */
export const ImportColumn = z.object({
  index: z.number().int().min(0).max(400),
  header: z.string().max(400),
  field: z.string().max(60).nullable(),
  confidence: z.enum(['sure', 'guess']),
})
export type ImportColumn = z.infer<typeof ImportColumn>

export const ImportHead = z.object({
  kind: z.enum(['xlsx', 'csv']),
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  encoding: z.string(),
  /** An old Vietnamese font whose letters were converted. */
  legacy: z.enum(['tcvn3', 'vni']).nullable(),
  columns: z.array(ImportColumn),
  /** Lines above the data: titles and header. */
  linesAbove: z.number().int(),
  layout: z.string(),
  /** Somebody mapped this layout before. */
  isRemembered: z.boolean(),
  /** First rows, as they stand in the file and as they are read. */
  sample: z.array(
    z.object({ line: z.number().int(), cells: z.array(z.string()), before: z.array(z.string()).nullable() }),
  ),
})
export type ImportHead = z.infer<typeof ImportHead>

export const Import = z.object({
  id: Id,
  purpose: z.enum(['members', 'staff_list']),
  state: ImportState,
  unit: UnitRef,
  fileName: z.string(),
  fileBytes: z.number().int(),
  head: ImportHead,
  settings: z.record(z.string(), z.unknown()),
  /** Rows by verdict, once read; what was written, once committed; the three lists of an undo, once undone. */
  counts: z.record(z.string(), z.number().int()),
  /** Of the work under way: done and total in one measure, and the seconds it has run. */
  progress: z.object({ done: z.number(), total: z.number(), seconds: z.number(), step: z.string() }).nullable(),
  trouble: z.object({ name: z.string(), title: z.string() }).nullable(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  committedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
})
export type Import = z.infer<typeof Import>
