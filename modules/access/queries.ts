/** Who is calling: from a session token to an actor; and whom an act may be credited to. */
import { sql } from 'kysely'
import { Problem } from '#kernel/problem.ts'
import type { Actor, Ctx, House } from '#platform/database.ts'
import { hashToken } from '#platform/secret.ts'
import type { Me, Role } from './contract.ts'

type AccountRow = {
  id: number
  username: string
  name: string
  role: Role
  unit_id: number
  unit_code: string
  unit_name: string
  sees_all: boolean
}

/** The person behind a session token, or null when it is unknown or over. */
export async function findActor(house: House, token: string): Promise<Actor | null> {
  const found = await sql<AccountRow>`select * from access.session_account(${hashToken(token)})`.execute(house.db)
  const row = found.rows[0]
  if (!row) return null
  const { id, username, name, role } = row
  return {
    id,
    username,
    name,
    role,
    unitId: row.unit_id,
    unitCode: row.unit_code,
    unitName: row.unit_name,
    seesAll: row.sees_all,
  }
}

export const meOf = (actor: Actor, today: string): Me => ({
  id: String(actor.id),
  username: actor.username,
  name: actor.name,
  role: actor.role,
  unit: { id: String(actor.unitId), code: actor.unitCode, name: actor.unitName },
  today,
})

export async function listOfficers(ctx: Ctx, unitId: string) {
  const officers = await ctx.db
    .selectFrom('access.account as a')
    .innerJoin('units.branch as b', 'b.unit_id', 'a.unit_id')
    .select(['a.id', 'a.name', 'a.role', 'a.unit_id'])
    .where(sql<boolean>`b.ancestor_id = ${unitId}::bigint`)
    .where(
      sql<boolean>`b.superseded_at = 'infinity' and b.valid_from <= access.today() and access.today() < b.valid_to`,
    )
    .where((e) => e.or([e('a.ended_on', 'is', null), e('a.ended_on', '>', ctx.today)]))
    .where('a.role', '<>', 'read_only')
    .orderBy(sql`a.name collate "vi-x-icu"`)
    .limit(500)
    .execute()
  return {
    officers: officers.map((row) => ({
      id: String(row.id),
      name: row.name,
      role: row.role as Role,
      unitId: String(row.unit_id),
    })),
  }
}

/** The account an act is credited to: the caller, or another whom they may see and who may act. Throws not-found otherwise. */
export async function officerFor(ctx: Ctx, officerId: string | null | undefined): Promise<number> {
  if (!officerId || officerId === String(ctx.actor.id)) return ctx.actor.id
  const found = await sql<{ id: number }>`select a.id from access.account a
    where a.id = ${officerId}::bigint and a.role <> 'read_only' and (a.ended_on is null or a.ended_on > ${ctx.today})`.execute(
    ctx.db,
  )
  if (!found.rows[0]) throw new Problem('not-found')
  return found.rows[0].id
}

/** Demo sign-ins with their one password; empty where no demo was loaded. */
export async function listDemoAccounts(house: House) {
  const found = await sql<{
    username: string
    name: string
    role: Role
    unit_name: string
  }>`select * from access.demo_accounts()`.execute(house.db)
  const accounts = found.rows.map((row) => ({
    username: row.username,
    name: row.name,
    role: row.role,
    unitName: row.unit_name,
  }))
  return { password: accounts.length > 0 ? demoPassword : null, accounts }
}

/** Known to everybody: it opens invented data only. */
export const demoPassword = 'ketdoan-demo'
