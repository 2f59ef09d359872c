/** Workforce: how many people work for the employers of a field, so that the workers printed for a day come out. */
import { addDays } from '#kernel/day.ts'
import { openCalendar, type Span } from './calendar.ts'
import { isGrassroots, membersOf, type Roll, type Standing } from './roll.ts'
import { shareOut } from './shares.ts'

const likelyWorkers = (roll: Roll, members: number) => Math.ceil(members / (0.75 + roll.clerk.chance.next() * 0.23))

/** Gives every employer its workers on the last day of a stretch; those counted earlier change only as far as needed. */
export function countWorkforce(roll: Roll, span: Span, total: number): void {
  const unions = roll.standing.filter(isGrassroots)
  const known = unions.filter(({ workers }) => workers !== null)
  const fresh = unions.filter(({ workers }) => workers === null)
  const members = unions.reduce((sum, union) => sum + membersOf(union), 0)
  const enough = members <= total
  if (known.length === 0) {
    const parts = fresh.map((union) => ({
      weight: likelyWorkers(roll, membersOf(union)),
      min: enough ? membersOf(union) : 0,
      max: 1e7,
    }))
    shareOut(total, parts).forEach((workers, index) => begin(fresh[index]!, workers))
    return
  }
  const floor = (union: Standing) => (enough ? membersOf(union) : 0)
  const now = new Map(
    unions.map((union) => [union, Math.max(union.workers ?? likelyWorkers(roll, membersOf(union)), floor(union))]),
  )
  let change = total - [...now.values()].reduce((sum, workers) => sum + workers, 0)
  const order = unions
    .map((union) => ({ union, at: roll.clerk.chance.next() }))
    .toSorted((left, right) => left.at - right.at)
  if (change > 0) {
    const some = order.slice(0, Math.max(1, Math.ceil(order.length / 8))).map(({ union }) => union)
    const grown = shareOut(
      change,
      some.map((union) => ({ weight: now.get(union)! + 1, min: 0, max: 1e7 - now.get(union)! })),
    )
    some.forEach((union, index) => now.set(union, now.get(union)! + grown[index]!))
  }
  for (const { union } of order) {
    const less = Math.min(Math.max(0, -change), now.get(union)! - floor(union))
    now.set(union, now.get(union)! - less)
    change += less
  }
  for (const [union, workers] of now) {
    if (union.workers === null) begin(union, workers)
    else if (union.workers !== workers) recount(roll, union, span, workers)
  }
}

function begin(standing: Standing, workers: number): void {
  standing.workers = workers
  standing.union.employer!.workers = workers
}

function recount(roll: Roll, standing: Standing, span: Span, workers: number): void {
  const from = standing.since >= span.from ? addDays(standing.since, 1) : span.from
  const on = openCalendar({ from: from > span.to ? span.to : from, to: span.to })(roll.clerk.chance)
  roll.acts.workforce.push({ unionKey: standing.union.key, on, workers })
  standing.workers = workers
}

/** Employers whose workers no fact asks for. */
export function settleWorkforce(roll: Roll): void {
  for (const standing of roll.standing) {
    if (isGrassroots(standing) && standing.workers === null) {
      begin(standing, likelyWorkers(roll, Math.max(membersOf(standing), standing.union.members)))
    }
  }
}
