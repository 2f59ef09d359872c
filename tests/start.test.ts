/** The program as a user runs it: it starts, says what stands in the way, stops cleanly, and after kill -9 has lost nothing
 *  that it acknowledged and kept nothing by halves. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningPostgres } from '#platform/postgres.ts'
import { people, taxCodes } from './world.ts'

const root = join(import.meta.dirname, '..')
const main = join(root, 'cli/main.ts')
const data = mkdtempSync(join(tmpdir(), 'ket-doan-start-'))
chmodSync(data, 0o755)
const env = { ...process.env, DATABASE_URL: '' }

const command = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env, cwd: root })

/** Starts the program; resolves with its address, or with what it said when it ended instead. */
function start(
  ...args: string[]
): Promise<{ child: ChildProcess; address: string | null; said: string; code: number | null }> {
  const child = spawn(process.execPath, [main, 'start', '--port', '0', '--data', data, '--lang', 'en', ...args], {
    cwd: root,
    env,
  })
  let said = ''
  return new Promise((resolve) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk)
      const address = /ready: (http:\S+)/.exec(said)?.[1]
      if (address) resolve({ child, address, said, code: null })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => resolve({ child, address: null, said, code }))
  })
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))

async function signIn(address: string): Promise<string> {
  const reply = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'lan', password: 'mat-khau-thu' }),
  })
  expect(reply.status).toBe(200)
  return reply.headers.get('set-cookie')!.split(';')[0]!
}

beforeAll(() => {
  const made = command(
    'account',
    'add',
    'lan',
    '--data',
    data,
    '--name',
    'Phạm Thị Lan',
    '--role',
    'federation_leader',
    '--unit',
    'ha-noi',
    '--unit-name',
    'LĐLĐ Hà Nội',
    '--password',
    'mat-khau-thu',
  )
  expect(made.stderr).toBe('')
  expect(made.status).toBe(0)
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

test('it starts, a second start on the folder says so, a command shares the database, and it stops when told', async () => {
  const first = await start()
  expect(first.address).not.toBeNull()
  const second = await start()
  expect(second).toMatchObject({ address: null, code: 2 })
  expect(second.said).toContain('already runs')
  const progress = command('progress', '--unit', 'ha-noi', '--json', '--data', data)
  expect(JSON.parse(progress.stdout)).toMatchObject({ unit: 'ha-noi', knownAt: null })
  const gone = ended(first.child)
  first.child.kill('SIGTERM')
  expect(await gone).toBe(0)
})

test('a port in use, a folder that cannot be written, a newer database: one sentence each, and the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const taken = command('start', '--port', String(port), '--data', data, '--lang', 'en')
  other.close()
  expect(taken.status).toBe(2)
  expect(taken.stderr.trim()).toBe(`Another program uses port ${port}. Choose another: npm start -- --port ${port + 1}`)
  const closed = command('start', '--data', '/proc/nowhere', '--lang', 'en')
  expect(closed.status).toBe(2)
  expect(closed.stderr).toContain('is not writable. Choose another with --data.')
  const running = await start()
  const client = new pg.Client({ connectionString: runningPostgres(join(data, 'postgres'))! })
  await client.connect()
  await client.query("insert into public.migration (number, name, digest) values (9999, 'later', 'x')")
  const newer = command('progress', '--unit', 'ha-noi', '--data', data)
  await client.query('delete from public.migration where number = 9999')
  await client.end()
  expect(newer.status).toBe(2)
  expect(newer.stderr).toContain('newer version (9999)')
  const gone = ended(running.child)
  running.child.kill('SIGINT')
  expect(await gone).toBe(0)
})

test('a founding under way when the machine dies is there whole or not at all, and never lost once acknowledged', async () => {
  for (let round = 0; round < 5; round++) {
    const { child, address } = await start()
    const cookie = await signIn(address!)
    const before = await counted()
    const body = {
      upperUnitId: '1',
      kind: 'grassroots',
      name: `CĐCS thứ ${round}`,
      sector: 'non_state',
      employer: { taxCode: taxCodes[round], name: `Công ty ${round}` },
      decision: { number: `${round}/QĐ`, signedOn: '2024-05-06', effectiveOn: '2024-05-10' },
      people: people(1000 + round * 100, 58),
    }
    let isAcknowledged = false
    const sent = fetch(`${address}/api/foundings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    }).then(
      (reply) => (isAcknowledged = reply.status === 200),
      () => {},
    )
    // From before the first statement to after the reply.
    await (round === 4 ? sent : sleep(round * 9))
    const gone = ended(child)
    child.kill('SIGKILL')
    await gone
    await sent
    const after = await counted()
    const came = {
      unions: after.unions - before.unions,
      members: after.members - before.members,
      decisions: after.decisions - before.decisions,
    }
    expect([
      { unions: 0, members: 0, decisions: 0 },
      { unions: 1, members: 58, decisions: 1 },
    ]).toContainEqual(came)
    if (isAcknowledged) expect(came.unions).toBe(1)
    if (round === 4) expect(isAcknowledged).toBe(true)
  }
  expect(command('verify', '--data', data).status).toBe(0)
})

/** Asked through the command, which recovers and opens the database by itself when nobody runs it. */
async function counted(): Promise<{ unions: number; members: number; decisions: number }> {
  const asked = command(
    'progress',
    '--unit',
    'ha-noi',
    '--from',
    '2024-01-01',
    '--as-of',
    '2024-12-31',
    '--json',
    '--data',
    data,
  )
  expect(asked.stderr).toBe('')
  type Told = { indicator: string; result: number; ofWhich: Told[] }
  const { figures } = JSON.parse(asked.stdout) as { figures: Told[] }
  const flat = figures.flatMap((figure) => [figure, ...figure.ofWhich])
  const of = (code: string) => flat.find((figure) => figure.indicator === code)!.result
  return { unions: of('grassroots_founded'), members: of('members_admitted'), decisions: of('grassroots_total') }
}

test('used wrongly: exit code 2 and a suggestion', () => {
  expect(command('progres').stderr).toContain('"progress"')
  expect(command('progres').status).toBe(2)
  const unit = command('progress', '--unit', 'ha-no', '--data', data, '--lang', 'en')
  expect([unit.status, unit.stderr.trim()]).toEqual([
    2,
    'There is no unit with the code "ha-no". Did you mean "ha-noi"?',
  ])
  const indicator = command(
    'progress',
    '--unit',
    'ha-noi',
    '--indicator',
    'member_admited',
    '--data',
    data,
    '--lang',
    'en',
  )
  expect([indicator.status, indicator.stderr.trim()]).toEqual([
    2,
    'There is no indicator "member_admited". Did you mean members_admitted?',
  ])
  expect(command('progress', '--unit', 'ha-noi', '--as-of', '31/02/2024', '--data', data).status).toBe(2)
  mkdirSync(join(data, 'empty'), { recursive: true })
  expect(command('--help').stdout).toContain('progress')
})
