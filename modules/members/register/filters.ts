/** What a list is asked, as the database understands it: ages become days of birth, filters one row, a day and a unit stand fast. */
import { sql } from 'kysely'
import { getUnit } from '#modules/units/queries.ts'
import type { Ctx } from '#platform/database.ts'
import type { Column, Filters, Order, Status } from './contract.ts'

/** `budget`: milliseconds of walking union by union; `work`: people or names looked at; `window`: matches put in order at once;
 *  `small`: a branch with more members is listed union by union and searched by name, not by going through its members. */
export type Bounds = { budget: number; work: number; window: number; small: number }
export const usualBounds: Bounds = { budget: 250, work: 20_000, window: 200, small: 20_000 }

export type Ask = Partial<Filters> & {
  unitId?: string | undefined
  q?: string | undefined
  asOf?: string | undefined
  order?: Order | undefined
  column?: readonly Column[] | undefined
  cursor?: string | undefined
  limit: number
}

export type Question = {
  unitId: number
  onDay: string
  status: Status | null
  filter: ReturnType<typeof sql>
  isFiltered: boolean
  columns: readonly Column[]
}

export async function readQuestion(ctx: Ctx, ask: Ask): Promise<Question> {
  // One's own unit is there; another may be hidden.
  if (ask.unitId) await getUnit(ctx, ask.unitId)
  const onDay = ask.asOf ?? ctx.today
  const hasPeriod = Boolean(ask.sinceFrom ?? ask.sinceTo)
  const isSearch = Boolean(ask.q?.trim())
  // A day of joining is that of a membership: a search by it asks members.
  const status = ask.status ?? (isSearch && !hasPeriod ? null : 'member')
  const { after, until } = birthsOf(ask, onDay)
  const lacks = ask.missing && ask.missing.length > 0 ? ask.missing : null
  return {
    unitId: Number(ask.unitId ?? ctx.actor.unitId),
    onDay,
    status,
    filter: sql`row(${ask.sex ?? null}::text, ${after}::date, ${until}::date, ${ask.sinceFrom ?? null}::date, ${ask.sinceTo ?? null}::date,
      ${lacks}::text[])::members.register_filter`,
    isFiltered: status !== 'member' || hasPeriod || Boolean(ask.sex ?? after ?? until ?? lacks),
    columns: ask.column ?? [],
  }
}

/** Days of birth between two ages on a day: after the first, up to the second. */
export function birthsOf(
  { ageFrom, ageTo }: Pick<Ask, 'ageFrom' | 'ageTo'>,
  on: string,
): { after: string | null; until: string | null } {
  return {
    after: ageTo === undefined ? null : yearsBefore(on, ageTo + 1),
    until: ageFrom === undefined ? null : yearsBefore(on, ageFrom),
  }
}

/** The last day on which somebody of that age on `on` can have been born: 29 February of a short year is the 28th. */
function yearsBefore(on: string, years: number): string {
  const year = String(Number(on.slice(0, 4)) - years).padStart(4, '0')
  const isLeap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1
  return on.endsWith('-02-29') && !isLeap ? `${year}-02-28` : year + on.slice(4)
}
