/** The plans of the searches, as the server carries them out for the application: the very questions of the program, asked as
 *  somebody behind the fence, with each statement inside the functions explained by auto_explain (analyze, buffers). */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from '#database/types.ts'
import { listMembers } from '#modules/members/register/queries.ts'
import { nameActor, type Actor, type House } from '#platform/database.ts'

type Asked = { name: string; actor: Actor; ask: Parameters<typeof listMembers>[1] }
export type Plan = { name: string; statements: string[] }

const settings: Record<string, string | number> = {
  'auto_explain.log_min_duration': 0,
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_parameter_max_length': 0,
  client_min_messages: 'log',
}
const options = [
  '-c session_preload_libraries=auto_explain',
  ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`),
  '-c role=ket_doan_app -c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan',
].join(' ')

export async function plansOf(url: string, house: House, asked: readonly Asked[]): Promise<Plan[]> {
  const notices: string[] = []
  const pool = new pg.Pool({ connectionString: url, max: 1, options })
  pool.on('connect', (client) => client.on('notice', (notice) => notices.push(String(notice.message))))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const today = house.today()
  const plans: Plan[] = []
  for (const { name, actor, ask } of asked) {
    await db.transaction().execute(async (transaction) => {
      await nameActor(transaction, actor, 'bench', today)
      const ctx = {
        db: transaction,
        actor,
        today,
        language: 'vi' as const,
        secret: house.secret,
        afterCommit: () => {},
      }
      // The first turns warm the caches; the last is told.
      for (let turn = 0; turn < 4; turn++) {
        notices.length = 0
        await listMembers(ctx, ask)
      }
    })
    plans.push({ name, statements: toldOnce(notices) })
  }
  await db.destroy()
  return plans
}

/** What reads people and names; what a function asks is told inside it. */
const isTold = (plan: string) =>
  /on (person|name|membership)\b/.test(plan) && !/Function Scan on (find|branch|register)/.test(plan)

/** What takes less is not worth the reader's time. */
const msMin = 0.03
type Told = { ms: number; statement: string; plan: string[]; times: number }

/** Each statement once, as it took longest. */
function toldOnce(notices: readonly string[]): string[] {
  const told = new Map<string, Told>()
  for (const notice of notices.filter(isTold)) {
    const lines = notice.split('\n')
    const begin = lines.findIndex((line) => line.includes('(cost='))
    const statement = lines.slice(1, begin).join(' ').replace(/\s+/g, ' ').replace('Query Text: ', '')
    const ms = Number(/duration: ([\d.]+)/.exec(notice)?.[1])
    const known = told.get(statement)
    const times = (known?.times ?? 0) + 1
    told.set(
      statement,
      known && known.ms > ms ? { ...known, times } : { ms, statement, plan: lines.slice(begin), times },
    )
  }
  return [...told.values()]
    .filter((one) => one.ms >= msMin)
    .map(({ ms, statement, plan, times }) =>
      [
        `${ms.toFixed(3)} ms${times > 1 ? `, the longest of ${times}` : ''}: ${statement.slice(0, 160)}`,
        ...carriedOut(plan),
      ].join('\n'),
    )
}

/** A plan without what was never executed, conditions cut where they go on for lines. */
function carriedOut(plan: readonly string[]): string[] {
  const kept: string[] = []
  let skipFrom = Infinity
  for (const line of plan) {
    const depth = line.search(/\S/)
    if (depth > skipFrom) continue
    skipFrom = line.includes('(never executed)') ? depth : Infinity
    if (skipFrom === Infinity && !/(InitPlan|SubPlan) \d+$|Index Searches:|Disabled: true/.test(line))
      kept.push(line.slice(0, 140))
  }
  return kept
}

export const planLines = (plans: readonly Plan[]): string[] =>
  plans.flatMap(({ name, statements }) => [
    '<details>',
    `<summary>${name}</summary>`,
    '',
    ...statements.flatMap((statement) => ['```', statement, '```', '']),
    '</details>',
    '',
  ])
