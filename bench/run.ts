/** `npm run bench -- [--size district|city|nation] [--data DIR] [--keep] [--only WORDS] [--verify]`: makes a register of that size, measures what officers
 *  do in it against the simplest question the same server can answer, prints the ratios and writes them into bench/README.md. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openHouse, openOwner } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres.ts'
import { secretFrom } from '#platform/secret.ts'
import { recountAll } from '#platform/verify.ts'
import { openApp } from '#server/app.ts'
import { lastDay, makeCountry, sizes, type Size } from './country.ts'
import { load, loadPlainly, type Loaded } from './load.ts'
import { loadLines, machine, tableOf } from './report.ts'
import { planLines } from './plans.ts'
import { measure } from './tasks.ts'

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'nation' },
    data: { type: 'string' },
    keep: { type: 'boolean' },
    only: { type: 'string' },
    verify: { type: 'boolean' },
  },
})
if (!(values.size in sizes)) throw new Error(`--size ${Object.keys(sizes).join('|')}`)
const size = values.size as Size
const seed = 2026
const folder = resolve(values.data ?? `/var/tmp/ket-doan-bench-${size}`)
const say = (text: string) => void process.stdout.write(`${text}\n`)

/** The server as an operator of a country would set it; the program's own defaults suit a district. */
const settings = {
  shared_buffers: '4GB',
  effective_cache_size: '12GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_connections: 60,
  jit: 'off',
  wal_compression: 'on',
  random_page_cost: 1.1,
  maintenance_work_mem: '1GB',
  autovacuum: 'off',
}

mkdirSync(folder, { recursive: true, mode: 0o755 })
const loadedFile = join(folder, 'loaded.json')
const postgres = await startPostgres(join(folder, 'postgres'), settings)
try {
  let loaded: Loaded
  if (existsSync(loadedFile)) loaded = JSON.parse(readFileSync(loadedFile, 'utf8')) as Loaded
  else {
    say(`First load, ${size}`)
    await migrate(postgres.url)
    loaded = await load(postgres.url, size, seed, say)
    loaded.plain = await loadPlainly(postgres.url, join(folder, 'postgres'), say)
    writeFileSync(loadedFile, JSON.stringify(loaded, null, 1))
  }
  if (values.verify) await verify()
  const house = openHouse(postgres.url, secretFrom(Buffer.alloc(32, 7)), { connections: 4, today: () => lastDay })
  const app = await openApp(house, { requestsPerMinute: 1e9 })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  try {
    say(`Measuring, ${size}`)
    const bench = await measure(postgres.url, house, origin, makeCountry(size, seed), say, values.only)
    const table = tableOf(bench)
    const plans = planLines(bench.plans)
    say(['', ...table, '', ...plans, ...loadLines(loaded)].join('\n'))
    if (!values.only) writeReadme(table, plans, loaded, bench.raw.median, bench.page.median)
  } finally {
    await app.close()
    await house.close()
  }
} finally {
  await postgres.stop()
  if (!values.keep) rmSync(folder, { recursive: true, force: true })
}

/** Recounts every tally, as `ket-doan verify` does. */
async function verify() {
  const owner = openOwner(postgres.url)
  const from = performance.now()
  for (const { ledger, rows, wrong } of await recountAll(owner)) say(`  verify ${ledger}: ${rows} rows, ${wrong} wrong`)
  say(`  verify: ${((performance.now() - from) / 1000).toFixed(0)} s`)
  await owner.destroy()
}

/** Puts this size's section in place of the one before; what people wrote around it stays. */
function writeReadme(table: string[], plans: string[], loaded: Loaded, raw: number, page: number) {
  const file = join(import.meta.dirname, 'README.md')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmark\n'
  const [open, close] = [`<!-- ${size}: written by npm run bench -->`, `<!-- end of ${size} -->`]
  const section = [
    open,
    `## ${size[0]!.toUpperCase()}${size.slice(1)}`,
    '',
    `${new Date().toISOString().slice(0, 10)}; ${machine()}. ${Object.entries(sizes[size])
      .map(([name, value]) => `${value.toLocaleString('en-US')} ${name}`)
      .join(', ')}.`,
    `The raw SELECT took ${raw.toFixed(3)} ms at the median, a page of 50 rows by key ${page.toFixed(3)} ms.`,
    '',
    ...table,
    '',
    ...(plans.length > 0 ? ['### Plans of the searches', '', ...plans] : []),
    '### First load',
    '',
    ...loadLines(loaded),
    '',
    `Server: ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')}.`,
    close,
  ].join('\n')
  const begin = text.indexOf(open)
  const end = text.indexOf(close)
  writeFileSync(
    file,
    begin >= 0 && end > begin
      ? text.slice(0, begin) + section + text.slice(end + close.length)
      : `${text.trimEnd()}\n\n${section}\n`,
  )
}
