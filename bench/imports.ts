/** `npm run bench:imports -- [--rows 21000,1000000] [--size district] [--kind csv,xlsx] [--data DIR]`: a list goes from the file into a live register, by the
 *  command, in a process of its own; beside it, in the same run, the rows it wrote are copied by COPY into the same tables with
 *  their indexes. The ratio of the two rates is what counts. */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres.ts'
import { connect } from './copy.ts'
import { sizes, type Size } from './country.ts'
import { writeList } from './lists.ts'
import { load } from './load.ts'
import { machine } from './report.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '21000,1000000' },
    size: { type: 'string', default: 'district' },
    kind: { type: 'string', default: 'csv,xlsx' },
    /** Longer lists are neither imported twice nor taken back: the hour is better spent on the next measurement. */
    whole: { type: 'string', default: '100000' },
    data: { type: 'string' },
    keep: { type: 'boolean' },
  },
})
const size = values.size as Size
const folder = resolve(values.data ?? `/var/tmp/ket-doan-bench-imports-${size}`)
const say = (text: string) => void process.stdout.write(`${text}\n`)

/** The program's own settings for a district, as `npm start` uses them; checkpoints far apart, so that both sides meet as few. */
const settings = {
  shared_buffers: '256MB',
  max_connections: 60,
  jit: 'off',
  wal_compression: 'on',
  random_page_cost: 1.1,
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
}

type Told = { id: string; counts: Record<string, number>; readSeconds: number; writeSeconds: number; trouble?: unknown }
type Line = {
  rows: number
  kind: string
  megabytes: number
  read: number
  write: number
  copy: number
  copied: number
  peak: number
  again: number | null
  undo: number | null
}

mkdirSync(folder, { recursive: true, mode: 0o755 })
const postgres = await startPostgres(join(folder, 'postgres'), settings)
const root = postgres.url.replace(/\/postgres$/, '')
try {
  await makeBase()
  const lines: Line[] = []
  for (const rows of values.rows.split(',').map(Number))
    for (const kind of values.kind.split(',')) lines.push(await measure(rows, kind))
  const table = [
    '| rows | file | MB | read and judged, s | written, s | rows/s, whole | rows/s, written | COPY, rows/s | whole / COPY | written / COPY | memory at most, MB | same file again, s | undone, s |',
    '|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...lines.map((line) => {
      const [whole, written, copy] = [
        line.rows / (line.read + line.write),
        line.rows / line.write,
        line.rows / line.copy,
      ]
      const n = (value: number, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits })
      return `| ${n(line.rows)} | ${line.kind} | ${n(line.megabytes, 1)} | ${n(line.read, 1)} | ${n(line.write, 1)} | ${n(whole)} | ${n(written)} | ${n(copy)} | ${n((whole / copy) * 100)}% | ${n((written / copy) * 100)}% | ${n(line.peak)} | ${line.again === null ? '' : n(line.again, 1)} | ${line.undo === null ? '' : n(line.undo, 1)} |`
    }),
  ]
  say(table.join('\n'))
  writeReadme(table)
} finally {
  await postgres.stop()
  if (!values.keep) rmSync(folder, { recursive: true, force: true })
}

/** A register of its size in a database that every measurement is cloned from. */
async function makeBase() {
  const client = await connect(postgres.url)
  const has = (await client.query(`select from pg_database where datname = 'base'`)).rows.length > 0
  if (!has) await client.query('create database base')
  await client.end()
  if (has) return
  say(`Register, ${size}`)
  await migrate(`${root}/base`)
  await load(`${root}/base`, size, 2026, say)
}

async function clone(name: string): Promise<string> {
  const client = await connect(postgres.url)
  await client.query(`drop database if exists ${name} with (force)`)
  await client.query(`create database ${name} template base strategy file_copy`)
  await client.end()
  return `${root}/${name}`
}

async function measure(rows: number, kind: string): Promise<Line> {
  const file = join(folder, `list-${rows}.${kind}`)
  const url = await clone('live')
  const client = await connect(url)
  client.on('error', () => {}) // told by the question under way
  const unions = (
    await client.query<{
      name: string
    }>(`select name from (select u.name, count(*) over (partition by u.name) as n from units.unit u
      where u.kind in ('grassroots', 'occupational') and units.began_on(u.id) is not null and units.ended_on(u.id) is null) u where n = 1 order by name`)
  ).rows.map((row) => row.name)
  const [unit] = (
    await client.query<{ code: string }>(
      `select u.code from units.unit u where u.is_upper and not exists (select from units.placement p where p.unit_id = u.id) order by u.id limit 1`,
    )
  ).rows
  if (!existsSync(file)) {
    say(`List of ${rows}, ${kind}, over ${unions.length} unions`)
    await writeList(file, rows, unions, rows)
    chmodSync(file, 0o644)
  }
  const run = async (...args: string[]) => {
    const begun = performance.now()
    const { told, peak } = await command(url, args)
    return { told, peak, seconds: (performance.now() - begun) / 1000 }
  }
  const first = await run('members', file, '--unit', unit!.code, '--kind', 'admitted', '--on', '2026-11-20')
  if (!first.told.counts) throw new Error(JSON.stringify(first.told))
  say(`  ${rows} ${kind}: ${JSON.stringify(first.told)} peak ${first.peak} MB`)
  const isWhole = rows <= Number(values.whole)
  const again = isWhole
    ? await run('members', file, '--unit', unit!.code, '--kind', 'admitted', '--on', '2026-11-20')
    : null
  if (again) say(`  again: ${JSON.stringify(again.told.counts)} peak ${again.peak} MB`)
  const { copy, copied } = await copySame(client, first.told.id)
  const undo = isWhole ? await run('undo', first.told.id, '--reason', 'bench') : null
  if (undo) say(`  undone: ${JSON.stringify(undo.told.counts)}`)
  await client.end()
  return {
    rows,
    kind,
    megabytes: statSync(file).size / 1e6,
    read: first.told.readSeconds,
    write: first.told.writeSeconds,
    copy,
    copied,
    peak: Math.max(first.peak, again?.peak ?? 0),
    again: again ? again.told.readSeconds + again.told.writeSeconds : null,
    undo: undo?.seconds ?? null,
  }
}

/** Runs the command, and watches how much memory its process ever held. */
async function command(url: string, args: string[]): Promise<{ told: Told; peak: number }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../cli/main.ts'), 'import', ...args, '--json'],
    {
      env: { ...process.env, DATABASE_URL: url, KET_DOAN_KEY: Buffer.alloc(32, 7).toString('base64') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  let peak = 0
  const watch = setInterval(() => {
    try {
      peak = Math.max(
        peak,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      )
    } catch {
      // It has just ended.
    }
  }, 100)
  await new Promise((done) => child.once('close', done))
  clearInterval(watch)
  return { told: JSON.parse(text) as Told, peak: Math.round(peak) }
}

/** The rows an import wrote, by COPY from files into the same tables with their indexes, in a clone of the register as it was before. */
async function copySame(client: pg.Client, importId: string): Promise<{ copy: number; copied: number }> {
  const where = `import_id = ${importId}`
  const parts = [
    [
      'members.name',
      `select * from members.name where id in (select name_id from members.person where ${where}) and id > (select coalesce(max(name_id), 0) from members.person where import_id is null)`,
    ],
    ['members.person', `select * from members.person where ${where}`],
    ['members.movement', `select * from members.movement where ${where}`],
    [
      'members.membership',
      `select m.* from members.membership m join members.movement v on v.id = m.opened_by where v.${where}`,
    ],
  ] as const
  // The server writes and reads these files itself, so the folder is its own.
  const at = (table: string) => join(folder, 'postgres', `copy-${table}`)
  for (const [table, rows] of parts) await client.query(`copy (${rows}) to '${at(table)}' (format binary)`)
  const other = await connect(await clone('bare'), { session_replication_role: 'replica' })
  other.on('error', () => {})
  const begun = performance.now()
  let copied = 0
  for (const [table] of parts)
    copied += (await other.query(`copy ${table} from '${at(table)}' (format binary)`)).rowCount ?? 0
  const copy = (performance.now() - begun) / 1000
  await other.end()
  for (const [table] of parts) rmSync(at(table), { force: true })
  say(`  COPY of the same ${copied} rows: ${copy.toFixed(1)} s`)
  return { copy, copied }
}

function writeReadme(table: string[]) {
  const file = join(import.meta.dirname, 'README.md')
  const text = readFileSync(file, 'utf8')
  const [open, close] = ['<!-- imports: written by npm run bench:imports -->', '<!-- end of imports -->']
  const register = Object.entries(sizes[size])
    .map(([name, value]) => `${value.toLocaleString('en-US')} ${name}`)
    .join(', ')
  const section = [
    open,
    '## Imports',
    '',
    `${new Date().toISOString().slice(0, 10)}; ${machine()}. Into a live register of ${register}.`,
    '',
    ...table,
    '',
    `Server: ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}.`,
    close,
  ].join('\n')
  const [begin, end] = [text.indexOf(open), text.indexOf(close)]
  writeFileSync(
    file,
    begin >= 0 && end > begin
      ? text.slice(0, begin) + section + text.slice(end + close.length)
      : `${text.trimEnd()}\n\n${section}\n`,
  )
}
