/** COPY as a stream, with the writer waiting when the server is behind; and what stands on tables, taken down and put up again. */
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import pg from 'pg'
import { from } from 'pg-copy-streams'

type Cell = string | number | boolean | null

export type Writer = {
  row: (cells: readonly Cell[]) => void
  line: (text: string) => void
  rows: () => number
  breathe: () => Promise<void> | undefined
  end: () => Promise<void>
}

export async function connect(url: string, settings: Record<string, string> = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c jit=off' })
  await client.connect()
  for (const [name, value] of Object.entries(settings))
    await client.query(`select set_config($1, $2, false)`, [name, value])
  return client
}

/** Opens a COPY on a connection of its own. No trigger fires: what they would have made is made set by set afterwards. */
export async function openCopy(url: string, table: string, columns: string): Promise<Writer> {
  const client = await connect(url, { session_replication_role: 'replica' })
  const stream: Writable = client.query(from(`copy ${table} (${columns}) from stdin`))
  const ended = finished(stream)
  ended.catch(() => {}) // told at the end
  let text = ''
  let count = 0
  let isFull = false
  const flush = () => {
    isFull = !stream.write(text) || isFull
    text = ''
  }
  const line = (added: string) => {
    text += added
    count++
    if (text.length > 65_536) flush()
  }
  return {
    line,
    row: (cells) => line(cells.map(cellText).join('\t') + '\n'),
    rows: () => count,
    breathe: () => {
      if (!isFull) return undefined
      isFull = false
      return stream.writableNeedDrain
        ? Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), ended])
        : undefined
    },
    end: async () => {
      if (text) flush()
      stream.end()
      await ended
      await client.end()
    },
  }
}

const cellText = (cell: Cell): string =>
  cell === null ? '\\N' : cell === true ? 't' : cell === false ? 'f' : String(cell)

/** What stands on a table besides its rows. `alter`: a constraint with an index; `create`: an index. */
type Standing = { schema: string; name: string; key: string; definition: string; kind: 'create' | 'alter' }
type Stripped = { standing: Standing[]; foreign: { table: string; name: string; definition: string }[] }

/** Takes foreign keys, constraints and indexes off tables, and remembers them by what the catalogue says. */
export async function strip(client: pg.Client, tables: readonly string[]): Promise<Stripped> {
  await client.query(`select set_config('search_path', '', false)`)
  const foreign = await client.query<Stripped['foreign'][number]>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c where c.contype = 'f' and (c.conrelid = any($1::regclass[]) or c.confrelid = any($1::regclass[]))`,
    [tables],
  )
  const standing = await client.query<Standing>(
    `select n.nspname as schema, t.relname as name, quote_ident(i.relname) as key, case when c.oid is null then 'create' else 'alter' end as kind,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(x.indexrelid)) as definition
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
       left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x')
     where x.indrelid = any($1::regclass[]) order by pg_relation_size(t.oid) desc, t.relname, x.indisprimary desc`,
    [tables],
  )
  for (const { table, name } of foreign.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { schema, name, key, kind } of standing.rows) {
    await client.query(
      kind === 'alter' ? `alter table ${schema}.${name} drop constraint ${key}` : `drop index ${schema}.${key}`,
    )
  }
  return { standing: standing.rows, foreign: foreign.rows }
}

/** Builds what stood on tables: one table at a time on each of two connections. `into` names another table in place of the own. */
export async function buildIndexes(
  url: string,
  standing: readonly Standing[],
  into: (table: string) => string = (table) => table,
) {
  const tables = [...Map.groupBy(standing, ({ schema, name }) => `${schema}.${name}`)]
  await eachOfTwo(url, tables, async (client, [table, made]) => {
    for (const { key, definition, kind } of made) {
      const target = into(table)
      await client.query(
        kind === 'alter'
          ? `alter table ${target} add constraint ${key} ${definition}`
          : definition.replace(` ON ${table} `, ` ON ${target} `),
      )
    }
  })
}

/** Foreign keys are put up unchecked and then checked with one join each, table by table: a check locks nobody else's table. */
export async function buildForeignKeys(url: string, foreign: Stripped['foreign']) {
  const client = await connect(url, loadSettings)
  try {
    for (const { table, name, definition } of foreign)
      await client.query(`alter table ${table} add constraint ${name} ${definition} not valid`)
  } finally {
    await client.end()
  }
  const byTable = [...Map.groupBy(foreign, ({ table }) => table)].sort(([, a], [, b]) => b.length - a.length)
  await eachOfTwo(url, byTable, async (checker, [table, keys]) => {
    for (const { name } of keys) await checker.query(`alter table ${table} validate constraint ${name}`)
  })
}

/** Memory of the connections that build indexes and count. */
export const loadSettings: Record<string, string> = {
  maintenance_work_mem: '1GB',
  work_mem: '512MB',
  max_parallel_maintenance_workers: '1',
  max_parallel_workers_per_gather: '1',
  hash_mem_multiplier: '2',
  search_path: '',
}

/** Works off a list on two connections, as there are two cores. */
export async function eachOfTwo<T>(
  url: string,
  items: readonly T[],
  work: (client: pg.Client, item: T) => Promise<void>,
) {
  const queue = [...items]
  const worker = async () => {
    const client = await connect(url, loadSettings)
    try {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(client, item)
    } finally {
      await client.end()
    }
  }
  await Promise.all([worker(), worker()])
}
