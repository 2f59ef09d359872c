/** Whether a person's history is possible: nobody is in two unions on one day, nobody leaves where they are not, nobody is received
 *  who was not sent. Pure; the database keeps the same rule, and a property test holds the two together. */

export type MovementKind =
  | 'opening'
  | 'admitted'
  | 'received'
  | 'sent'
  | 'suspended'
  | 'resumed'
  | 'left'
  | 'expelled'
  | 'ended'

export type Movement = { id: string; kind: MovementKind; quantity: number; unitId: number; occurredOn: string }

/** In a union, on the road between two, or in none. `suspended`: resting, still a member. */
export type State =
  | { where: 'union'; unitId: number; since: string; suspended: boolean }
  | { where: 'road'; fromUnitId: number; since: string }
  | { where: 'out' }

const arrives = new Set<MovementKind>(['opening', 'admitted', 'received'])
const rests = new Set<MovementKind>(['suspended', 'resumed'])

/** By day; within a day a departure comes first and an arrival last; then as recorded. */
export function inOrder(history: readonly Movement[]): Movement[] {
  return history.toSorted(
    (a, b) =>
      compare(a.occurredOn, b.occurredOn) ||
      a.quantity - b.quantity ||
      a.id.length - b.id.length ||
      compare(a.id, b.id),
  )
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The state after one more movement, or null where it cannot follow. */
function follow(state: State, since: string, move: Movement): State | null {
  if (arrives.has(move.kind)) {
    const mayArrive = state.where === 'out' || (state.where === 'road' && move.kind === 'received')
    return mayArrive ? { where: 'union', unitId: move.unitId, since: move.occurredOn, suspended: false } : null
  }
  const isThere =
    state.where === 'union'
      ? move.quantity === -1 && state.unitId === move.unitId
      : state.where === 'road' && move.quantity === 0 && state.fromUnitId === move.unitId
  if (!isThere || move.occurredOn <= since) return null
  return move.kind === 'sent' ? { where: 'road', fromUnitId: move.unitId, since: move.occurredOn } : { where: 'out' }
}

/** The first movement that cannot follow the one before it; null when the history is possible. */
export function impossibleIn(history: readonly Movement[]): Movement | null {
  const chain = inOrder(history.filter((move) => !rests.has(move.kind)))
  let state: State = { where: 'out' }
  let since = ''
  for (const move of chain) {
    const next = follow(state, since, move)
    if (!next) return move
    state = next
    since = move.occurredOn
  }
  return restlessIn(history)
}

/** The first suspension or resumption that has no place: outside a membership, twice, or without the other. */
function restlessIn(history: readonly Movement[]): Movement | null {
  const all = history.toSorted(
    // Of one day: a departure, an arrival, then a rest - whoever leaves that day cannot be suspended that day.
    (a, b) => compare(a.occurredOn, b.occurredOn) || dayOrder(a) - dayOrder(b) || compare(a.id, b.id),
  )
  let unitId: number | null = null
  let restingSince: string | null = null
  for (const move of all) {
    if (move.quantity !== 0) {
      unitId = move.quantity === 1 ? move.unitId : null
      restingSince = null
    } else if (rests.has(move.kind)) {
      const fits =
        unitId === move.unitId &&
        (move.kind === 'suspended' ? restingSince === null : restingSince !== null && restingSince < move.occurredOn)
      if (!fits) return move
      restingSince = move.kind === 'suspended' ? move.occurredOn : null
    }
  }
  return null
}
const dayOrder = (move: Movement) =>
  move.quantity === -1 ? 0 : move.quantity === 1 ? 1 : move.kind === 'resumed' ? 2 : 3

/** Where a person stands at the end of a day. */
export function stateOn(history: readonly Movement[], day: string): State {
  const until = history.filter((move) => move.occurredOn <= day)
  let state: State = { where: 'out' }
  let since = ''
  for (const move of inOrder(until.filter((one) => !rests.has(one.kind)))) {
    state = follow(state, since, move) ?? state
    since = move.occurredOn
  }
  if (state.where !== 'union') return state
  const lastRest = until
    .filter((move) => rests.has(move.kind) && move.occurredOn >= since)
    .toSorted((a, b) => compare(a.occurredOn, b.occurredOn) || dayOrder(a) - dayOrder(b))
    .at(-1)
  return { ...state, suspended: lastRest?.kind === 'suspended' }
}

/** The row that stands in the way of one more movement: the one before it that it cannot follow, or the one after it that could
 *  not follow it; null when the history stays possible. `itself`: nothing that stands explains it. */
export function obstacleTo(history: readonly Movement[], move: Movement): Movement | 'itself' | null {
  const wrong = impossibleIn([...history, move])
  if (!wrong) return null
  if (wrong.id !== move.id) return wrong
  return (
    inOrder([...history, move]).findLast((one) => one.id !== move.id && one.occurredOn <= move.occurredOn) ?? 'itself'
  )
}
