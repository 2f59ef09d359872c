/** Makes database/types.ts from the migrations: what the tables look like, for the compiler. `--check`: only says whether it is fresh. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres.ts'

const target = join(import.meta.dirname, '../database/types.ts')
const schemas = '{access,units,imports,employers,members,founding,targets,progress,ledger}.*'

/** The types as the migrations make them now. `url`: a migrated database. */
export function typesFrom(url: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ket-doan-types-'))
  const out = join(folder, 'types.ts')
  const args = [
    '--url',
    url,
    '--dialect',
    'postgres',
    '--date-parser',
    'string',
    '--numeric-parser',
    'string',
    '--include-pattern',
    schemas,
    '--out-file',
    out,
  ]
  const made = spawnSync('kysely-codegen', args, { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr + made.stdout)
  const text = readFileSync(out, 'utf8').replace(
    /export type Timestamp = .*/,
    'export type Timestamp = ColumnType<string, Date | string, Date | string>;',
  )
  rmSync(folder, { recursive: true })
  return text
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'ket-doan-schema-'))
  const { chmodSync } = await import('node:fs')
  chmodSync(folder, 0o755)
  const postgres = await startPostgres(join(folder, 'postgres'))
  try {
    await migrate(postgres.url)
    writeFileSync(target, typesFrom(postgres.url))
    process.stdout.write(`${target}\n`)
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
