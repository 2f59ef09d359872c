/** The register: union by union or, in a branch of some thousands, as one list; in the order of given names, filtered, by pages
 *  that each know where the next begins. What takes long is stopped, said, and gone on with. */
import { sql } from 'kysely'
import type { Ctx } from '#platform/database.ts'
import type { ListedMember } from '../contract.ts'
import { branchPage } from './branch.ts'
import type { Order } from './contract.ts'
import { readQuestion, usualBounds, type Ask, type Bounds, type Question } from './filters.ts'
import { showPeople, type Page } from './people.ts'
import { searchPeople } from './search.ts'
import { walkPage } from './walk.ts'

export type Listed = {
  members: ListedMember[]
  /** Counted from tallies: everybody of a list without filters. */
  total: number | null
  found: Page['count']
  stopped: Page['stopped']
  order: Order
  next: string | null
}

export async function listMembers(ctx: Ctx, ask: Ask, bounds: Bounds = usualBounds): Promise<Listed> {
  const question = await readQuestion(ctx, ask)
  const { found, next, count, stopped, order, total } = await findPage(ctx, question, ask, bounds)
  const members = await showPeople(ctx, question, found)
  return { members, total, found: count, stopped, order, next }
}

/** One page of whoever a list or search finds. */
export async function findPage(
  ctx: Ctx,
  question: Question,
  ask: Ask,
  bounds: Bounds,
): Promise<Page & { order: Order; total: number | null }> {
  const q = ask.q?.trim() ?? ''
  const isWhole = !q && !question.isFiltered
  // A search of everybody goes by the indexes of names, however many there are.
  const isOfAll = q && ctx.actor.seesAll && question.unitId === ctx.actor.unitId
  const size = isOfAll ? Infinity : await countMembers(ctx, question.unitId, question.onDay)
  const isSmall = size <= bounds.small
  const order = !q && (!isSmall || ask.order !== 'name') ? 'union' : 'name'
  const page = q
    ? await searchPeople(ctx, question, { ...ask, q }, bounds, isSmall)
    : order === 'name'
      ? await branchPage(ctx, question, ask, null)
      : await walkPage(ctx, question, ask, bounds)
  return { ...page, count: isWhole ? null : page.count, order, total: isWhole ? size : null }
}

/** Members of a branch on a day, in today's structure: from tallies, never by counting people. */
export async function countMembers(ctx: Ctx, unitId: number, asOf: string): Promise<number> {
  const found = await sql<{ total: string }>`select coalesce(sum(at_end[1]), 0)::bigint as total
    from members.figures_in_branch(${[unitId]}, ${asOf}, ${asOf}, ${asOf}, null)`.execute(ctx.db)
  return Number(found.rows[0]!.total)
}
