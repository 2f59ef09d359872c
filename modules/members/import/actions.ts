/** Acts on an import: read it, mend a row, write all of it or nothing, take it back, give it up. Long work goes on by itself and tells
 *  how far it is; whoever lost the connection finds it again. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { officerFor } from '#modules/access/queries.ts'
import type { Import, ImportState } from '#modules/imports/contract.ts'
import { dropFile } from '#modules/imports/files.ts'
import { rememberLayout } from '#modules/imports/layouts.ts'
import { runImport, sayProgress, takeState } from '#modules/imports/states.ts'
import { holdTree, refuseFuture } from '#modules/units/actions.ts'
import { faultsOfDecision, recordDecision } from '#modules/units/decisions.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'
import type { RawPerson } from '../rows.ts'
import type { Settings } from './contract.ts'
import { stageRow } from './staging.ts'
import { dropSample, showImport } from './receive.ts'
import { rowOf } from './waiting.ts'
import { judgeRows, orderOf, stageRows, writeRows } from './stage.ts'

const naming = new Set(['fullName', 'familyName', 'givenName', 'identityNumber'])

/** What a list is for decides how its rows are judged once they are read. */
export type Reading<S> = {
  purpose: Import['purpose']
  judge: (ctx: Ctx, importId: string, unitId: number, settings: S) => Promise<Record<string, number>>
}
const ofMembers: Reading<Settings> = { purpose: 'members', judge: judgeRows }

/** Begins to read the whole list by these columns. */
export async function readList(ctx: Ctx, importId: string, settings: Settings) {
  requireRole(ctx, 'admit')
  const found = await showImport(ctx, importId)
  if (settings.decision) {
    const [fault] = await faultsOfDecision(ctx, Number(found.unit.id), settings.decision)
    if (fault) throw new Problem(fault.name, fault.facts, [fault])
  }
  return await readFor(ctx, found, settings, ofMembers)
}

/** Reads a list for its purpose: the file to waiting rows, the rows to what they would do. */
export async function readFor<S extends Pick<Settings, 'columns' | 'sheet' | 'on'>>(
  ctx: Ctx,
  found: Import,
  settings: S,
  { purpose, judge }: Reading<S>,
) {
  const importId = found.id
  if (!settings.columns.some(({ field }) => field !== null && naming.has(field)))
    throw new Problem('columns-name-nobody')
  refuseFuture(ctx, settings.on)
  await takeState(ctx, importId, ['received', 'ready', 'failed'], 'reading', settings)
  await sql`select members.drop_rows(${importId}::bigint, '{}')`.execute(ctx.db)
  const { actor } = ctx
  const unitId = Number(found.unit.id)
  ctx.afterCommit((house) =>
    runImport(house, actor, importId, 'failed', async (signal) => {
      await stageRows(house, actor, importId, orderOf(settings, found.head), signal)
      await act(house, actor, 'vi', 'judge import', async (later) => {
        const counts = await judge(later, importId, unitId, settings)
        if (counts['rows'] === 0) throw new Problem('list-empty')
        await sql`update imports.import set state = 'ready', counts = ${JSON.stringify(counts)}::jsonb where id = ${importId} and state = 'reading'`.execute(
          later.db,
        )
        await rememberLayout(later, unitId, purpose, found.head.layout, settings.columns)
      })
    }),
  )
  return await showImport(ctx, importId, purpose)
}

/** Mends one waiting row, or leaves it out, and says anew what it and the whole list would do. */
export async function mendRow(
  ctx: Ctx,
  importId: string,
  line: number,
  entry: { typed?: RawPerson | null | undefined; isLeftOut?: boolean | null | undefined },
) {
  requireRole(ctx, 'admit')
  const found = await showImport(ctx, importId)
  if (found.state !== 'ready') throw new Problem('import-is-elsewhere')
  const seen = await sql`select from members.import_row where import_id = ${importId} and line = ${line}`.execute(
    ctx.db,
  )
  if (seen.rows.length === 0) throw new Problem('not-found')
  if (entry.typed) {
    const typed = Object.fromEntries(Object.entries(entry.typed).filter(([, value]) => value?.trim())) as RawPerson
    await writeRows(ctx, importId, [stageRow(ctx.secret, line, typed, ctx.today)])
  }
  if (entry.isLeftOut != null)
    await sql`update members.import_row set is_left_out = ${entry.isLeftOut} where import_id = ${importId} and line = ${line}`.execute(
      ctx.db,
    )
  // A mended number may have been another row's twin.
  const counts = await judgeRows(
    ctx,
    importId,
    Number(found.unit.id),
    found.settings as Settings,
    found.counts['rows']! > manyRows ? [line] : null,
  )
  await sql`update imports.import set counts = ${JSON.stringify(counts)}::jsonb where id = ${importId}`.execute(ctx.db)
  return { row: await rowOf(ctx, importId, line), counts }
}

/** A list so long is not judged as a whole at each mend; it is once more when it is written. */
const manyRows = 50_000
const sliceRows = 20_000

/** Begins to write. Rows are judged once more under locks, so that what is written is true when it is written. */
export async function commitList(ctx: Ctx, importId: string) {
  requireRole(ctx, 'admit')
  const found = await showImport(ctx, importId)
  await takeState(ctx, importId, ['ready'], 'committing')
  const { actor } = ctx
  const { settings, unit } = found
  ctx.afterCommit((house) =>
    runImport(house, actor, importId, 'ready', (signal) =>
      writeList(house, actor, importId, Number(unit.id), settings as Settings, found.counts['rows'] ?? 0, signal),
    ),
  )
  return await showImport(ctx, importId)
}

async function writeList(
  house: House,
  actor: Actor,
  importId: string,
  unitId: number,
  settings: Settings,
  rowsTold: number,
  signal: AbortSignal,
) {
  await act(house, actor, 'vi', 'POST /member-imports/:importId/commits', async (ctx) => {
    // Two imports into one place: one waits for the other. The tree stands still meanwhile.
    await holdImports(ctx, importId, unitId)
    await holdTree(ctx)
    await sql`select members.lock_import(${importId}::bigint)`.execute(ctx.db)
    const counts = await judgeRows(ctx, importId, unitId, settings)
    // The waiting rows do not outlive a crash of the database; then the file must be read again.
    if (counts['rows'] !== rowsTold) throw new Problem('import-interrupted')
    const decisionId = settings.decision ? await recordDecision(ctx, unitId, 'admission', settings.decision) : null
    const officerId = await officerFor(ctx, settings.officerId)
    const { rows } = await sql<{ line: number }>`
      select line from (select line, row_number() over (order by line) as place from members.import_row where import_id = ${importId}) r where place % ${sliceRows} = 0 order by line`.execute(
      ctx.db,
    )
    let from = 0
    let done = 0
    for (const to of [...rows.map((row) => row.line), 2_147_483_647]) {
      if (signal.aborted) throw new Problem('import-interrupted')
      await sql`select members.commit_rows(${importId}::bigint, ${from}, ${to}, ${settings.kind}, ${settings.on}::date, ${decisionId}::bigint, ${officerId}::int)`.execute(
        ctx.db,
      )
      from = to + 1
      done = Math.min(done + sliceRows, rowsTold)
      await sayProgress(house, actor, importId, done, rowsTold)
    }
    await dropFile(ctx, importId)
    await dropSample(ctx, importId)
    await sql`select members.drop_rows(${importId}::bigint, '{refused,elsewhere}')`.execute(ctx.db)
    await sql`update imports.import set state = 'done', counts = ${JSON.stringify(counts)}::jsonb, committed_at = clock_timestamp() where id = ${importId}`.execute(
      ctx.db,
    )
  })
}

/** One lock a union that the list names; a list that names very many takes the whole house's. */
async function holdImports(ctx: Ctx, importId: string, unitId: number) {
  const { rows } = await sql<{
    id: number
  }>`select distinct unit_id as id from members.import_row where import_id = ${importId} and unit_id is not null order by 1 limit 501`.execute(
    ctx.db,
  )
  if (rows.length > 500) {
    await sql`select pg_advisory_xact_lock(7239513, 0)`.execute(ctx.db)
    return
  }
  await sql`select pg_advisory_xact_lock_shared(7239513, 0)`.execute(ctx.db)
  for (const id of new Set([...rows.map((row) => row.id), unitId]))
    await sql`select pg_advisory_xact_lock(7239513, ${id})`.execute(ctx.db)
}

/** From which states a list is taken back, and what it did beside movements and fields. */
export type Undoing = {
  purpose: Import['purpose']
  from: readonly ImportState[]
  alsoBack?: (ctx: Ctx, importId: string, reason: string) => Promise<void>
}

/** Begins to take an import back. */
export async function undoList(
  ctx: Ctx,
  importId: string,
  reason: string,
  { purpose, from, alsoBack }: Undoing = { purpose: 'members', from: ['done'] },
) {
  requireRole(ctx, 'admit')
  const { state } = await showImport(ctx, importId, purpose)
  await takeState(ctx, importId, from, 'undoing')
  const { actor } = ctx
  ctx.afterCommit((house) =>
    runImport(house, actor, importId, state, (signal) => takeBack(house, actor, importId, reason, signal, alsoBack)),
  )
  return await showImport(ctx, importId, purpose)
}

const slicePeople = 5000

async function takeBack(
  house: House,
  actor: Actor,
  importId: string,
  reason: string,
  signal: AbortSignal,
  alsoBack?: Undoing['alsoBack'],
) {
  await act(house, actor, 'vi', 'POST /member-imports/:importId/undoings', async (ctx) => {
    await holdTree(ctx)
    const all = await sql<{
      n: number
    }>`select count(*)::int as n from members.touched_by(${importId}::bigint, 0, 2147483647)`.execute(ctx.db)
    let after = '0'
    for (let done = 0; ; done += slicePeople) {
      if (signal.aborted) throw new Problem('import-interrupted')
      const { rows } = await sql<{
        id: string
      }>`select t.id from members.touched_by(${importId}::bigint, ${after}::bigint, ${slicePeople}) t(id)`.execute(
        ctx.db,
      )
      if (rows.length === 0) break
      await sql`select members.undo_slice(${importId}::bigint, ${rows.map((row) => row.id)}::bigint[], ${reason})`.execute(
        ctx.db,
      )
      after = rows.at(-1)!.id
      await sayProgress(house, actor, importId, Math.min(done + slicePeople, all.rows[0]!.n), all.rows[0]!.n)
    }
    await alsoBack?.(ctx, importId, reason)
    const lists = await sql<{ outcome: string; n: number }>`
      select outcome, count(distinct coalesce(person_id, -invitation_id))::int as n from members.undo_line where import_id = ${importId} group by 1`.execute(
      ctx.db,
    )
    const counts = Object.fromEntries(lists.rows.map((row) => [`undo_${row.outcome}`, row.n]))
    await sql`update imports.import set state = 'undone', counts = counts || ${JSON.stringify(counts)}::jsonb, undone_at = clock_timestamp(), undone_by = ${actor.id}, undo_reason = ${reason}
      where id = ${importId}`.execute(ctx.db)
  })
}

/** Gives up an import that was not written. */
export async function discardList(ctx: Ctx, importId: string, purpose: Import['purpose'] = 'members') {
  requireRole(ctx, 'admit')
  await showImport(ctx, importId, purpose)
  await takeState(ctx, importId, ['received', 'ready', 'failed'], 'discarded')
  await sql`select members.drop_rows(${importId}::bigint, '{}')`.execute(ctx.db)
  await dropFile(ctx, importId)
  await dropSample(ctx, importId)
  return await showImport(ctx, importId, purpose)
}
