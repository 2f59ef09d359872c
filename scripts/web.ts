/** Builds the screens into dist/web, and knows whether they are fresh: by the digest of their sources, not by file times. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
export const webFolder = join(root, 'dist/web')
const stamp = join(root, 'dist/web.sha256')
const sources = [
  'package-lock.json',
  'kernel/**/*.ts',
  'ui/**/*',
  'web/**/*',
  'modules/**/*.ts',
  'modules/*/screens/**/*',
]

export function webDigest(): string {
  const digest = createHash('sha256')
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) digest.update(file.slice(root.length)).update(readFileSync(file))
  return digest.digest('hex')
}

export const isWebFresh = (): boolean =>
  existsSync(stamp) && existsSync(join(webFolder, 'index.html')) && readFileSync(stamp, 'utf8') === webDigest()

if (import.meta.main && !isWebFresh()) {
  const digest = webDigest()
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (built.status !== 0) process.exit(built.status ?? 1)
  writeFileSync(stamp, digest)
}
