/** Acts on a staff list: read it, say what an unclear row is, finish it, take it back. Accepting rows stands in accepting.ts. */
import { sql } from 'kysely'
import { sentenceOf } from '#kernel/phrases.ts'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import type { Import } from '#modules/imports/contract.ts'
import { dropFile } from '#modules/imports/files.ts'
import { takeState } from '#modules/imports/states.ts'
import { getUnit } from '#modules/units/queries.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import type { Ctx } from '#platform/database.ts'
import type { Upload } from '#platform/serve.ts'
import { discardList, readFor, undoList } from '../import/actions.ts'
import { dropSample, receiveList, showImport } from '../import/receive.ts'
import { writeRows } from '../import/stage.ts'
import { stageRow } from '../import/staging.ts'
import { openUnion } from '../moves/actions.ts'
import type { RawPerson } from '../rows.ts'
import type { StaffSettings } from './contract.ts'
import { chosenEmployers, judgeStaff } from './judge.ts'
import { isWhole, staffRow } from './queries.ts'

export async function receiveStaffList(ctx: Ctx, unitId: string, upload: Upload) {
  const unit = await getUnit(ctx, unitId)
  if (!isGrassroots(unit.kind)) throw new Problem('not-a-grassroots-union')
  return await receiveList(ctx, unitId, upload, 'staff_list')
}

/** A list whose waiting rows did not outlive a crash says that it must be read again. */
export async function showStaffList(ctx: Ctx, importId: string): Promise<Import> {
  const found = await showImport(ctx, importId, 'staff_list')
  if (found.state !== 'ready' || (await isWhole(ctx, importId, found.counts['rows'] ?? 0))) return found
  return { ...found, trouble: { name: 'import-interrupted', title: sentenceOf(ctx.language, 'import-interrupted') } }
}

/** Begins to read the list. Once something of it is accepted it is read again only where its rows were lost. */
export async function readStaffList(ctx: Ctx, importId: string, settings: StaffSettings) {
  requireRole(ctx, 'admit')
  const found = await showStaffList(ctx, importId)
  if (found.committedAt && !found.trouble) throw new Problem('import-is-elsewhere')
  await openUnion(ctx, found.unit.id, settings.on)
  if (settings.employerIds) await chosenEmployers(ctx, Number(found.unit.id), settings.on, settings.employerIds)
  return await readFor(ctx, found, settings, { purpose: 'staff_list', judge: judgeStaff })
}

/** Takes hold of a list that is open: of two people who act on it at once, the second waits and sees what the first did. */
export async function holdList(ctx: Ctx, importId: string): Promise<Import> {
  requireRole(ctx, 'admit')
  await showImport(ctx, importId, 'staff_list')
  const { rows } =
    await sql`update imports.import set step_at = now() where id = ${importId} and state = 'ready' returning id`.execute(
      ctx.db,
    )
  if (rows.length === 0) throw new Problem('import-is-elsewhere')
  return await showImport(ctx, importId, 'staff_list')
}

type Settlement = { typed: Record<string, string> } | { personId: string } | { isNew: true }

/** Says what a row is; who is missing on the list may change with it. */
export async function settleRow(ctx: Ctx, importId: string, line: number, said: Settlement) {
  const found = await holdList(ctx, importId)
  const { rows } = await sql<{ isDone: boolean; name: string; by: string | null; candidates: string[] | null }>`
    select done_at is not null as "isDone", coalesce(full_name, '') as name, (select a.name from access.account a where a.id = done_by) as by, candidates from members.import_row
    where import_id = ${importId} and line = ${line} and not is_added`.execute(ctx.db)
  const row = rows[0]
  if (!row) throw new Problem('not-found')
  if (row.isDone) throw new Problem('row-done', { name: row.name, by: row.by })
  if ('personId' in said && !row.candidates?.includes(said.personId)) throw new Problem('not-a-candidate')
  if ('typed' in said) {
    const typed = Object.fromEntries(Object.entries(said.typed).filter(([, value]) => value.trim())) as RawPerson
    await writeRows(ctx, importId, [stageRow(ctx.secret, line, typed, ctx.today)])
  }
  await sql`update members.import_row set picked_id = ${'personId' in said ? said.personId : null}::bigint, is_said_new = ${'isNew' in said}
    where import_id = ${importId} and line = ${line}`.execute(ctx.db)
  const counts = await judgeStaff(ctx, importId, Number(found.unit.id), found.settings as StaffSettings)
  await keepCounts(ctx, importId, counts)
  return { row: await staffRow(ctx, importId, line), counts }
}

export const keepCounts = (ctx: Ctx, importId: string, counts: Record<string, number>) =>
  sql`update imports.import set counts = ${JSON.stringify(counts)}::jsonb where id = ${importId}`.execute(ctx.db)

/** Finishes a list: nobody keeps a list of people longer than it is needed. */
export async function closeList(ctx: Ctx, importId: string) {
  await holdList(ctx, importId)
  await takeState(ctx, importId, ['ready'], 'done')
  await sql`select members.close_rows(${importId}::bigint)`.execute(ctx.db)
  await dropFile(ctx, importId)
  await dropSample(ctx, importId)
  return await showImport(ctx, importId, 'staff_list')
}

/** Begins to take back what was accepted. */
export async function undoStaffList(ctx: Ctx, importId: string, reason: string) {
  requireRole(ctx, 'admit')
  const found = await showImport(ctx, importId, 'staff_list')
  if (!found.committedAt) throw new Problem('import-is-elsewhere')
  return await undoList(ctx, importId, reason, { purpose: 'staff_list', from: ['ready', 'done'], alsoBack })
}

async function alsoBack(ctx: Ctx, importId: string, reason: string) {
  await sql`select members.undo_staff_list(${importId}::bigint, ${reason})`.execute(ctx.db)
  await dropFile(ctx, importId)
  await dropSample(ctx, importId)
}

/** Gives up a list of which nothing was accepted. */
export async function discardStaffList(ctx: Ctx, importId: string) {
  requireRole(ctx, 'admit')
  const found = await showImport(ctx, importId, 'staff_list')
  if (found.committedAt) throw new Problem('import-is-elsewhere')
  return await discardList(ctx, importId, 'staff_list')
}
