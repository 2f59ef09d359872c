/** What a command is, and what it may use: a database that is opened for it, words in the reader's language, an exit code. */
import { parseArgs } from 'node:util'
import { readDay } from '#kernel/day.ts'
import { phrases, type Language, type Phrases } from '#kernel/phrases.ts'
import { sql } from 'kysely'
import { openHouse, openOwner, type Actor, type Database, type House } from '#platform/database.ts'
import { openGround } from '#platform/folder.ts'
import { migrate } from '#platform/migrate.ts'
import { secretFrom } from '#platform/secret.ts'

/** Used wrongly: one sentence, exit code 2. */
export class Misuse extends Error {}

export type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }>
export type Values = Record<string, string | boolean | string[] | undefined>

/** What a command's run is given. */
export type Terminal = {
  values: Values
  /** Words that are no options. */
  words: string[]
  language: Language
  say: Phrases['commands']
  isJson: boolean
  print: (text: string) => void
  printJson: (value: unknown) => void
}

export type Command = {
  name: keyof Phrases['commands']['summaries']
  options: Options
  run: (terminal: Terminal) => Promise<number>
}

const common: Options = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
}

export function readTerminal(args: string[], options: Options, language: Language): Terminal {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...common, ...options },
      allowPositionals: true,
      strict: true,
    })
    const print = (text: string) => void process.stdout.write(`${text}\n`)
    return {
      values: values as Values,
      words: positionals,
      language,
      say: phrases[language].commands,
      isJson: Boolean(values['json']),
      print,
      printJson: (value) => print(JSON.stringify(value, null, 2)),
    }
  } catch (error) {
    throw new Misuse(phrases[language].commands.unknownOption((error as Error).message))
  }
}

/** `--lang`, else KET_DOAN_LANG, else Vietnamese. */
export function languageFrom(args: readonly string[]): Language {
  const at = args.indexOf('--lang')
  const asked =
    at >= 0 ? args[at + 1] : (args.find((arg) => arg.startsWith('--lang='))?.slice(7) ?? process.env['KET_DOAN_LANG'])
  return asked === 'en' ? 'en' : 'vi'
}

export const textOf = (terminal: Terminal, name: string): string | undefined =>
  terminal.values[name] as string | undefined

export function requiredText(terminal: Terminal, name: string): string {
  const text = textOf(terminal, name)
  if (!text) throw new Misuse(terminal.say.missing(`--${name}`))
  return text
}

export function dayOf(terminal: Terminal, name: string): string | undefined {
  const text = textOf(terminal, name)
  if (text === undefined) return undefined
  const day = readDay(text)
  if (!day) throw new Misuse(terminal.say.notADay(text))
  return day
}

export type Opened = { house: House; owner: Database; url: string; operator: Actor }

/** Opens the database a command needs - the one that runs, or its own for the while - and closes it. */
export async function withDatabase<T>(terminal: Terminal, work: (opened: Opened) => Promise<T>): Promise<T> {
  const ground = await openGround({ data: textOf(terminal, 'data'), share: true })
  try {
    await migrate(ground.url)
    const house = openHouse(ground.url, secretFrom(ground.key))
    const owner = openOwner(ground.url)
    try {
      return await work({ house, owner, url: ground.url, operator: await operatorOf(owner) })
    } finally {
      await house.close()
      await owner.destroy()
    }
  } finally {
    await ground.close()
  }
}

/** Whoever works at the machine itself sees everything; what they write needs an account. */
async function operatorOf(owner: Database): Promise<Actor> {
  const found = await sql<{ id: number; code: string; name: string }>`select u.id, u.code, u.name from units.unit u
    where u.is_upper and not exists (select from units.placement p where p.unit_id = u.id) order by u.id limit 1`.execute(
    owner,
  )
  const root = found.rows[0]
  return {
    id: 0,
    name: '',
    username: '',
    role: 'federation_leader',
    unitId: root?.id ?? 0,
    unitCode: root?.code ?? '',
    unitName: root?.name ?? '',
    seesAll: true,
  }
}
