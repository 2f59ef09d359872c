/** `npm test`: the whole bar, the same on a desk and in CI. Prints each step's time, and at the end how many tests ran.
 *  `--format` mends the format first; `--only STEP` runs one step. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const args = process.argv.slice(2)
const report = join(mkdtempSync(join(tmpdir(), 'ket-doan-check-')), 'tests.json')

const steps: [name: string, command: string, args: string[]][] = [
  ['format', 'oxfmt', ['--check']],
  ['lint', 'oxlint', ['--type-aware', '--quiet']],
  ['types', 'tsc', ['--noEmit']],
  ['dead code', 'knip', ['--no-progress']],
  ['screens', process.execPath, ['scripts/web.ts']],
  ['tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
]

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

function runStep([name, command, commandArgs]: (typeof steps)[number]): boolean {
  const begun = performance.now()
  console.log(`\n── ${name}`)
  const done = spawnSync(command, commandArgs, { stdio: ['ignore', 'inherit', 'inherit'] })
  console.log(`── ${name}: ${done.status === 0 ? 'passed' : 'FAILED'} in ${seconds(begun)}`)
  return done.status === 0
}

if (args.includes('--format')) process.exit(spawnSync('oxfmt', [], { stdio: 'inherit' }).status ?? 1)
const only = args[args.indexOf('--only') + 1]
const asked = args.includes('--only') ? steps.filter(([name]) => name === only) : steps
const failed = asked.filter((step) => !runStep(step)).map(([name]) => name)

if (asked.some(([name]) => name === 'tests')) {
  const told = JSON.parse(readFileSync(report, 'utf8')) as Record<'numPassedTests' | 'numFailedTests', number>
  console.log(`\n${told.numPassedTests} passed, ${told.numFailedTests} failed`)
  // A run in which nothing was tested has not passed.
  if (told.numPassedTests === 0) failed.push('no test ran')
}
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
