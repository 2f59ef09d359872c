/** The life of an import: who may take it to its next state, how far the work is, what went wrong. */
import { sql } from 'kysely'
import { sentenceOf, type Language } from '#kernel/phrases.ts'
import { Problem, type Facts, type ProblemName } from '#kernel/problem.ts'
import { getUnit, unitJson } from '#modules/units/queries.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'
import type { Import, ImportHead, ImportState } from './contract.ts'

type Row = {
  id: string
  purpose: 'members' | 'staff_list'
  state: ImportState
  unit: UnitRef
  unitId: number
  fileName: string
  fileBytes: string
  head: ImportHead
  settings: Record<string, unknown>
  counts: Record<string, number>
  stepsDone: string
  stepsTotal: string
  seconds: number
  trouble: { name: ProblemName; facts?: Facts } | null
  recordedAt: string
  recordedBy: string
  committedAt: string | null
  undoneAt: string | null
}

const columns = sql`i.id, i.purpose, i.state, ${unitJson(sql`i.unit_id`)} as unit, i.unit_id as "unitId", i.file_name as "fileName", i.file_bytes as "fileBytes", i.head, i.settings,
  i.counts, i.steps_done as "stepsDone", i.steps_total as "stepsTotal", coalesce(extract(epoch from now() - i.step_at), 0)::float8 as seconds, i.trouble,
  i.recorded_at as "recordedAt", coalesce((select a.name from access.account a where a.id = i.recorded_by), '') as "recordedBy", i.committed_at as "committedAt", i.undone_at as "undoneAt"`

const busy: readonly ImportState[] = ['reading', 'committing', 'undoing']

function importOf(language: Language, row: Row): Import {
  const { unitId: _, stepsDone, stepsTotal, seconds, fileBytes, trouble, ...rest } = row
  return {
    ...rest,
    fileBytes: Number(fileBytes),
    progress: busy.includes(row.state)
      ? { done: Number(stepsDone), total: Number(stepsTotal), seconds, step: row.state }
      : null,
    trouble: trouble ? { name: trouble.name, title: sentenceOf(language, trouble.name, trouble.facts) } : null,
  }
}

/** Throws not-found for an import that is absent, hidden, or for another purpose. */
export async function getImport(ctx: Ctx, importId: string, purpose: string): Promise<Import> {
  const { rows } =
    await sql<Row>`select ${columns} from imports.import i where i.id = ${importId} and i.purpose = ${purpose}`.execute(
      ctx.db,
    )
  if (!rows[0]) throw new Problem('not-found')
  return importOf(ctx.language, rows[0])
}

/** The newest first, of a unit and its branch. */
export async function listImports(ctx: Ctx, unitId: string, purpose: string): Promise<{ imports: Import[] }> {
  const unit = await getUnit(ctx, unitId)
  const { rows } = await sql<Row>`
    select ${columns} from imports.import i where i.purpose = ${purpose} and i.unit_id in (select b.unit_id from units.branch b
      where b.ancestor_id = ${Number(unit.id)} and b.superseded_at = 'infinity' and b.valid_from <= ${ctx.today} and ${ctx.today}::date < b.valid_to)
    order by i.id desc limit 100`.execute(ctx.db)
  return { imports: rows.map((row) => importOf(ctx.language, row)) }
}

/** Takes an import to its next state, when it is in one of those named; two people at once: the second is refused. */
export async function takeState(
  ctx: Ctx,
  importId: string,
  from: readonly ImportState[],
  to: ImportState,
  settings?: Record<string, unknown>,
) {
  const { rows } = await sql<{ id: string }>`
    update imports.import set state = ${to}, trouble = null, steps_done = 0, steps_total = 0, step_at = now(),
      settings = coalesce(${settings ? JSON.stringify(settings) : null}::jsonb, settings)
    where id = ${importId} and state = any(${from}::text[]) returning id`.execute(ctx.db)
  if (!rows[0]) throw new Problem('import-is-elsewhere')
}

/** Says how far the work is, in a transaction of its own: readers see it while the work is not yet committed. */
export const sayProgress = (house: House, actor: Actor, importId: string, done: number, total: number) =>
  act(house, actor, 'vi', 'progress of import', ({ db }) =>
    sql`update imports.import set steps_done = ${Math.round(done)}, steps_total = ${Math.round(total)} where id = ${importId}`.execute(
      db,
    ),
  )

/** Runs the work of an import in the background. What stops it is told by the import, in words; then it wrote nothing. */
export function runImport(
  house: House,
  actor: Actor,
  importId: string,
  back: ImportState,
  work: (signal: AbortSignal) => Promise<void>,
) {
  house.jobs.start(nameOf(importId), async (signal) => {
    try {
      await work(signal)
    } catch (error) {
      const trouble = troubleOf(error)
      await act(house, actor, 'vi', 'trouble of import', ({ db }) =>
        sql`update imports.import set state = ${back}, trouble = ${JSON.stringify(trouble)}::jsonb where id = ${importId}`.execute(
          db,
        ),
      )
      if (!(error instanceof Problem)) throw error
    }
  })
}

export const nameOf = (importId: string) => `import ${importId}`

const troubleOf = (error: unknown): { name: ProblemName; facts: Facts } =>
  error instanceof Problem ? { name: error.problem, facts: error.facts } : { name: 'import-failed', facts: {} }
