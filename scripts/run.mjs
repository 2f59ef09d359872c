// The first step of every command, on any Node from 20: installs what the lockfile says, then goes on under the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [task = 'start', ...args] = process.argv.slice(2)
const isWindows = process.platform === 'win32'
const modules = join(root, 'node_modules')
const outerPath = process.env.PATH.split(delimiter)
  .filter((entry) => !entry.startsWith(modules))
  .join(delimiter)
const stamp = join(modules, '.lock-sha256')
const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest()

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One installation at a time; a lock whose process is gone is taken over. */
function withLock(work) {
  const lock = join(root, '.install.lock')
  for (;;) {
    try {
      writeSync(openSync(lock, 'wx'), String(process.pid))
      break
    } catch {
      const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
      if (pid && !isAlive(pid)) rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    }
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

if (!isFresh()) {
  withLock(() => {
    if (isFresh()) return
    process.stderr.write('Đang cài đặt các gói cần thiết... / Installing what is needed...\n')
    const npm = spawnSync(
      isWindows ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, PATH: outerPath },
        shell: isWindows,
      },
    )
    if (npm.status !== 0) {
      process.stderr.write('Không cài đặt được; xem lỗi ở trên. / The installation failed; see above.\n')
      process.exit(1)
    }
    writeFileSync(stamp, lockDigest())
  })
}

const pinned = join(
  modules,
  `node-${isWindows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  isWindows ? 'node.exe' : 'node',
)
const node = existsSync(pinned) ? pinned : process.execPath
if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('Cần Node 24 trở lên trên máy này. / Node 24 or later is needed on this machine.\n')
  process.exit(1)
}
const files = {
  start: ['cli/main.ts', 'start'],
  cli: ['cli/main.ts'],
  dev: ['scripts/dev.ts'],
  check: ['scripts/check.ts'],
  bench: ['bench/run.ts'],
  'bench-imports': ['bench/imports.ts'],
  format: ['scripts/check.ts', '--format'],
  schema: ['scripts/schema.ts'],
}
const child = spawn(
  node,
  [
    '--disable-warning=ExperimentalWarning',
    ...(files[task] ?? [`scripts/${task}.ts`]).map((part, index) => (index === 0 ? join(root, part) : part)),
    ...args,
  ],
  {
    stdio: 'inherit',
    cwd: task === 'cli' ? process.cwd() : root,
    env: { ...process.env, PATH: [dirname(node), join(modules, '.bin'), outerPath].join(delimiter) },
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
