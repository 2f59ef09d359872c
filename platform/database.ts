/** The database, as a person inside their branch: one transaction an act, named and fenced. Nothing here knows the trade. */
import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely'
import pg from 'pg'
import { Problem, type ProblemName } from '#kernel/problem.ts'
import { dayInVietnam } from '#kernel/day.ts'
import type { Language } from '#kernel/phrases.ts'
import type { DB } from '#database/types.ts'
import { openJobs, type Jobs } from './jobs.ts'
import type { Secret } from './secret.ts'

// A day is text; whole numbers and decimals stay exact; an instant is UTC text.
pg.types.setTypeParser(1082, String)
pg.types.setTypeParser(20, String)
pg.types.setTypeParser(1700, String)
pg.types.setTypeParser(1184, (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString())

export type Database = Kysely<DB>

/** Who asks. `seesAll`: their unit is the root of the tree. */
export type Actor = {
  id: number
  name: string
  username: string
  role: Role
  unitId: number
  unitCode: string
  unitName: string
  seesAll: boolean
}
type Role = 'federation_leader' | 'unit_leader' | 'officer' | 'read_only'

/** What every query and action is given first: the transaction and the person it runs for. */
export type Ctx = {
  db: Transaction<DB>
  actor: Actor
  today: string
  language: Language
  secret: Secret
  /** Runs once what this act wrote is there for good: the place to begin work that goes on by itself. */
  afterCommit: (work: (house: House) => void) => void
}

export type House = {
  /** The app's pool: a role that owns nothing, so a forgotten condition leaks nothing. */
  db: Database
  secret: Secret
  today: () => string
  /** Work that goes on after the request that began it was answered. */
  jobs: Jobs
  close: () => Promise<void>
}

/** Connects as the application role. `url` names the owner or any role that was granted ket_doan_app. */
export function openHouse(
  url: string,
  secret: Secret,
  options: { connections?: number; today?: () => string } = {},
): House {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 12,
    options: '-c role=ket_doan_app -c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan',
  })
  pool.on('error', () => {}) // an idle connection that breaks is replaced at the next question
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  const jobs = openJobs()
  const close = async () => {
    await jobs.stop()
    await db.destroy()
  }
  return { db, secret, today: options.today ?? (() => dayInVietnam(new Date())), jobs, close }
}

const preparedMax = 400

/** The pool, with every statement that has parameters prepared once a connection: reading and planning a question costs more
 *  than answering it. One plan serves all values (plan_cache_mode), so a question is written with its limit in the text and a
 *  beginning of a word as a range. Texts that vary without end stop being prepared at some number. */
function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    if (!names.has(text) && names.size < preparedMax) names.set(text, `s${names.size}`)
    return names.get(text)
  }
  const connect = async () => {
    const client = await pool.connect()
    const query = (text: string, values: readonly unknown[]) =>
      client.query({ text, ...(values.length > 0 && { name: nameOf(text), values: [...values] }) })
    return { query, release: () => client.release() } as unknown as PostgresPoolClient
  }
  return { connect, end: () => pool.end(), options: pool.options }
}

/** Connects as the owner, for migrations and for loading; never used to answer a request. */
export function openOwner(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c timezone=UTC -c jit=off' })
  pool.on('error', () => {})
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

/** One transaction, as that person, inside their branch. What passes by itself is tried again, twice. */
export async function act<T>(
  house: House,
  actor: Actor,
  language: Language,
  name: string,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const today = house.today()
  for (let attempt = 1; ; attempt++) {
    const later: ((house: House) => void)[] = []
    const afterCommit = (work: (house: House) => void) => void later.push(work)
    try {
      const reply = await house.db.transaction().execute(async (db) => {
        await nameActor(db, actor, name, today)
        return await work({ db, actor, today, language, secret: house.secret, afterCommit })
      })
      for (const begin of later) begin(house)
      return reply
    } catch (error) {
      if (attempt < 3 && isPassing(error)) continue
      throw refusalOf(error)
    }
  }
}

export const nameActor = (db: Transaction<DB>, actor: Actor, name: string, today: string) =>
  sql`select set_config('app.actor', ${String(actor.id)}, true), set_config('app.unit', ${String(actor.unitId)}, true),
    set_config('app.role', ${actor.role}, true), set_config('app.sees_all', ${actor.seesAll ? 't' : ''}, true),
    set_config('app.act', ${name}, true), set_config('app.today', ${today}, true)`.execute(db)

/** A deadlock, a serialization failure, or a person whom somebody else registered at the same instant: run again, the act
 *  sees what the other wrote and says it properly. */
function isPassing(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '40P01' || code === '40001' || constraint === 'person_identity_hash_key'
}

/** Constraints that stand behind a rule: when two people act at once, the second is refused by the database with the same words. */
const refusals: Record<string, ProblemName> = {
  one_union_at_a_time: 'already-a-member',
  person_identity_hash_key: 'already-a-member',
  decision_number: 'decision-number-taken',
  unit_code_key: 'code-taken',
  employer_tax_code_key: 'tax-code-taken',
  one_union_a_day: 'employer-has-union',
  history_possible: 'history-changed',
  one_road_at_a_time: 'history-changed',
  one_suspension_at_a_time: 'history-changed',
  transfer_answer_pkey: 'already-answered',
  merged_once: 'already-merged',
  merged_rests: 'person-merged',
  merge_reverses_id_key: 'already-reversed',
  twin_decision_reverses_id_key: 'already-reversed',
  movement_reverses_id_key: 'already-reversed',
  founding_reverses_id_key: 'already-cancelled',
}

function refusalOf(error: unknown): unknown {
  const name = refusals[(error as { constraint?: string }).constraint ?? '']
  return name ? new Problem(name) : error
}
