/** Accepting rows of a staff list: hold the list, lock the people, judge the rows once more, write those that still are what they
 *  were. A row that the register has overtaken is told with what it is now, never forced. One transaction for all. */
import { sql } from 'kysely'
import { phrases, sentenceOf } from '#kernel/phrases.ts'
import { Problem, type Fault } from '#kernel/problem.ts'
import { holdTree } from '#modules/units/actions.ts'
import type { Ctx } from '#platform/database.ts'
import { holdList, keepCounts } from './actions.ts'
import type { AcceptedGroup, StaffSettings } from './contract.ts'
import { inviteWorkers } from './inviting.ts'
import { countStaff, isHeld, isOpen, judgeStaff } from './judge.ts'
import { askFor, moveMembers } from './moving.ts'
import type { StaffVerdict } from './rules.ts'

export type AcceptedRow = {
  line: number
  verdict: StaffVerdict
  proposal: string | null
  personId: string | null
  toUnitId: number | null
  fullName: string
  refusals: Fault[] | null
  changes: unknown
  isDone: boolean
  doneBy: string | null
}
export type RefusedRow = { line: number; fullName: string; title: string }
/** The list that rows are accepted of. */
export type OpenList = { id: string; unitId: number; on: string; fileName: string }

const columns = sql`r.line, r.verdict, r.proposal, r.person_id as "personId", r.to_unit_id as "toUnitId", coalesce(r.full_name, '') as "fullName", r.refusals, r.changes,
  r.done_at is not null as "isDone", (select a.name from access.account a where a.id = r.done_by) as "doneBy"`

const rowsOf = async (ctx: Ctx, importId: string, which: ReturnType<typeof sql>) =>
  (
    await sql<AcceptedRow>`select ${columns} from members.import_row r where r.import_id = ${importId} and ${which} order by r.line`.execute(
      ctx.db,
    )
  ).rows

/** The rows a group means, as they were judged last. */
async function chosenRows(ctx: Ctx, importId: string, group: AcceptedGroup): Promise<AcceptedRow[]> {
  const rows = group.lines
    ? await rowsOf(ctx, importId, sql`r.line = any(${group.lines}::int[])`)
    : await rowsOf(ctx, importId, sql`r.verdict = ${group.verdict} and ${isOpen} and not ${isHeld}`)
  const done = rows.find((row) => row.isDone)
  if (done) throw new Problem('row-done', { name: done.fullName, by: done.doneBy })
  if (rows.length !== group.count) throw new Problem('rows-changed', { count: rows.length, shown: group.count })
  return rows
}

export async function acceptRows(ctx: Ctx, importId: string, { groups }: { groups: readonly AcceptedGroup[] }) {
  const found = await holdList(ctx, importId)
  await holdTree(ctx)
  const settings = found.settings as StaffSettings
  const list: OpenList = {
    id: importId,
    unitId: Number(found.unit.id),
    on: settings.on,
    fileName: found.fileName,
  }
  const chosen: { group: AcceptedGroup; rows: AcceptedRow[] }[] = []
  for (const group of groups) chosen.push({ group, rows: await chosenRows(ctx, importId, group) })
  const all = chosen.flatMap(({ rows }) => rows)
  const lines = all.map((row) => row.line)
  if (new Set(lines).size < lines.length)
    throw new Problem('rows-changed', { count: new Set(lines).size, shown: lines.length })

  const people = all.flatMap((row) => (row.personId ? [row.personId] : []))
  await sql`select members.lock_people(${people}::bigint[])`.execute(ctx.db)
  await judgeStaff(ctx, importId, list.unitId, settings, lines)
  const now = new Map(
    (await rowsOf(ctx, importId, sql`r.line = any(${lines}::int[])`)).map((row) => [row.line, row] as const),
  )
  const refused: RefusedRow[] = []
  let accepted = 0
  for (const { group, rows } of chosen) {
    const standing = rows.filter((row) => {
      const is = now.get(row.line)
      if (is && is.verdict === group.verdict && sameState(is, row) && (is.proposal !== null || group.act === 'none'))
        return true
      refused.push(overtaken(ctx, row, is))
      return false
    })
    const against = await perform(ctx, list, group, standing)
    refused.push(...against)
    const wrong = new Set(against.map(({ line }) => line))
    const written = standing.filter(({ line }) => !wrong.has(line)).map(({ line }) => line)
    await sql`update members.import_row set done_at = now(), done_by = ${ctx.actor.id}, act = ${group.act}
      where import_id = ${importId} and line = any(${written}::int[])`.execute(ctx.db)
    accepted += written.length
  }
  // Judged above for these rows; who was taken for nobody may leave somebody missing.
  const counts = groups.some(({ verdict }) => verdict === 'unclear')
    ? await judgeStaff(ctx, importId, list.unitId, settings)
    : await countStaff(ctx, importId)
  await keepCounts(ctx, importId, counts)
  if (accepted > 0)
    await sql`update imports.import set committed_at = coalesce(committed_at, now()) where id = ${importId}`.execute(
      ctx.db,
    )
  return { accepted, refused, counts }
}

const sameState = (a: AcceptedRow, b: AcceptedRow) =>
  a.verdict === b.verdict &&
  a.proposal === b.proposal &&
  a.personId === b.personId &&
  a.toUnitId === b.toUnitId &&
  JSON.stringify(a.changes) === JSON.stringify(b.changes)

/** A row that is no longer what it was, with what it is now. */
function overtaken(ctx: Ctx, row: AcceptedRow, is: AcceptedRow | undefined): RefusedRow {
  const say = phrases[ctx.language].screens.labour
  const state = is ? say.verdicts[is.verdict] : say.nothingLeft
  return {
    line: row.line,
    fullName: row.fullName,
    title: sentenceOf(ctx.language, 'row-overtaken', { name: row.fullName, state }),
  }
}

/** Does what the group says with its rows; those that cannot be come back with the reason. */
async function perform(ctx: Ctx, list: OpenList, group: AcceptedGroup, rows: readonly AcceptedRow[]) {
  if (rows.length === 0 || group.act === 'none') return []
  switch (group.act) {
    case 'write':
      await writeFields(ctx, list, rows)
      return []
    case 'invite':
      await inviteWorkers(ctx, list, rows)
      return []
    case 'ask':
      return await askFor(ctx, list, rows)
    default:
      return await moveMembers(ctx, list, { ...group, act: group.act }, rows)
  }
}

/** What the list says otherwise, as statements of it. */
async function writeFields(ctx: Ctx, list: OpenList, rows: readonly AcceptedRow[]) {
  await sql`
    insert into members.statement (person_id, said, source, import_id)
    select r.person_id,
      case when r.changes ? 'fullName' then jsonb_build_object('fullName', r.full_name, 'nameKey', r.name_key) else '{}' end
      || case when r.changes ? 'birthDate' then jsonb_build_object('birthDate', r.birth_date, 'birthYear', null) else '{}' end
      || case when r.changes ? 'identityNumber' then jsonb_build_object('identityKind', r.identity_kind, 'identityHash', encode(r.identity_hash, 'hex'),
           'identitySealed', encode(r.identity_sealed, 'hex'), 'identityTail', r.identity_tail) else '{}' end
      || coalesce((select jsonb_object_agg(j.key, j.value) from jsonb_each(r.said) j where r.changes ? j.key), '{}'), 'staff_list', r.import_id
    from members.import_row r where r.import_id = ${list.id} and r.line = any(${rows.map(({ line }) => line)}::int[]) order by r.line`.execute(
    ctx.db,
  )
}
