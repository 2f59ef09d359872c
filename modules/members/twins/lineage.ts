/** Whose a row is: followed back through merges and their undos, and through hands that took it back and wrote the same again. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import type { Standing } from '../moves/history.ts'
import type { MovementKind } from '../moves/rules.ts'
import type { Owned, Row } from './histories.ts'
import { destinations } from './pair.ts'

type Line = {
  movementId: string
  copyId: string | null
  outcome: string
  kind: MovementKind
  otherUnitId: number | null
}

export async function linesOf(ctx: Ctx, mergeId: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select l.movement_id as "movementId", l.copy_id as "copyId", l.outcome, m.kind, m.other_unit_id as "otherUnitId"
    from members.merge_line l left join members.movement m on m.id = l.movement_id where l.merge_id = ${mergeId} order by l.id`.execute(
    ctx.db,
  )
  return rows
}

type OwnedStanding = Owned & Standing & { otherBefore?: { otherUnitId: number | null } }

/** Whose each standing row of the kept person is. A row may have been recorded anew since: by another merge and its undo, which
 *  left lines, or by a hand that took it back and wrote the same again. */
export async function ownersOf(ctx: Ctx, history: readonly Standing[], lines: readonly Line[]) {
  const carried = new Map(lines.flatMap((line) => (line.outcome === 'carried' ? [[line.copyId!, line] as const] : [])))
  const stood = new Set(lines.filter((line) => line.outcome === 'stood').map((line) => line.movementId))
  const others = await destinations(
    ctx,
    history.map((row) => row.id),
  )
  const origins = await originsOf(
    ctx,
    history.map((row) => row.id),
    [...carried.keys(), ...stood],
  )
  const placed = new Set<string>()
  const owned = history.map((row): OwnedStanding => {
    const origin = origins.get(row.id)!
    const line = carried.get(origin.id)
    if (line || stood.has(origin.id)) placed.add(origin.id)
    const from = { ...row, otherUnitId: others.get(row.id) ?? null }
    if (line) return asTheirs(from, line)
    return { ...from, owner: stood.has(origin.id) || origin.isAnothers ? 'kept' : 'since' }
  })
  // What was taken back and recorded the same again is the same.
  const gone = [...carried.keys(), ...stood].filter((id) => !placed.has(id))
  const goneRows = await sql<Row>`
    select m.id, m.kind, m.quantity, m.unit_id as "unitId", m.occurred_on as "occurredOn" from members.movement m
    where m.id = any(${gone}::bigint[]) order by m.id`.execute(ctx.db)
  for (const row of goneRows.rows) {
    const index = owned.findIndex((one) => one.owner === 'since' && isSame(one, row))
    if (index < 0) continue
    const line = carried.get(row.id)
    const now = owned[index]!
    owned[index] = line ? asTheirs(now, line) : { ...now, owner: 'kept' }
    placed.add(row.id)
  }
  return { owned, takenBack: [...carried.keys()].filter((id) => !placed.has(id)) }
}

const asTheirs = (row: Standing & Row, line: Line): OwnedStanding => ({
  ...row,
  owner: 'merged',
  // An admission that the merge took for an arrival is an admission again.
  ...(row.kind !== line.kind &&
    row.kind === 'received' && { kindBefore: line.kind, otherBefore: { otherUnitId: line.otherUnitId } }),
})

const isSame = (a: Row, b: Row) =>
  a.kind === b.kind && a.unitId === b.unitId && a.quantity === b.quantity && a.occurredOn === b.occurredOn

/** Follows each row back through merges and undos to the first of the rows asked for, or to where it began. `isAnothers`: it is in
 *  this history by a merge that stands, of somebody else. */
async function originsOf(ctx: Ctx, movementIds: readonly string[], until: readonly string[]) {
  const { rows } = await sql<{ standing: string; id: string; isAnothers: boolean }>`
    with recursive back as (
      select x.id as standing, x.id, 0 as step from unnest(${movementIds}::bigint[]) x(id)
      union all
      select b.standing, l.movement_id, b.step + 1 from back b join members.merge_line l on l.copy_id = b.id
        where b.id <> all(${until}::bigint[])
    )
    select distinct on (b.standing) b.standing, b.id, exists (
      select from members.movement m join members.merge g on g.id = m.merge_id where m.id = b.standing and g.reverses_id is null
        and not exists (select from members.merge r where r.reverses_id = g.id)) as "isAnothers"
    from back b order by b.standing, b.step desc`.execute(ctx.db)
  return new Map(rows.map((row) => [row.standing, row]))
}

/** What the merge dropped, to be recorded again: unless the paper or the list behind it was taken back since. */
export async function droppedOf(ctx: Ctx, lines: readonly Line[]) {
  const ids = lines.filter((line) => line.outcome === 'dropped').map((line) => line.movementId)
  const { rows } = await sql<Standing & Row & { isGone: boolean }>`
    select m.id, m.kind, m.quantity, m.unit_id as "unitId", u.name as "unitName", m.occurred_on as "occurredOn", m.other_unit_id as "otherUnitId",
      coalesce(d.withdrawn_at is not null, false) or coalesce(i.state in ('undoing', 'undone'), false) as "isGone"
    from members.movement m join units.unit u on u.id = m.unit_id
    left join units.decision d on d.id = m.decision_id left join imports.import i on i.id = m.import_id
    where m.id = any(${ids}::bigint[]) order by m.id`.execute(ctx.db)
  if (rows.length < ids.length) throw new Problem('history-out-of-sight', { name: '\u2022\u2022\u2022' })
  return {
    again: rows.filter((row) => !row.isGone),
    takenBack: rows.filter((row) => row.isGone).map((row) => row.id),
  }
}
