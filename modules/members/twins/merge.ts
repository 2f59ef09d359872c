/** Merging: the other row's movements are taken back and recorded anew under the kept person, as far as one life can hold them;
 *  what the kept person's record lacks comes along. Every step is a row, so that the whole can be undone. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import { requireRole } from '#modules/access/actions.ts'
import { holdTree } from '#modules/units/actions.ts'
import type { Ctx } from '#platform/database.ts'
import { unite } from './histories.ts'
import { copyFor, lockPair, refuseOutOfSight, refuseToldApart, reverseFor, tell, writeLines } from './pair.ts'

export async function mergePeople(
  ctx: Ctx,
  { keptId, mergedId, reason }: { keptId: string; mergedId: string; reason: string },
) {
  requireRole(ctx, 'merge-people')
  await holdTree(ctx)
  const [kept, merged] = await lockPair(ctx, keptId, mergedId)
  await refuseToldApart(ctx, keptId, mergedId)
  refuseOutOfSight(merged.name, merged.history)
  await refuseWaiting(ctx, merged)
  const { carried, dropped } = unite(kept.history, merged.history)
  const { id: mergeId } = await ctx.db
    .insertInto('members.merge')
    .values({ kept_id: keptId, merged_id: mergedId, reason })
    .returning('id')
    .executeTakeFirstOrThrow()
  const fields = await bringFields(ctx, mergeId, keptId, mergedId)
  await reverseFor(
    ctx,
    mergeId,
    merged.history.map((row) => row.id),
    reason,
  )
  const copies = await copyFor(ctx, mergeId, kept, carried)
  await writeLines(ctx, mergeId, [
    ...kept.history.map((row) => ({ movementId: row.id, outcome: 'stood' })),
    ...carried.map((row, index) => ({ movementId: row.id, copyId: copies[index]!, outcome: 'carried' })),
    ...dropped.map((movementId) => ({ movementId, outcome: 'dropped' })),
  ])
  await bringPhoto(ctx, keptId, mergedId)
  return { mergeId, carried: await tell(ctx, copies), dropped: await tell(ctx, dropped), fields }
}

/** Somebody waits for an answer about this very row: it is given first. */
async function refuseWaiting(ctx: Ctx, merged: { id: string; name: string }) {
  const { rows } = await sql`
    select from members.transfer_request q where q.person_id = ${merged.id}
      and not exists (select from members.transfer_answer a where a.request_id = q.id) limit 1`.execute(ctx.db)
  if (rows.length > 0) throw new Problem('transfer-waits', { name: merged.name })
}

type RecordRow = {
  id: string
  record: Record<string, unknown>
  birthDate: string | null
  birthYear: number | null
  hash: Buffer | null
  sealed: Buffer | null
  tail: string | null
  identityKind: string
  citizenship: string
}

/** Says of the kept person what only the other row knew. A number is given up there before it is given here. */
async function bringFields(ctx: Ctx, mergeId: string, keptId: string, mergedId: string): Promise<string[]> {
  const { rows } = await sql<RecordRow>`
    select p.id, p.record, p.birth_date as "birthDate", p.birth_year as "birthYear", p.identity_hash as hash, p.identity_sealed as sealed, p.identity_tail as tail,
      p.identity_kind as "identityKind", p.citizenship
    from members.person p where p.id in (${keptId}, ${mergedId})`.execute(ctx.db)
  const kept = rows.find((row) => row.id === keptId)!
  const merged = rows.find((row) => row.id === mergedId)!
  const said: Record<string, unknown> = {}
  for (const [code, value] of Object.entries(merged.record)) if (!(code in kept.record)) said[code] = value
  const fields = Object.keys(said)
  if (!kept.birthDate && merged.birthDate?.startsWith(String(kept.birthYear))) {
    Object.assign(said, { birthDate: merged.birthDate, birthYear: null })
    fields.push('birthDate')
  }
  if (!kept.hash && merged.hash) {
    await say(ctx, mergeId, mergedId, { identityHash: null, identitySealed: null, identityTail: null })
    Object.assign(said, {
      identityKind: merged.identityKind,
      identityHash: merged.hash.toString('hex'),
      identitySealed: merged.sealed!.toString('hex'),
      identityTail: merged.tail,
      // A passport is one within its country.
      ...(merged.identityKind === 'passport' && { citizenship: merged.citizenship }),
    })
    fields.push('identityNumber')
  }
  if (fields.length > 0) await say(ctx, mergeId, keptId, said)
  return fields
}

const say = (ctx: Ctx, mergeId: string, personId: string, said: Record<string, unknown>) =>
  sql`insert into members.statement (person_id, said, source, merge_id) values (${personId}, ${JSON.stringify(said)}::jsonb, 'merge', ${mergeId}::bigint)`.execute(
    ctx.db,
  )

const bringPhoto = (ctx: Ctx, keptId: string, mergedId: string) =>
  sql`insert into members.photo (person_id, media_type, content)
    select k.id, f.media_type, f.content from members.person k join members.person m on m.id = ${mergedId}::bigint and m.has_photo
    cross join lateral (select x.media_type, x.content from members.photo x where x.person_id = m.id order by x.id desc limit 1) f
    where k.id = ${keptId}::bigint and not k.has_photo`.execute(ctx.db)
