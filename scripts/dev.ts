/** `npm run dev`: the server restarted on change, and the screens with hot reload, in one terminal. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const run = (args: string[]) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
const watched = ['kernel', 'platform', 'server', 'modules', 'cli'].flatMap((folder) => ['--watch-path', folder])
const children = [
  run([...watched, '--disable-warning=ExperimentalWarning', 'cli/main.ts', 'start', ...process.argv.slice(2)]),
  run(['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts']),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => children.forEach((child) => child.kill(signal)))
for (const child of children) child.once('exit', () => children.forEach((other) => other.kill('SIGTERM')))
