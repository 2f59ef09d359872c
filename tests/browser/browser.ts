/** A real Chromium for the journeys: the machine's own, else the one from the lockfile, with the libraries it may lack. */
import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
// Without these a browser asks the outside world for updates; nothing here may depend on that.
const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export async function openBrowser(): Promise<Browser> {
  const own = installed.find((path) => existsSync(path))
  if (own) return await chromium.launch({ executablePath: own, args: flags })
  const { default: bundled } = await import('@sparticuz/chromium')
  const executablePath = await bundled.executablePath()
  const libraries = await missingLibraries()
  const env = { ...process.env, LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') }
  return await chromium.launch({ executablePath, args: flags, env })
}

/** The package brings the shared libraries that a bare server lacks, packed; unpacked once. */
async function missingLibraries(): Promise<string> {
  const folder = join(tmpdir(), 'ket-doan-chromium-libraries')
  const library = join(folder, 'lib')
  if (existsSync(library)) return library
  mkdirSync(folder, { recursive: true })
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin/al2023.tar.br')
  const tar = join(folder, 'al2023.tar')
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(tar))
  const done = spawnSync('tar', ['-xf', tar, '-C', folder])
  if (done.status !== 0) throw new Error(`the browser's libraries could not be unpacked: ${String(done.stderr)}`)
  return library
}
