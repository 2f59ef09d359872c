/** The file of an import: sealed in parts, so that a list of people is never at rest in clear; opened on disk while it is read. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'

const partBytes = 1_000_000

/** Seals a file that lies on disk into an import. */
export async function keepFile(ctx: Ctx, importId: string, path: string) {
  let part = 0
  for await (const chunk of createReadStream(path, { highWaterMark: partBytes })) {
    const sealed = ctx.secret.sealBytes(chunk as Buffer)
    await sql`insert into imports.file_part (import_id, part, content) values (${importId}, ${part++}, ${sealed})`.execute(
      ctx.db,
    )
  }
}

/** Opens the file of an import on disk for as long as the work takes; it is readable by this program alone. */
export async function withFile<T>(
  house: House,
  actor: Actor,
  importId: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `ket-doan-import-${randomUUID()}`)
  const file = await open(path, 'w', 0o600)
  try {
    for (let part = 0; ; part++) {
      const content = await act(house, actor, 'vi', 'open file of import', async ({ db }) => {
        const { rows } = await sql<{ content: Buffer }>`
          select content from imports.file_part where import_id = ${importId} and part = ${part}`.execute(db)
        return rows[0]?.content ?? null
      })
      if (!content) break
      await file.write(house.secret.openBytes(content))
    }
    await file.close()
    return await work(path)
  } finally {
    await file.close().catch(() => {})
    await rm(path, { force: true })
  }
}

/** The file is dropped once its rows are written or given up: nobody keeps a list of people longer than it is needed. */
export const dropFile = (ctx: Ctx, importId: string) =>
  sql`select imports.drop_file(${importId}::bigint)`.execute(ctx.db)
