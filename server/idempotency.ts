/** A write that is sent twice acts once: its reply is kept in the same transaction, under the caller's key. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'

/** The reply kept for a key. Waits for another request with the same key that is still under way. */
export async function keptReply(ctx: Ctx, key: string, act: string, digest: Buffer) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.actor.id}/${key}`}, 0))`.execute(ctx.db)
  const row = await ctx.db
    .selectFrom('access.kept_reply')
    .select(['act', 'request_hash', 'reply'])
    .where('account_id', '=', ctx.actor.id)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) return null
  if (row.act !== act || !row.request_hash.equals(digest)) throw new Problem('repeated-key')
  return { reply: row.reply }
}

export async function keepReply(ctx: Ctx, key: string, act: string, digest: Buffer, reply: unknown) {
  await ctx.db
    .insertInto('access.kept_reply')
    .values({ key, account_id: ctx.actor.id, act, request_hash: digest, reply: JSON.stringify(reply) })
    .execute()
}
