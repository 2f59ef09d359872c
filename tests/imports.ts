/** A list goes the whole way: taken in, read, judged, written, taken back - by the same functions as a request. */
import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Import } from '#modules/imports/contract.ts'
import { nameOf } from '#modules/imports/states.ts'
import { commitList, readList, undoList } from '#modules/members/import/actions.ts'
import type { Settings } from '#modules/members/import/contract.ts'
import { receiveList, showImport } from '#modules/members/import/receive.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'

const as = <T>(house: House, actor: Actor, work: (ctx: Ctx) => Promise<T>) => act(house, actor, 'vi', 'test', work)

/** Takes a file in, as an upload would. */
export async function receive(
  house: House,
  actor: Actor,
  unitId: string,
  content: Buffer,
  fileName = 'list.xlsx',
): Promise<Import> {
  const path = join(tmpdir(), `ket-doan-test-${randomUUID()}`)
  writeFileSync(path, content)
  const digest = createHash('sha256').update(content).digest()
  try {
    return await as(house, actor, (ctx) =>
      receiveList(ctx, unitId, { fileName, content: Buffer.alloc(0), path, bytes: content.length, digest }),
    )
  } finally {
    await rm(path, { force: true })
  }
}

/** Waits for the work under way and shows the import after it. */
export async function settled(house: House, actor: Actor, importId: string): Promise<Import> {
  await house.jobs.ended(nameOf(importId))
  return await as(house, actor, (ctx) => showImport(ctx, importId))
}

/** Takes a file in and reads it: what it would do. */
export async function preview(
  house: House,
  actor: Actor,
  unitId: string,
  content: Buffer,
  change: Partial<Settings> = {},
  fileName?: string,
): Promise<Import> {
  const taken = await receive(house, actor, unitId, content, fileName)
  const settings: Settings = { columns: taken.head.columns, kind: 'opening', on: '2024-12-01', ...change }
  await as(house, actor, (ctx) => readList(ctx, taken.id, settings))
  return await settled(house, actor, taken.id)
}

export async function commit(house: House, actor: Actor, importId: string): Promise<Import> {
  await as(house, actor, (ctx) => commitList(ctx, importId))
  return await settled(house, actor, importId)
}

export async function undo(house: House, actor: Actor, importId: string): Promise<Import> {
  await as(house, actor, (ctx) => undoList(ctx, importId, 'Nhập nhầm tệp'))
  return await settled(house, actor, importId)
}
