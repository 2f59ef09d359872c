/** The register union by union. A page costs the same wherever it is; where few fit, the walk stops after a while and says so. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import type { Ctx } from '#platform/database.ts'
import type { Ask, Bounds, Question } from './filters.ts'
import { countMax, type Found, type Page } from './people.ts'

type Walked = Omit<Found, 'personId' | 'matched' | 'unitId'> & {
  personId: string | null
  unitId: number
  looked: number
}

export async function walkPage(ctx: Ctx, question: Question, ask: Ask, bounds: Bounds): Promise<Page> {
  const { unitId, onDay, status, filter, isFiltered } = question
  const after = readCursor(ask.cursor, ['number', 'text', 'id'])
  const [unitKey, nameKey, id] = after ?? [0, '', '0']
  const most = after || !isFiltered ? ask.limit + 1 : Math.max(countMax, ask.limit) + 1
  const { rows } = await sql<Walked>`
    select w.person_id as "personId", w.unit_id as "unitId", w.since, w.until, w.name, w.looked
    from members.register_walk(${unitId}, ${onDay}, ${status}, ${filter}, ${unitKey}, ${nameKey}, ${id}, ${most}, ${bounds.budget}) w`.execute(
    ctx.db,
  )
  const people = rows.filter((row): row is Walked & { personId: string } => row.personId !== null)
  const stop = rows.at(-1)?.personId === null ? rows.at(-1)! : null
  const page = people.slice(0, ask.limit)
  const last = page.at(-1)
  const isCut = people.length > ask.limit
  return {
    found: page.map(({ looked: _, ...row }) => ({ ...row, matched: null })),
    next:
      isCut && last
        ? writeCursor([last.unitId, last.name, last.personId])
        : stop
          ? writeCursor([stop.unitId + 1, '', '0'])
          : null,
    count: after ? null : { count: Math.min(people.length, countMax), isExact: !stop && people.length <= countMax },
    stopped: stop && !isCut ? { unions: stop.looked } : null,
  }
}
