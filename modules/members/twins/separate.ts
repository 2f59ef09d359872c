/** Undoing a merge: the merged person's movements are theirs again, and what was recorded since is handed back to whom it
 *  belongs. All of it or nothing: the row in the way is named. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { holdTree } from '#modules/units/actions.ts'
import type { Ctx } from '#platform/database.ts'
import { inTheWay, lockHistories, type Standing } from '../moves/history.ts'
import { part } from './histories.ts'
import { droppedOf, linesOf, ownersOf } from './lineage.ts'
import { copyFor, refuseOutOfSight, reverseFor, tell, writeLines } from './pair.ts'

export async function separatePeople(ctx: Ctx, mergeId: string, reason: string) {
  requireRole(ctx, 'merge-people')
  const merge = await lockMerge(ctx, mergeId)
  const [kept] = await lockHistories(ctx, [merge.keptId])
  const lines = await linesOf(ctx, mergeId)
  const { owned, takenBack } = await ownersOf(ctx, kept!.history, lines)
  const dropped = await droppedOf(ctx, lines)
  const parting = part(owned, dropped.again)
  if (!parting.possible) throw inTheWay(ctx, kept!.name, parting.wrong as Standing)
  const moving = owned.filter((row) => parting.merged.some((one) => one.id === row.id))
  refuseOutOfSight(kept!.name, [...moving, ...dropped.again])

  // While the merged row still belongs to whom the caller sees: alone it may be nobody's yet.
  await takeBackFields(ctx, merge, reason)
  const { id: undoId } = await ctx.db
    .insertInto('members.merge')
    .values({ kept_id: merge.keptId, merged_id: merge.mergedId, reason, reverses_id: mergeId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await reverseFor(
    ctx,
    undoId,
    moving.map((row) => row.id),
    reason,
  )
  const before = new Map(owned.map((row) => [row.id, row]))
  const again = parting.merged.map((row) => ({
    id: row.id,
    kind: row.kind,
    otherUnitId: (before.get(row.id)?.otherBefore ?? row).otherUnitId ?? null,
  }))
  const copies = await copyFor(ctx, undoId, { id: merge.mergedId, isWoman: merge.isWoman }, again)
  const copyOf = new Map(again.map((row, index) => [row.id, copies[index]!]))
  const followed = new Set(parting.followed)
  await writeLines(ctx, undoId, [
    ...again.map((row) => ({
      movementId: row.id,
      copyId: copyOf.get(row.id)!,
      outcome: followed.has(row.id) ? 'followed' : 'returned',
    })),
    ...parting.stayed.map((movementId) => ({ movementId, outcome: 'stayed' })),
    ...[...takenBack, ...dropped.takenBack].map((movementId) => ({ movementId, outcome: 'taken_back' })),
  ])
  await takeBackPhoto(ctx, merge)
  const returned = again.filter((row) => !followed.has(row.id)).map((row) => copyOf.get(row.id)!)
  return {
    mergeId: undoId,
    returned: await tell(ctx, returned),
    followed: await tell(
      ctx,
      parting.followed.map((id) => copyOf.get(id)!),
    ),
    stayed: await tell(ctx, parting.stayed),
    takenBack: await tell(ctx, [...takenBack, ...dropped.takenBack]),
  }
}

type Merge = { id: string; keptId: string; mergedId: string; isWoman: boolean }

async function lockMerge(ctx: Ctx, mergeId: string): Promise<Merge> {
  const found = await sql<Omit<Merge, 'isWoman'> & { isUndo: boolean }>`
    select g.id, g.kept_id as "keptId", g.merged_id as "mergedId", g.reverses_id is not null as "isUndo" from members.merge g where g.id = ${mergeId}`.execute(
    ctx.db,
  )
  const merge = found.rows[0]
  if (!merge || merge.isUndo) throw new Problem('not-found')
  await holdTree(ctx)
  await sql`select members.lock_people(${[merge.keptId, merge.mergedId]}::bigint[])`.execute(ctx.db)
  const { rows: women } =
    await sql`select from members.person p where p.id = ${merge.mergedId} and p.sex = 'female'`.execute(ctx.db)
  const undone = await sql`select from members.merge r where r.reverses_id = ${mergeId}`.execute(ctx.db)
  if (undone.rows.length > 0) throw new Problem('already-reversed')
  const since = await sql<{ name: string }>`
    select k.full_name as name from members.person p join members.person k on k.id = p.merged_into where p.id = ${merge.keptId}`.execute(
    ctx.db,
  )
  if (since.rows[0]) throw new Problem('merged-since', { name: since.rows[0].name })
  return { ...merge, isWoman: women.length > 0 }
}

/** The kept person gives the number up before it returns to whose it was. */
async function takeBackFields(ctx: Ctx, merge: Merge, reason: string) {
  const { rows } = await sql<{ id: string; personId: string }>`
    select s.id, s.person_id as "personId" from members.statement s where s.merge_id = ${merge.id} and s.reverses_id is null
      and not exists (select from members.statement r where r.reverses_id = s.id) order by s.person_id <> ${merge.keptId}, s.id`.execute(
    ctx.db,
  )
  for (const { id, personId } of rows) {
    await sql`insert into members.statement (person_id, said, source, reason, reverses_id, merge_id)
      values (${personId}, '{}', 'reversal', ${reason}, ${id}::bigint, ${merge.id}::bigint)`
      .execute(ctx.db)
      .catch((error: unknown) => {
        if ((error as { constraint?: string }).constraint === 'person_identity_hash_key')
          throw new Problem('number-given-since')
        throw error
      })
  }
}

/** The portrait that came with the merge goes with its undo; one taken since stays. */
const takeBackPhoto = (ctx: Ctx, merge: Merge) =>
  sql`insert into members.photo (person_id)
    select f.person_id from (select x.* from members.photo x where x.person_id = ${merge.keptId}::bigint order by x.id desc limit 1) f
    where f.recorded_at = (select g.recorded_at from members.merge g where g.id = ${merge.id}::bigint) and exists (select from members.photo y where y.person_id = ${merge.mergedId}::bigint and y.content = f.content)`.execute(
    ctx.db,
  )
