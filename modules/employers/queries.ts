/** Questions about employers: the register of the branch, one employer with its workforce over time. */
import { sql } from 'kysely'
import { readCursor, writeCursor } from '#kernel/cursor.ts'
import { fold } from '#kernel/fold.ts'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import type { Employer } from './contract.ts'

const columns = sql`e.id::text as id, e.tax_code as "taxCode", e.name, e.kind, e.ownership, e.industry, e.ward, w.workers, w.on_day as "workersOn",
  (select json_build_object('id', u.id::text, 'code', u.code, 'name', u.name) from employers.union_link l join units.unit u on u.id = l.unit_id
    where l.employer_id = e.id and l.superseded_at = 'infinity' and l.valid_from <= access.today() and access.today() < l.valid_to) as "union"`
const latestCount = sql`left join lateral (select c.workers, c.on_day from employers.workforce_count c where c.employer_id = e.id order by c.on_day desc, c.id desc limit 1) w on true`

export async function listEmployers(ctx: Ctx, ask: { q: string; cursor?: string | undefined; limit: number }) {
  const after = readCursor(ask.cursor, ['number'])?.[0] ?? 0
  const digits = ask.q.replace(/\D/g, '')
  const byCode = /^[\d\s-]{3,}$/.test(ask.q) ? sql`e.tax_code like ${`${digits}%`}` : sql`false`
  const words = fold(ask.q)
    .split(' ')
    .filter(Boolean)
    .map((word) => sql`e.folded like ${`%${word}%`}`)
  const named = words.length > 0 ? sql`(${sql.join(words, sql` and `)})` : sql`true`
  const found = await sql<Employer>`select ${columns} from employers.employer e ${latestCount}
    where e.id > ${after} and (${named} or ${byCode}) order by e.id limit ${sql.lit(ask.limit + 1)}`.execute(ctx.db)
  const page = found.rows.slice(0, ask.limit)
  return { employers: page, next: found.rows.length > ask.limit ? writeCursor([Number(page.at(-1)!.id)]) : null }
}

export async function showEmployer(ctx: Ctx, employerId: string) {
  const found =
    await sql<Employer>`select ${columns} from employers.employer e ${latestCount} where e.id = ${employerId}`.execute(
      ctx.db,
    )
  const employer = found.rows[0]
  if (!employer) throw new Problem('not-found')
  const workforce = await sql<{ on: string; workers: number; source: string; recordedAt: string }>`
    select c.on_day as "on", c.workers, c.source, c.recorded_at as "recordedAt" from employers.workforce_count c
    where c.employer_id = ${employerId} order by c.on_day desc, c.id desc limit 200`.execute(ctx.db)
  return { ...employer, workforce: workforce.rows }
}

/** The employer under a tax code that was read, or null. Whether it has a union is asked past the fence. */
export async function findByTaxCode(ctx: Ctx, taxCode: string) {
  const found = await sql<{
    id: string
    name: string
    unionName: string | null
    isVisible: boolean
  }>`select * from employers.known(${taxCode})`.execute(ctx.db)
  return found.rows[0] ?? null
}
