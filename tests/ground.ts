/** The ground of a test run: one PostgreSQL without durability, one template that every test database is cloned from. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest is told by merging into its interface
  interface ProvidedContext {
    /** The server of this run; its database `template` is migrated and empty. */
    serverUrl: string
  }
}

const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 200,
  shared_buffers: '256MB',
  jit: 'off',
}

export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'ket-doan-test-'))
  chmodSync(folder, 0o755)
  const postgres = await startPostgres(join(folder, 'postgres'), settings)
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('create database template_house')
  await client.end()
  await migrate(postgres.url.replace(/\/postgres$/, '/template_house'))
  project.provide('serverUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
