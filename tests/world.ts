/** The sample world: a small named cast that every test shares. Hà Nội above two districts, officer Lan in Tây Hồ, CĐCS May
 *  Sông Hồng with its members, anh Tuấn who belongs to nobody yet. `openSample()` gives a database of its own. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import type { Call, Endpoint, Reply } from '#kernel/endpoint.ts'
import { Problem } from '#kernel/problem.ts'
import { fold } from '#kernel/fold.ts'
import { hashPassword, secretFrom } from '#platform/secret.ts'
import { act, openHouse, openOwner, type Actor, type Database, type House } from '#platform/database.ts'
import { routes } from '#server/routes.ts'
import { checkDigit } from '#modules/employers/rules.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers, releaseMember } from '#modules/members/contract.ts'
import { declareFigure } from '#modules/progress/contract.ts'
import { setTarget } from '#modules/targets/contract.ts'
import { placeUnit, recordEvent } from '#modules/units/actions.ts'
import type { Ctx } from '#platform/database.ts'

export const today = '2025-03-31'
export const password = 'mat-khau-thu'

/** Calls an endpoint as one person; answers with the reply, or with the name of the problem. */
export type Ask = <const E extends Endpoint>(endpoint: E, call?: Call<E>) => Promise<Reply<E> | string>

export type World = {
  house: House
  owner: Database
  url: string
  units: { haNoi: number; tayHo: number; dongAnh: number }
  actors: { quang: Actor; hoa: Actor; lan: Actor; trang: Actor; binh: Actor }
  /** Federation leader; unit leader and officer of Tây Hồ; read-only; officer of Đông Anh, a stranger to Tây Hồ. */
  quang: Ask
  hoa: Ask
  lan: Ask
  trang: Ask
  binh: Ask
  close: () => Promise<void>
}

/** A fresh clone of the migrated template. */
export async function openDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = inject('serverUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  await run(`create database ${name} template template_house strategy file_copy`)
  return { url: serverUrl.replace(/\/postgres$/, `/${name}`), drop: () => run(`drop database ${name} with (force)`) }
}

export const secret = secretFrom(Buffer.alloc(32, 7))

/** Hashing is slow on purpose: once a file is enough. */
const passwordHash = hashPassword(password)

export async function openSample(): Promise<World> {
  const { url, drop } = await openDatabase()
  const owner = openOwner(url)
  const house = openHouse(url, secret, { today: () => today, connections: 8 })
  const units = await owner.transaction().execute(async (db) => {
    await sql`select set_config('app.recorded_at', '2015-01-02T02:00:00Z', true), set_config('app.sees_all', 't', true)`.execute(
      db,
    )
    const ctx = { db, today } as Ctx
    const haNoi = await placeRoot(db, 'ha-noi', 'LĐLĐ thành phố Hà Nội')
    const below = async (code: string, name: string) => {
      const { id } = await placeUnit(ctx, haNoi, { name, kind: 'district', code }, '2015-01-01', null)
      await recordEvent(
        ctx,
        { id, kind: 'district', sector: null },
        { kind: 'opened', on: '2015-01-01', decisionId: null },
      )
      return id
    }
    return {
      haNoi,
      tayHo: await below('tay-ho', 'LĐLĐ quận Tây Hồ'),
      dongAnh: await below('dong-anh', 'LĐLĐ huyện Đông Anh'),
    }
  })
  const hash = await passwordHash
  const account = async (username: string, name: string, role: Actor['role'], unitId: number): Promise<Actor> => {
    const { id } = await owner
      .insertInto('access.account')
      .values({ username, name, role, unit_id: unitId, password_hash: hash })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, username, name, role, unitId, unitCode: '', unitName: '', seesAll: unitId === units.haNoi }
  }
  const actors = {
    quang: await account('quang', 'Trần Minh Quang', 'federation_leader', units.haNoi),
    hoa: await account('hoa', 'Lâm Thị Hòa', 'unit_leader', units.tayHo),
    lan: await account('lan', 'Phạm Thị Lan', 'officer', units.tayHo),
    trang: await account('trang', 'Lê Thu Trang', 'read_only', units.tayHo),
    binh: await account('binh', 'Đỗ Văn Bình', 'officer', units.dongAnh),
  }
  const asks = Object.fromEntries(Object.entries(actors).map(([name, actor]) => [name, askAs(house, actor)])) as Record<
    keyof typeof actors,
    Ask
  >
  const close = async () => {
    await house.close()
    await owner.destroy()
    await drop()
  }
  return { house, owner, url, units, actors, ...asks, close }
}

async function placeRoot(db: Database, code: string, name: string): Promise<number> {
  const { id } = await db
    .insertInto('units.unit')
    .values({ code, kind: 'provincial', name })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('units.spell')
    .values({ unit_id: id, trait: 'name', value: name, folded: fold(name), valid_from: '2015-01-01' })
    .execute()
  return id
}

/** What the door itself may answer for any endpoint, unlisted. */
const byTheDoor = ['not-signed-in', 'unreadable-request', 'repeated-key', 'too-many-tries', 'foreign-origin']

const noUpload = { fileName: '', content: Buffer.alloc(0), path: '', bytes: 0, digest: Buffer.alloc(0) }

/** Goes the same way as a request: the contract reads the call, one act answers it, the contract reads the reply. A refusal
 *  that the contract does not list is a fault. */
export function askAs(house: House, actor: Actor): Ask {
  return async (endpoint, call) => {
    const route = routes.find((one) => one.endpoint.path === endpoint.path && one.endpoint.method === endpoint.method)!
    if (route.open) throw new Error('open endpoints are asked over HTTP')
    const given = (call ?? {}) as Record<string, unknown>
    const input = Object.fromEntries(
      (['params', 'query', 'body'] as const).map((part) => [part, endpoint[part]?.parse(given[part] ?? {})]),
    )
    try {
      const reply = await act(house, actor, 'vi', `${endpoint.method} ${endpoint.path}`, (ctx) =>
        route.answer(ctx, input as never, noUpload),
      )
      return endpoint.returns!.parse(reply) as never
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (!(endpoint.refuses ?? []).includes(error.problem) && !byTheDoor.includes(error.problem))
        throw new Error(`${endpoint.method} ${endpoint.path} refuses unpromised: ${error.problem}`, { cause: error })
      return error.problem
    }
  }
}

/** The reply of a call that must not be refused. */
export async function done<T>(answer: Promise<T | string>): Promise<T> {
  const reply = await answer
  if (typeof reply === 'string') throw new Error(`refused: ${reply}`)
  return reply
}

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng']
const givens = ['An', 'Bình', 'Châu', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga']

/** People who differ by number: the same number is the same person. Even numbers are women. */
export const person = (number: number) => ({
  fullName: `${families[number % 5]} ${number % 2 === 0 ? 'Thị' : 'Văn'} ${givens[number % 10]}`,
  birthDate: `${String(1 + (number % 28)).padStart(2, '0')}/05/${1970 + (number % 30)}`,
  sex: number % 2 === 0 ? 'Nữ' : 'Nam',
  identityNumber: `0012${String(number).padStart(8, '0')}`,
})
export const people = (from: number, count: number) => Array.from({ length: count }, (_, index) => person(from + index))

/** Tax codes with the right check digit, by number. */
export const taxCodes = ['0100047516', '0100233488', '0100109106', '0100686209', '0100230800']

/** As many more as are wanted: the number-th valid code that begins with 03. */
export function taxCode(number: number): string {
  for (let nine = 30_000_000 + number * 3; ; nine++) {
    const digits = String(nine).padStart(9, '0')
    if (checkDigit(digits) < 10) return digits + String(checkDigit(digits))
  }
}

let founded = 0
/** What an officer fills in to found CĐCS May Sông Hồng, or another by the same pattern. */
export function foundingEntry(world: World, change: Record<string, unknown> = {}) {
  founded += 1
  return {
    upperUnitId: String(world.units.tayHo),
    kind: 'grassroots' as const,
    name: 'CĐCS Công ty TNHH May Sông Hồng',
    sector: 'non_state' as const,
    employer: {
      taxCode: taxCodes[0]!,
      name: 'Công ty TNHH May Sông Hồng',
      kind: 'enterprise' as const,
      ownership: 'private' as const,
      workers: 60,
      workersOn: '2024-05-01',
    },
    decision: { number: `${founded}/QĐ-LĐLĐ`, signedOn: '2024-05-06', effectiveOn: '2024-05-10' },
    people: people(1, 5),
    ...change,
  }
}

/** A little of everything in one branch: a union with six members of whom one left, a target of its own, a declared figure. */
export async function furnish(world: World, officer: Ask, leader: Ask, upperUnitId: number, from: number) {
  const employer = {
    taxCode: taxCodes[from % taxCodes.length]!,
    name: `Công ty số ${from}`,
    workers: 60,
    workersOn: '2024-05-01',
  }
  const entry = foundingEntry(world, { upperUnitId: String(upperUnitId), employer, people: people(from, 6) })
  const founded = await done(officer(foundUnion, { body: entry }))
  const { members } = await done(officer(listMembers, { query: { unitId: founded.unitId } }))
  const leaving = members[0]!
  const left = await done(
    officer(releaseMember, {
      params: { personId: leaving.id },
      body: { on: '2024-09-01', kind: 'left', reason: 'Chuyển nơi làm việc' },
    }),
  )
  const period = { unitId: String(upperUnitId), from: '2024-01-01', to: '2024-12-31' }
  await done(
    leader(setTarget, {
      body: { ...period, indicator: 'members_admitted', by: 'own', value: 100, setOn: '2024-01-05', paper: '1/KH' },
    }),
  )
  await done(officer(declareFigure, { body: { ...period, indicator: 'training_classes', result: 3 } }))
  return { ...founded, members, leftId: left.movementId }
}
