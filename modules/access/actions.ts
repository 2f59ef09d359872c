/** Signing in and out. A wrong name costs as much time as a wrong password, and guessing is slowed. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { Ctx } from '#platform/database.ts'
import { hashPassword, hashToken, isPassword, newToken } from '#platform/secret.ts'
import type { Door } from '#platform/serve.ts'
import type { Me } from './contract.ts'
import { findActor, meOf } from './queries.ts'
import { may, rolesThatMay, type Act } from './rules.ts'

const sessionHours = 12
/** Compared against when the name is unknown, so that both answers take as long. */
const nobody = hashPassword(newToken())

export async function signIn(door: Door, { username, password }: { username: string; password: string }): Promise<Me> {
  const db = door.house.db
  const wait = await sql<{
    seconds: number
  }>`select access.seconds_to_wait(${username}, ${door.address}) as seconds`.execute(db)
  if (wait.rows[0]!.seconds > 0) throw new Problem('too-many-tries', { seconds: wait.rows[0]!.seconds })
  const found = await sql<{ id: number; password_hash: string }>`select * from access.credentials(${username})`.execute(
    db,
  )
  const account = found.rows[0]
  const isRight = await isPassword(account?.password_hash ?? (await nobody), password)
  if (!account || !isRight) {
    await sql`select access.note_failed_try(${username}, ${door.address})`.execute(db)
    throw new Problem('wrong-credentials')
  }
  const token = newToken()
  await sql`select access.open_session(${account.id}, ${hashToken(token)}, ${sessionHours})`.execute(db)
  door.setToken(token, sessionHours)
  const actor = await findActor(door.house, token)
  return meOf(actor!, door.house.today())
}

export async function signOut(door: Door) {
  if (door.token) await sql`select access.close_session(${hashToken(door.token)})`.execute(door.house.db)
  door.clearToken()
  return {}
}

/** Throws unless the person's role may do the act; says which roles may. */
export function requireRole(ctx: Ctx, act: Act) {
  if (!may(ctx.actor.role, act)) throw new Problem('not-allowed', { roles: rolesThatMay(act).join(', ') })
}
