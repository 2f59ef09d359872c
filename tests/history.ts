/** Random histories: acts of the trade in any order on any days, by the same endpoints as officers. Many are refused; what
 *  remains is a register as life leaves it. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { addDays } from '#kernel/day.ts'
import { cancelFounding, foundUnion } from '#modules/founding/contract.ts'
import { countWorkforce } from '#modules/employers/contract.ts'
import { admitMembers, releaseMember, reverseMovement } from '#modules/members/contract.ts'
import { declareFigure } from '#modules/progress/contract.ts'
import { setTarget } from '#modules/targets/contract.ts'
import { endUnit, establishUnit, moveUnit, renameUnit } from '#modules/units/contract.ts'
import { foundingEntry, people, person, taxCode, type World } from './world.ts'

const kinds = [
  'found',
  'admit',
  'leave',
  'reverse',
  'cancel',
  'move',
  'establish',
  'rename',
  'end',
  'count',
  'target',
  'declare',
] as const
type Kind = (typeof kinds)[number]
export type Act = { kind: Kind; who: number; what: number; day: string }

const [firstDay, lastDay] = ['2023-03-01', '2025-03-31']
/** Any day of the two years up to today in the sample world. */
export const day = fc.integer({ min: 0, max: 761 }).map((days) => addDays(firstDay, days))
const index = fc.nat(999)

/** How often a property is tried: few times on every run, many with KET_DOAN_RUNS=20. */
export const runs = (few: number) => ({ numRuns: few * Number(process.env['KET_DOAN_RUNS'] ?? 1), endOnFailure: true })

/** An act of one of some kinds; kinds named twice come twice as often. */
export const actOf = (...wanted: Kind[]) =>
  fc.record<Act>({ kind: fc.constantFrom(...wanted), who: index, what: index, day })
export const anyAct = actOf(
  'found',
  'found',
  'admit',
  'admit',
  'admit',
  'leave',
  'leave',
  'reverse',
  'cancel',
  'move',
  'move',
  ...kinds,
)

export type History = { world: World; next: number; told: string[] }
export const beginHistory = (world: World): History => ({ world, next: 0, told: [] })

const ids = async (world: World, query: ReturnType<typeof sql<{ id: string | number }>>) =>
  (await query.execute(world.owner)).rows.map((row) => String(row.id))
const uppers = (world: World) => ids(world, sql`select id from units.unit where is_upper order by id`)
const everyUnit = (world: World) => ids(world, sql`select id from units.unit order by id`)
const pick = (list: readonly string[], number: number) => list[number % Math.max(1, list.length)] ?? '0'

/** Does one act as the federation leader, who may do everything everywhere. Answers 'done' or the name of the refusal. */
export async function perform(history: History, act: Act): Promise<string> {
  const answer = await attempt(history, act)
  const told = typeof answer === 'string' ? answer : 'done'
  history.told.push(`${act.kind}: ${told}`)
  return told
}

async function attempt(history: History, { kind, who, what, day: on }: Act): Promise<unknown> {
  const { world } = history
  const ask = world.quang
  const unions = () => ids(world, sql`select id from units.unit where not is_upper order by id`)
  switch (kind) {
    case 'found': {
      const isOccupational = what % 4 === 0
      const count = isOccupational ? 10 : 5 + (what % 3)
      const from = (history.next += 20)
      const employer = { taxCode: taxCode(from), name: `Công ty ${from}`, workers: 20 + (what % 50), workersOn: on }
      return ask(foundUnion, {
        body: foundingEntry(world, {
          upperUnitId: pick(await uppers(world), who),
          kind: isOccupational ? 'occupational' : 'grassroots',
          sector: what % 3 === 0 ? 'state' : what % 3 === 1 ? 'non_state' : null,
          employer: isOccupational ? null : employer,
          decision: { number: `${from}/QĐ`, signedOn: on, effectiveOn: on },
          people: people(from, count),
        }),
      })
    }
    case 'admit':
      return ask(admitMembers, {
        params: { unitId: pick(await unions(), who) },
        body: { on, people: [person(what % (history.next + 25))] },
      })
    case 'leave': {
      const personId = pick(await ids(world, sql`select id from members.person order by id`), who)
      return ask(releaseMember, {
        params: { personId },
        body: { on, kind: what % 3 ? 'left' : 'ended', reason: 'Thử' },
      })
    }
    case 'reverse': {
      const movementId = pick(await ids(world, sql`select id from members.movement order by id desc limit 30`), who)
      return ask(reverseMovement, { params: { movementId }, body: { reason: 'Nhầm' } })
    }
    case 'cancel': {
      const foundingId = pick(await ids(world, sql`select id from founding.founding order by id`), who)
      return ask(cancelFounding, { params: { foundingId }, body: { reason: 'Nhầm' } })
    }
    case 'move':
      return ask(moveUnit, {
        params: { unitId: pick(await everyUnit(world), who) },
        // Early days would mostly lie before the founding.
        body: { managerId: pick(await uppers(world), what), on: what % 3 ? addDays(lastDay, -(what % 60)) : on },
      })
    case 'establish':
      return ask(establishUnit, {
        params: { unitId: pick(await uppers(world), who) },
        body: { name: `Công đoàn phường ${what}`, kind: 'commune', on },
      })
    case 'rename':
      return ask(renameUnit, {
        params: { unitId: pick(await everyUnit(world), who) },
        body: { name: `Tên mới ${what}`, on },
      })
    case 'end':
      return ask(endUnit, { params: { unitId: pick(await uppers(world), who) }, body: { on } })
    case 'count': {
      const employerId = pick(await ids(world, sql`select id from employers.employer order by id`), who)
      return ask(countWorkforce, { params: { employerId }, body: { on, workers: what, source: 'Khảo sát' } })
    }
    case 'target':
      return ask(setTarget, {
        body: {
          unitId: pick(await everyUnit(world), who),
          indicator: what % 2 ? 'members_admitted' : 'training_classes',
          by: 'assigned',
          from: `${on.slice(0, 4)}-01-01`,
          to: `${on.slice(0, 4)}-12-31`,
          value: what,
          setOn: on,
          paper: 'KH',
        },
      })
    case 'declare':
      return ask(declareFigure, {
        body: { unitId: pick(await everyUnit(world), who), indicator: 'training_classes', to: on, result: what },
      })
  }
}
