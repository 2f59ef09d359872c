/** Migrations: numbered SQL files, forward only. A file that changed after it ran, or a newer database, stops the start. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Hindrance } from './folder.ts'

const folder = join(import.meta.dirname, '../database/migrations')
const lockKey = 7_239_511

export type Migration = { number: number; name: string; sql: string; digest: string }

export const listMigrations = (): Migration[] =>
  readdirSync(folder)
    .filter((file) => /^\d{4}_.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return {
        number: Number(file.slice(0, 4)),
        name: file.slice(5, -4),
        sql: text,
        digest: createHash('sha256').update(text).digest('hex'),
      }
    })

/** Brings a database up to this program's version; returns how many migrations ran. All of them or none. */
export async function migrate(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create table if not exists public.migration (number int primary key, name text not null, digest text not null, ran_at timestamptz not null default now());
      comment on table public.migration is 'Which migrations ran, each with the digest of its file.'; alter table public.migration enable row level security;`)
    const done = new Map(
      (await client.query('select number, digest from public.migration')).rows.map((row) => [
        row.number as number,
        row.digest as string,
      ]),
    )
    const migrations = listMigrations()
    const newest = migrations.at(-1)!.number
    const ahead = Math.max(0, ...done.keys())
    if (ahead > newest) {
      throw new Hindrance(
        `Cơ sở dữ liệu thuộc bản mới hơn (${ahead}) so với chương trình (${newest}). Hãy cập nhật Kết Đoàn.\nThe database is of a newer version (${ahead}) than this program (${newest}). Update Kết Đoàn.`,
      )
    }
    const pending = migrations.filter((migration) => !done.has(migration.number))
    for (const migration of migrations) {
      const digest = done.get(migration.number)
      if (digest && digest !== migration.digest)
        throw new Hindrance(`Migration ${migration.number} was changed after it ran; restore the file.`)
    }
    await client.query('begin')
    for (const migration of pending) {
      await client.query(migration.sql)
      await client.query('insert into public.migration (number, name, digest) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.digest,
      ])
    }
    await client.query('commit')
    return pending.length
  } finally {
    await client.end()
  }
}
