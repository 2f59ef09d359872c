/** `ket-doan start`: everything an officer needs behind one address, until it is told to stop. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { sql } from 'kysely'
import { demoPassword } from '#modules/access/queries.ts'
import { openHouse, openOwner } from '#platform/database.ts'
import { Hindrance, openGround } from '#platform/folder.ts'
import { migrate } from '#platform/migrate.ts'
import { secretFrom } from '#platform/secret.ts'
import { openApp } from '#server/app.ts'
import { webDigest, webFolder, isWebFresh } from '../scripts/web.ts'
import { Misuse, textOf, type Command, type Terminal } from './command.ts'
import { loadDemo } from './demo.ts'

export const start: Command = {
  name: 'start',
  options: { port: { type: 'string' }, empty: { type: 'boolean' } },
  run: async (terminal) => {
    const port = portOf(terminal)
    buildWeb(terminal)
    const ground = await openGround({ data: textOf(terminal, 'data') })
    const stops: (() => Promise<unknown>)[] = [ground.close]
    const stop = async () => {
      for (const close of stops.splice(0).reverse()) await close()
    }
    try {
      await migrate(ground.url)
      const house = openHouse(ground.url, secretFrom(ground.key))
      stops.push(house.close)
      await tellInterrupted(ground.url)
      await greet(terminal, ground.url, ground.key)
      const app = await openApp(house, { webFolder, log: true })
      stops.push(() => app.close())
      const address = await app.listen({ port, host: '127.0.0.1' }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE' ? new Hindrance(terminal.say.start.portInUse(port)) : error
      })
      terminal.print(terminal.say.start.ready(address))
      const reason = await ending(ground.gone)
      if (reason === 'database') process.stderr.write(`${terminal.say.start.databaseGone}\n`)
      await stop()
      terminal.print(terminal.say.start.stopped)
      return reason === 'database' ? 1 : 0
    } catch (error) {
      await stop()
      throw error
    }
  },
}

function portOf(terminal: Terminal): number {
  const text = textOf(terminal, 'port') ?? process.env['PORT'] ?? '4010'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Misuse(terminal.say.start.notAPort(text))
  return port
}

/** Resolves when somebody asks us to stop, or when the database went away under us. */
const ending = (gone: Promise<void> | null) =>
  new Promise<'asked' | 'database'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('asked'))
    void gone?.then(() => resolve('database'))
  })

/** The screens, built anew when their sources changed since. */
function buildWeb(terminal: Terminal) {
  if (isWebFresh()) return
  terminal.print(terminal.say.start.building)
  const built = spawnSync(process.execPath, [join(import.meta.dirname, '../scripts/web.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (built.status !== 0 || !isWebFresh()) throw new Hindrance(`web ${webDigest()}`)
}

/** Imports that were under way when the program stopped wrote nothing: they say so. */
async function tellInterrupted(url: string) {
  const owner = openOwner(url)
  await sql`select imports.tell_interrupted()`.execute(owner)
  await owner.destroy()
}

/** Loads the demo into an empty database, and tells who may sign in. */
async function greet(terminal: Terminal, url: string, key: Buffer) {
  const owner = openOwner(url)
  try {
    const isEmpty = (await sql`select from units.unit limit 1`.execute(owner)).rows.length === 0
    if (isEmpty && !terminal.values['empty']) {
      terminal.print(terminal.say.start.loadingDemo)
      await loadDemo(terminal, owner, key, join(import.meta.dirname, '../demo/hanoi.json'), 1)
    }
    const accounts = await sql<{
      username: string
      name: string
      role: string
      unit_name: string
    }>`select * from access.demo_accounts()`.execute(owner)
    const anybody = await sql`select from access.account where password_hash is not null limit 1`.execute(owner)
    if (accounts.rows.length > 0) {
      terminal.print(terminal.say.start.signIns(demoPassword))
      for (const row of accounts.rows) terminal.print(`  ${row.username.padEnd(22)} ${row.name}, ${row.unit_name}`)
    } else if (anybody.rows.length === 0) terminal.print(terminal.say.start.firstAccount)
  } finally {
    await owner.destroy()
  }
}
