/** `ket-doan import members FILE --unit CODE`: a list as it is, into the register. What it would do is said first; with `--dry-run`
 *  nothing more happens. The same functions as the screens, with the same undo. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { formatCount } from '#kernel/phrases.ts'
import type { Import } from '#modules/imports/contract.ts'
import { listImports, nameOf } from '#modules/imports/states.ts'
import { commitList, discardList, readList, undoList } from '#modules/members/import/actions.ts'
import type { Settings } from '#modules/members/import/contract.ts'
import { receiveList, showImport } from '#modules/members/import/receive.ts'
import { listRows, writeBadRows } from '#modules/members/import/waiting.ts'
import { findUnitByCode } from '#modules/units/queries.ts'
import { act, type Actor, type Ctx, type Database, type House } from '#platform/database.ts'
import { dayOf, Misuse, requiredText, textOf, withDatabase, type Command, type Terminal } from './command.ts'

export const importCommand: Command = {
  name: 'import',
  options: {
    unit: { type: 'string' },
    'dry-run': { type: 'boolean' },
    kind: { type: 'string' },
    on: { type: 'string' },
    by: { type: 'string' },
    bad: { type: 'string' },
    reason: { type: 'string' },
  },
  run: (terminal) =>
    withDatabase(terminal, async ({ house, owner }) => {
      const [what, word] = terminal.words
      const actor = await actorOf(terminal, owner)
      const desk: Desk = { terminal, house, actor }
      if (what === 'members' && word) return await importMembers(desk, word)
      if (what === 'undo' && word) return await takeBack(desk, word)
      if (what === 'list') return await list(desk)
      throw new Misuse(terminal.say.help.import)
    }),
}

type Desk = { terminal: Terminal; house: House; actor: Actor }

const as = <T>({ house, actor, terminal }: Desk, work: (ctx: Ctx) => Promise<T>) =>
  act(house, actor, terminal.language, 'ket-doan import', work)

async function importMembers(desk: Desk, file: string): Promise<number> {
  const { terminal } = desk
  const path = resolve(file)
  if (!existsSync(path) || !statSync(path).isFile()) throw new Misuse(terminal.say.noFile(file))
  const kind = textOf(terminal, 'kind') ?? 'opening'
  if (kind !== 'opening' && kind !== 'admitted') throw new Misuse(terminal.say.help.import)
  const begun = performance.now()
  const unit = await unitOf(desk)
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
  const upload = {
    fileName: basename(path),
    content: Buffer.alloc(0),
    path,
    bytes: statSync(path).size,
    digest: digest.digest(),
  }
  const taken = await as(desk, (ctx) => receiveList(ctx, unit, upload))
  const settings: Settings = { columns: taken.head.columns, kind, on: dayOf(terminal, 'on') ?? desk.house.today() }
  await as(desk, (ctx) => readList(ctx, taken.id, settings))
  const read = await follow(desk, taken.id)
  const readSeconds = (performance.now() - begun) / 1000
  if (read.state !== 'ready') return failed(desk, read)
  if (textOf(terminal, 'bad') && (read.counts['refused'] ?? 0) + (read.counts['elsewhere'] ?? 0) > 0)
    writeFileSync(
      resolve(requiredText(terminal, 'bad')),
      await buffer((await as(desk, (ctx) => writeBadRows(ctx, taken.id))).content as Readable),
    )
  if (!terminal.isJson) await describe(desk, read, readSeconds)
  if (terminal.values['dry-run']) {
    await as(desk, (ctx) => discardList(ctx, taken.id))
    if (terminal.isJson) terminal.printJson({ id: taken.id, state: 'dry-run', counts: read.counts, readSeconds })
    return 0
  }
  const from = performance.now()
  await as(desk, (ctx) => commitList(ctx, taken.id))
  const done = await follow(desk, taken.id)
  const writeSeconds = (performance.now() - from) / 1000
  if (done.state !== 'done') return failed(desk, done)
  const rows = done.counts['rows'] ?? 0
  if (terminal.isJson)
    terminal.printJson({ id: done.id, state: done.state, counts: done.counts, readSeconds, writeSeconds })
  else {
    terminal.print(
      terminal.say.import.done(
        done.id,
        seconds(terminal, writeSeconds),
        formatCount(terminal.language, Math.round(rows / (readSeconds + writeSeconds))),
      ),
    )
    if ((done.counts['refused'] ?? 0) > 0 && !textOf(terminal, 'bad')) terminal.print(terminal.say.import.badHint)
  }
  return 0
}

const seconds = (terminal: Terminal, value: number) => formatCount(terminal.language, Math.round(value * 10) / 10)

async function describe(desk: Desk, read: Import, readSeconds: number) {
  const { terminal } = desk
  const { say } = terminal
  const count = (name: string) => formatCount(terminal.language, read.counts[name] ?? 0)
  terminal.print(say.import.read(read.fileName, count('rows'), seconds(terminal, readSeconds)))
  if (read.head.legacy) terminal.print(say.import.legacy(read.head.legacy.toUpperCase()))
  terminal.print(
    say.import.columns(
      read.head.columns.flatMap(({ header, field }) => (field ? [`${header || '?'} → ${field}`] : [])).join('; '),
    ),
  )
  for (const verdict of ['new', 'returns', 'arrives', 'changed', 'same', 'elsewhere', 'refused'] as const)
    if (read.counts[verdict]) terminal.print(`  ${say.import.verdicts[verdict].padEnd(26)} ${count(verdict)}`)
  const { rows } = await as(desk, (ctx) => listRows(ctx, read.id, { verdict: 'refused', limit: 10 }))
  for (const row of rows)
    terminal.print(`    ${row.line}: ${row.fullName} ${row.faults.map((fault) => fault.title).join(' ')}`)
}

/** Waits for the work under way, telling how far it is where a person watches. */
async function follow(desk: Desk, importId: string): Promise<Import> {
  const { house, terminal } = desk
  const isWatched = process.stderr.isTTY && !terminal.isJson
  const ended = house.jobs.ended(nameOf(importId)).then(() => true)
  const from = performance.now()
  for (;;) {
    const isOver = await Promise.race([ended, sleep(700).then(() => false)])
    if (isOver) break
    const { progress } = isWatched ? await as(desk, (ctx) => showImport(ctx, importId)) : { progress: null }
    if (!progress || progress.total === 0) continue
    const share = progress.done / progress.total
    const left = share > 0 ? ((performance.now() - from) / 1000 / share) * (1 - share) : 0
    process.stderr.write(
      `\r${terminal.say.import.progress(String(Math.round(share * 100)), formatCount(terminal.language, Math.round(left)))}   `,
    )
  }
  if (isWatched) process.stderr.write('\r\u001b[K')
  return await as(desk, (ctx) => showImport(ctx, importId))
}

function failed({ terminal }: Desk, found: Import): number {
  if (terminal.isJson) terminal.printJson({ id: found.id, state: found.state, trouble: found.trouble })
  else process.stderr.write(`${found.trouble?.title ?? found.state}\n`)
  return 1
}

async function takeBack(desk: Desk, importId: string): Promise<number> {
  const { terminal } = desk
  if (!/^\d{1,18}$/.test(importId)) throw new Misuse(terminal.say.help.import)
  await as(desk, (ctx) => undoList(ctx, importId, requiredText(terminal, 'reason')))
  const undone = await follow(desk, importId)
  if (undone.state !== 'undone') return failed(desk, undone)
  const count = (name: string) => formatCount(terminal.language, undone.counts[name] ?? 0)
  if (terminal.isJson) terminal.printJson({ id: undone.id, state: undone.state, counts: undone.counts })
  else terminal.print(terminal.say.import.undone(count('undo_reversed'), count('undo_kept'), count('undo_impossible')))
  return 0
}

async function list(desk: Desk): Promise<number> {
  const unit = await unitOf(desk)
  const { imports } = await as(desk, (ctx) => listImports(ctx, unit, 'members'))
  if (desk.terminal.isJson) desk.terminal.printJson({ imports })
  else
    for (const one of imports)
      desk.terminal.print(
        `${one.id.padStart(6)}  ${one.state.padEnd(10)} ${one.recordedAt.slice(0, 16)}  ${one.unit.code.padEnd(24)} ${one.fileName}`,
      )
  return 0
}

async function unitOf(desk: Desk): Promise<string> {
  const code = requiredText(desk.terminal, 'unit')
  const unit = await as(desk, (ctx) => findUnitByCode(ctx, code))
  if (!unit) throw new Misuse(desk.terminal.say.unknownUnit(code, ''))
  return unit.id
}

/** Whose act it is: the account named, else the operator's own, which nobody can sign in to. */
async function actorOf(terminal: Terminal, owner: Database): Promise<Actor> {
  const username = textOf(terminal, 'by') ?? 'operator'
  const read = () =>
    sql<{
      id: number
      name: string
      role: Actor['role']
      unitId: number
      unitCode: string
      unitName: string
      seesAll: boolean
    }>`
      select a.id, a.name, a.role, u.id as "unitId", u.code as "unitCode", u.name as "unitName",
        not exists (select from units.placement p where p.unit_id = u.id and p.superseded_at = 'infinity') as "seesAll"
      from access.account a join units.unit u on u.id = a.unit_id where a.username = ${username} and a.ended_on is null`.execute(
      owner,
    )
  let [row] = (await read()).rows
  if (!row && !textOf(terminal, 'by')) {
    await sql`insert into access.account (username, name, role, unit_id) select 'operator', ${terminal.say.import.operator}, 'federation_leader', u.id from units.unit u
      where u.is_upper and not exists (select from units.placement p where p.unit_id = u.id) order by u.id limit 1`.execute(
      owner,
    )
    ;[row] = (await read()).rows
  }
  if (!row) throw new Misuse(terminal.say.account.unknown(username))
  return { ...row, username }
}
