/** The stopwatch: each thing is timed beside the simplest question the same server can answer, turn by turn, so that a noisy
 *  minute slows both. What counts is the ratio of the medians. */
import type pg from 'pg'
import type { Actor, Ctx, House } from '#platform/database.ts'
import { act, nameActor } from '#platform/database.ts'

/** `raw`: the raw question asked between the turns; `tight`: asked once more right after, with every cache warm. */
export type Timing = { median: number; p95: number; count: number; raw: number; tight: number }

export type Task = {
  actor: Actor
  /** What an officer asks or does; `turn` varies its parameters. */
  work: (ctx: Ctx, turn: number) => Promise<unknown>
  isWrite?: boolean
}

export type Request = { cookie: string; method: 'GET' | 'POST'; path: string; body?: unknown }

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

function timingOf(times: number[], raws: number[], tights: number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b)
  const median = (list: number[]) =>
    at(
      list.toSorted((a, b) => a - b),
      0.5,
    )
  return {
    median: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    count: sorted.length,
    raw: median(raws),
    tight: median(tights),
  }
}

/** Times something by turns with the raw question. */
export async function timed(
  raw: () => Promise<unknown>,
  count: number,
  work: (turn: number) => Promise<number>,
): Promise<Timing> {
  const [times, raws, tights]: [number[], number[], number[]] = [[], [], []]
  for (let turn = -Math.min(12, Math.ceil(count / 4)); turn < count; turn++) {
    const from = performance.now()
    await raw()
    const between = performance.now()
    await raw()
    const after = performance.now()
    const took = await work(Math.abs(turn))
    if (turn < 0) continue // the first turns warm the caches and the plans
    raws.push(between - from)
    tights.push(after - between)
    times.push(took)
  }
  return timingOf(times, raws, tights)
}

export const clock = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

class TakenBack extends Error {}

/** The statements alone, inside a transaction that was begun and named before; what a write did is rolled back. */
export async function timeInSql(
  house: House,
  raw: () => Promise<unknown>,
  count: number,
  { actor, work, isWrite }: Task,
): Promise<Timing> {
  const today = house.today()
  const ctxOf = (db: Ctx['db']): Ctx => ({
    db,
    actor,
    today,
    language: 'vi',
    secret: house.secret,
    afterCommit: () => {},
  })
  if (!isWrite) {
    return await house.db.transaction().execute(async (db) => {
      await nameActor(db, actor, 'bench', today)
      return await timed(raw, count, (turn) => clock(() => work(ctxOf(db), turn)))
    })
  }
  return await timed(raw, count, async (turn) => {
    let took = 0
    await house.db
      .transaction()
      .execute(async (db) => {
        await nameActor(db, actor, 'bench', today)
        took = await clock(() => work(ctxOf(db), turn))
        throw new TakenBack()
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error
      })
    return took
  })
}

/** The whole act: begin, name, the statements, commit. */
export const timeAct = (
  house: House,
  raw: () => Promise<unknown>,
  count: number,
  { actor, work }: Task,
): Promise<Timing> =>
  timed(raw, count, (turn) => clock(() => act(house, actor, 'vi', 'bench', (ctx) => work(ctx, turn))))

/** The whole request over loopback, on a kept-alive connection, read to its end. */
export const timeHttp = (
  origin: string,
  raw: () => Promise<unknown>,
  count: number,
  requestOf: (turn: number) => Request,
): Promise<Timing> =>
  timed(raw, count, async (turn) => {
    const { cookie, method, path, body } = requestOf(turn)
    const from = performance.now()
    const reply = await fetch(`${origin}/api${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await reply.text()
    const took = performance.now() - from
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 500)}`)
    return took
  })

/** The raw question: one row by its primary key, prepared, through the same driver. */
export function rawQuestion(client: pg.Client, ids: readonly number[]): () => Promise<unknown> {
  let turn = 0
  return () =>
    client.query({
      name: 'raw',
      text: 'select id, code, kind, name from units.unit where id = $1',
      values: [ids[turn++ % ids.length]],
    })
}

/** A page of fifty rows by key, prepared. */
export const pageByKey = (client: pg.Client, from: number) =>
  client.query({
    name: 'page',
    text: 'select * from members.movement where id > $1 order by id limit 50',
    values: [from],
  })
