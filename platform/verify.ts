/** Recounting: what the tallies say against what the ledgers say, and the closure against the placements. */
import { sql, type RawBuilder } from 'kysely'
import type { Database } from './database.ts'

export type Recount = { ledger: string; rows: number; wrong: number }

/** Compares each ledger's tallies and the closure with a fresh count, in one snapshot; `rebuild` keeps the fresh count. */
export async function recountAll(owner: Database, rebuild = false): Promise<Recount[]> {
  return await owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const counts: Recount[] = []
      const ledgers = await sql<{
        schema: string
        name: string
        columns: string[]
      }>`select n.nspname as schema, c.relname as name, t.names as columns
      from ledger.tallied t join pg_class c on c.oid = t.relation join pg_namespace n on n.oid = c.relnamespace order by 1, 2`.execute(
        db,
      )
      for (const { schema, name, columns } of ledgers.rows) {
        const [day, month] = [sql.table(`${schema}.${name}_day`), sql.table(`${schema}.${name}_month`)]
        await sql`savepoint before_recount`.execute(db)
        await sql`create temp table said_day on commit drop as table ${day}`.execute(db)
        await sql`create temp table said_month on commit drop as table ${month}`.execute(db)
        await sql`select ${sql.ref(`${schema}.${name}_recount`)}()`.execute(db)
        const compared = await sql<{ rows: number; wrong: number }>`
        select (select count(*)::int from said_day) + (select count(*)::int from said_month) as rows,
          (${differences(deltas(sql.table('said_day'), 'day', columns), deltas(day, 'day', columns))})
          + (${differences(deltas(sql.table('said_month'), 'month', columns), deltas(month, 'month', columns))}) as wrong`.execute(
          db,
        )
        counts.push({ ledger: `${schema}.${name}`, ...compared.rows[0]! })
        if (rebuild) await sql`drop table said_day, said_month`.execute(db)
        else await sql`rollback to savepoint before_recount`.execute(db)
      }
      const closure = await sql<{ rows: number; wrong: number }>`
      with said as (select b.unit_id, b.ancestor_id, b.valid_from, b.valid_to from units.branch b where b.superseded_at = 'infinity'),
        fresh as (select * from units.closure_of(array(select id from units.unit)))
      select (select count(*)::int from said) as rows, (${differences(sql`table said`, sql`table fresh`)}) as wrong`.execute(
        db,
      )
      return [...counts, { ledger: 'units.branch', ...closure.rows[0]! }]
    })
}

/** Running sums as what each row adds; a row that adds nothing says as much as no row. */
function deltas(table: RawBuilder<unknown>, key: 'day' | 'month', columns: readonly string[]): RawBuilder<unknown> {
  const within = key === 'day' ? sql`cohort_id, date_trunc('month', day)` : sql`cohort_id`
  const added = columns.map(
    (column) => sql`${sql.ref(column)} - coalesce(lag(${sql.ref(column)}) over w, 0) as ${sql.ref(column)}`,
  )
  const adds = columns.map((column) => sql`${sql.ref(column)} <> 0`)
  return sql`select * from (select cohort_id, ${sql.ref(key)}, ${sql.join(added)} from ${table} window w as (partition by ${within} order by ${sql.ref(key)})) x where ${sql.join(adds, sql` or `)}`
}

/** How many rows only one of two answers has. */
const differences = (said: RawBuilder<unknown>, fresh: RawBuilder<unknown>) =>
  sql`select count(*)::int from (((${said}) except all (${fresh})) union all ((${fresh}) except all (${said}))) d`
