/** `ket-doan account`: who may sign in. The operator's door to the first account and to a lost password. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { fold } from '#kernel/fold.ts'
import { Role } from '#modules/access/contract.ts'
import type { Database } from '#platform/database.ts'
import { hashPassword } from '#platform/secret.ts'
import { Misuse, requiredText, textOf, withDatabase, type Command, type Terminal } from './command.ts'

export const account: Command = {
  name: 'account',
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    unit: { type: 'string' },
    'unit-name': { type: 'string' },
    password: { type: 'string' },
  },
  run: (terminal) =>
    withDatabase(terminal, async ({ owner }) => {
      const [act, username = ''] = terminal.words
      if (act === 'list' || act === undefined) return await list(terminal, owner)
      if (!username) throw new Misuse(terminal.say.missing('USERNAME'))
      if (act === 'add') return await add(terminal, owner, username.toLowerCase())
      if (act === 'reset') return await reset(terminal, owner, username.toLowerCase())
      throw new Misuse(terminal.say.help.account)
    }),
}

async function list(terminal: Terminal, owner: Database): Promise<number> {
  const accounts = await sql<{
    username: string
    name: string
    role: string
    unit: string
  }>`select a.username, a.name, a.role, u.code as unit
    from access.account a join units.unit u on u.id = a.unit_id where a.password_hash is not null order by a.username`.execute(
    owner,
  )
  if (terminal.isJson) terminal.printJson({ accounts: accounts.rows })
  else
    for (const row of accounts.rows)
      terminal.print(`${row.username.padEnd(22)} ${row.role.padEnd(18)} ${row.unit.padEnd(16)} ${row.name}`)
  return 0
}

async function add(terminal: Terminal, owner: Database, username: string): Promise<number> {
  const role = Role.safeParse(requiredText(terminal, 'role'))
  if (!role.success) throw new Misuse(terminal.say.account.badRole(requiredText(terminal, 'role')))
  const password = textOf(terminal, 'password') ?? randomBytes(9).toString('base64url')
  const hash = await hashPassword(password)
  return await owner.transaction().execute(async (db) => {
    const unitId = await unitFor(terminal, db, requiredText(terminal, 'unit'))
    const taken = await db.selectFrom('access.account').select('id').where('username', '=', username).executeTakeFirst()
    if (taken) {
      process.stderr.write(`${terminal.say.account.taken(username)}\n`)
      return 1
    }
    await db
      .insertInto('access.account')
      .values({ username, name: requiredText(terminal, 'name'), role: role.data, unit_id: unitId, password_hash: hash })
      .execute()
    if (terminal.isJson) terminal.printJson({ username, password })
    else terminal.print(terminal.say.account.added(username, password))
    return 0
  })
}

/** The unit of a code; in an empty database the root is made from --unit-name. */
async function unitFor(terminal: Terminal, db: Database, code: string): Promise<number> {
  const found = await db.selectFrom('units.unit').select('id').where('code', '=', code).executeTakeFirst()
  if (found) return found.id
  const anyUnit = await db.selectFrom('units.unit').select('id').limit(1).executeTakeFirst()
  if (anyUnit) throw new Misuse(terminal.say.unknownUnit(code, ''))
  const name = textOf(terminal, 'unit-name')
  if (!name) throw new Misuse(terminal.say.account.needsRoot)
  const { id } = await db
    .insertInto('units.unit')
    .values({ code, kind: 'provincial', name })
    .returning('id')
    .executeTakeFirstOrThrow()
  const spell = { unit_id: id, valid_from: '1929-07-28' } // the day the movement counts from, so that no figure lies before it
  await db
    .insertInto('units.spell')
    .values([
      { ...spell, trait: 'name', value: name, folded: fold(name) },
      { ...spell, trait: 'kind', value: 'provincial' },
      { ...spell, trait: 'code', value: code },
    ])
    .execute()
  await db
    .insertInto('units.event')
    .values({ unit_id: id, kind: 'opened', quantity: 1, unit_kind: 'provincial', occurred_on: spell.valid_from })
    .execute()
  return id
}

async function reset(terminal: Terminal, owner: Database, username: string): Promise<number> {
  const password = textOf(terminal, 'password') ?? randomBytes(9).toString('base64url')
  const done = await owner
    .updateTable('access.account')
    .set({ password_hash: await hashPassword(password) })
    .where('username', '=', username)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) {
    process.stderr.write(`${terminal.say.account.unknown(username)}\n`)
    return 1
  }
  if (terminal.isJson) terminal.printJson({ username, password })
  else terminal.print(terminal.say.account.reset(username, password))
  return 0
}
