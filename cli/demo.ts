/** `ket-doan demo FACTS`: invented people, employers and unions whose records add up to the figures of a file. */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { buildDemo } from '#demo/build.ts'
import { readFacts, type FactsFile } from '#demo/facts.ts'
import { planDemo, type Plan } from '#demo/plan.ts'
import { dayInVietnam } from '#kernel/day.ts'
import { formatCount } from '#kernel/phrases.ts'
import type { Database } from '#platform/database.ts'
import { Hindrance } from '#platform/folder.ts'
import { secretFrom, type Secret } from '#platform/secret.ts'
import { Misuse, textOf, withDatabase, type Command, type Terminal } from './command.ts'

export const demo: Command = {
  name: 'demo',
  options: { seed: { type: 'string' } },
  run: async (terminal) => {
    const path = terminal.words[0]
    if (!path) throw new Misuse(terminal.say.missing('FACTS.json'))
    const seed = Number(textOf(terminal, 'seed') ?? 1)
    if (!Number.isInteger(seed)) throw new Misuse(terminal.say.unknownOption('--seed'))
    const facts = readFactsFile(terminal, path)
    return await withDatabase(terminal, async ({ owner, house }) => {
      if ((await sql`select from units.unit limit 1`.execute(owner)).rows.length > 0)
        throw new Hindrance(terminal.say.demo.notEmpty)
      await build(terminal, owner, house.secret, facts, seed)
      return 0
    })
  },
}

export function readFactsFile(terminal: Terminal, path: string): FactsFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Misuse(terminal.say.noFile(path))
  }
  try {
    return readFacts(JSON.parse(text))
  } catch (error) {
    throw new Misuse(terminal.say.badFacts((error as Error).message))
  }
}

/** Loads the demo that comes with the program. */
export const loadDemo = (terminal: Terminal, owner: Database, key: Buffer, path: string, seed: number) =>
  build(terminal, owner, secretFrom(key), readFactsFile(terminal, path), seed)

async function build(terminal: Terminal, owner: Database, secret: Secret, facts: FactsFile, seed: number) {
  const begun = performance.now()
  const today = dayInVietnam(new Date())
  let plan: Plan
  try {
    plan = planDemo(facts, seed, today)
  } catch (error) {
    throw new Hindrance(terminal.say.demo.conflict((error as Error).message))
  }
  const built = await buildDemo(owner, secret, plan, seed, today)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const count = (value: number) => formatCount(terminal.language, value)
  if (terminal.isJson) terminal.printJson({ ...built, seconds: Number(seconds) })
  else terminal.print(terminal.say.demo.done(count(built.units), count(built.unions), count(built.people), seconds))
}
