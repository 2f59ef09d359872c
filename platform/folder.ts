/** The data folder: who uses it, the key of identity numbers, the database inside. One program at a time owns it. */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { runningPostgres, startPostgres, type Postgres } from './postgres.ts'

/** A sentence for the person at the terminal, with the way out; no stack is shown for it. */
export class Hindrance extends Error {}

export const defaultFolder = () =>
  process.env['KET_DOAN_DATA'] ?? (process.getuid?.() === 0 ? '/var/lib/ket-doan' : resolve('data'))

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Level by level: `mkdirSync` with `recursive` never returns below /proc. */
function makeFolder(folder: string) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o755 })
}

function makeWritable(folder: string) {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Hindrance(
      `Không ghi được vào thư mục ${folder}. Chọn thư mục khác bằng --data.\nThe folder ${folder} is not writable. Choose another with --data.`,
    )
  }
}

/** Takes the folder for this process, or says who has it. Returns the release. */
function take(folder: string): () => void {
  const lock = join(folder, 'in-use-by')
  for (;;) {
    try {
      const handle = openSync(lock, 'wx')
      writeFileSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(lock, { force: true })
    } catch {
      const pid = Number(readFileSync(lock, { encoding: 'utf8', flag: 'a+' }))
      if (pid && pid !== process.pid && isAlive(pid)) {
        throw new Hindrance(
          `Kết Đoàn đang chạy trên thư mục ${folder} (tiến trình ${pid}). Dừng nó trước, hoặc dùng --data khác.\nKết Đoàn already runs on ${folder} (process ${pid}). Stop it first, or use another --data.`,
        )
      }
      rmSync(lock, { force: true })
    }
  }
}

function masterKey(folder: string): Buffer {
  if (process.env['KET_DOAN_KEY']) return Buffer.from(process.env['KET_DOAN_KEY'], 'base64')
  const file = join(folder, 'identity-key')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64') + '\n', { mode: 0o600, flag: 'wx' })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}

/** The key of a folder, to read a public fact from it without opening its database; null where nothing has run yet. */
export function findMasterKey(data: string | undefined): Buffer | null {
  const folder = resolve(data ?? defaultFolder())
  return process.env['KET_DOAN_KEY'] || existsSync(join(folder, 'identity-key')) ? masterKey(folder) : null
}

export type Ground = { url: string; key: Buffer; close: () => Promise<void>; gone: Promise<void> | null }

/** Memory and durability of the program's own server; everything else is PostgreSQL's default. */
const settings = {
  shared_buffers: '256MB',
  max_connections: 60,
  jit: 'off',
  wal_compression: 'on',
  random_page_cost: 1.1,
}

/** Opens the database of a folder (or DATABASE_URL). `share`: a command may use the server that a running program started. */
export async function openGround(options: {
  data?: string | undefined
  share?: boolean
  settings?: Record<string, string | number>
}): Promise<Ground> {
  const folder = resolve(options.data ?? defaultFolder())
  const url = process.env['DATABASE_URL']
  if (url && !options.data) {
    if (!process.env['KET_DOAN_KEY']) makeWritable(folder)
    return { url, key: masterKey(folder), close: async () => {}, gone: null }
  }
  makeWritable(folder)
  const running = options.share ? runningPostgres(join(folder, 'postgres')) : null
  if (running) return { url: running, key: masterKey(folder), close: async () => {}, gone: null }
  const release = take(folder)
  let postgres: Postgres
  try {
    postgres = await startPostgres(join(folder, 'postgres'), { ...settings, ...options.settings })
  } catch (error) {
    release()
    throw new Hindrance(String(error instanceof Error ? error.message : error))
  }
  const close = async () => {
    await postgres.stop()
    release()
  }
  return { url: postgres.url, key: masterKey(folder), close, gone: postgres.gone }
}
