/** A branch of some thousands as one list: best match first, then in the order of given names. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import type { Ctx } from '#platform/database.ts'
import type { Ask, Question } from './filters.ts'
import { countMax, type Found, type Page } from './people.ts'

/** What a search by words compares; null in a list of everybody. */
export type Words = { key: string; typed: string; patterns: string[] }
type Ranked = Omit<Found, 'matched'> & { rank: number }

export async function branchPage(
  ctx: Ctx,
  { unitId, onDay, status, filter }: Question,
  ask: Ask,
  words: Words | null,
): Promise<Page & { ranks: number[] }> {
  const after = readCursor(ask.cursor, ['number', 'text', 'id'])
  const [rank, name, id] = after ?? [-1, '', '0']
  const most = after ? ask.limit + 1 : Math.max(countMax, ask.limit) + 1
  const { rows } = await sql<Ranked>`
    select w.person_id as "personId", w.unit_id as "unitId", w.since, w.until, w.name, w.rank
    from members.branch_people(${unitId}, ${onDay}, ${status}, ${filter}, ${words?.key ?? null}, ${words?.typed ?? null}, ${words?.patterns ?? null},
      ${rank}, ${name}, ${id}, ${most}) w`.execute(ctx.db)
  const page = rows.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    found: page.map(({ rank: _, ...row }) => ({ ...row, matched: null })),
    ranks: page.map((row) => row.rank),
    next: rows.length > ask.limit && last ? writeCursor([last.rank, last.name, last.personId]) : null,
    count: after ? null : { count: Math.min(rows.length, countMax), isExact: rows.length <= countMax },
    stopped: null,
  }
}
