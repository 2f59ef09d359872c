/** Two histories made one, and one parted again. Pure: what stands of the kept person is never changed; whatever of the other's
 *  would overlap it is the same membership recorded twice. The same rules show what a merge would do before it is done. */
import { impossibleIn, inOrder, type Movement, type MovementKind } from '../moves/rules.ts'

/** `otherUnitId`: where somebody was sent to, as far as it is known. */
export type Row = Movement & { otherUnitId?: number | null }
/** A movement carried over; its kind is another where an admission turns out to be the arrival of somebody on the road. */
export type Carried = { id: string; kind: MovementKind; otherUnitId: number | null }
export type Union = { carried: Carried[]; dropped: string[] }

const arrives = (move: Movement) => move.quantity === 1
const rests = (move: Movement) => move.kind === 'suspended' || move.kind === 'resumed'
const leaves = (move: Movement) => !arrives(move) && move.kind !== 'sent'
/** A row that has no number yet comes after every other of its day. */
const numbered = (index: number) => `9${String(index).padStart(17, '0')}`

/** A movement with the suspensions of the membership it opens. */
type Link = { move: Row; rests: Row[] }

function linksOf(history: readonly Row[]): Link[] {
  const links = inOrder(history.filter((move) => !rests(move))).map((move): Link => ({ move, rests: [] }))
  const rest = history.filter(rests).toSorted((a, b) => (a.occurredOn < b.occurredOn ? -1 : 1))
  for (const one of rest)
    links.findLast(({ move }) => arrives(move) && move.occurredOn <= one.occurredOn)?.rests.push(one)
  return links
}

/** Runs from an arrival out of nowhere to the departure into it: a person's separate times as a member. */
function stretchesOf(history: readonly Row[]): Link[][] {
  const stretches: Link[][] = []
  let isOpen = false
  for (const link of linksOf(history)) {
    if (isOpen) stretches.at(-1)!.push(link)
    else stretches.push([link])
    isOpen = !leaves(link.move)
  }
  return stretches
}

/** Memberships with their first and last day, as text to compare. */
function membershipsOf(history: readonly Movement[]): string[] {
  const chain = inOrder(history.filter((move) => !rests(move)))
  return chain.flatMap((move, index) =>
    arrives(move) ? [`${move.unitId}/${move.occurredOn}/${chain[index + 1]?.occurredOn ?? ''}`] : [],
  )
}

/** What of another history can stand beside the kept person's own: the longest runs first, each whole. */
export function unite(kept: readonly Row[], merged: readonly Row[]): Union {
  let united: Row[] = [...kept]
  const carried = new Map<string, Carried>()
  const order = new Map(inOrder(merged).map((move, index) => [move.id, numbered(index)]))
  const own = membershipsOf(kept)

  const stands = (rows: readonly Row[]) => {
    const candidate = [...united, ...rows.map((row) => ({ ...row, id: order.get(row.id)! }))]
    if (impossibleIn(candidate)) return false
    const after = new Set(membershipsOf(candidate))
    return own.every((membership) => after.has(membership))
  }
  const take = (rows: readonly Row[]) => {
    united = [...united, ...rows.map((row) => ({ ...row, id: order.get(row.id)! }))]
    for (const row of rows) carried.set(row.id, { id: row.id, kind: row.kind, otherUnitId: row.otherUnitId ?? null })
  }
  /** Somebody sent and then admitted had arrived. */
  const asArrival = (rows: readonly Row[]): Row[] | null => {
    const [first, ...rest] = rows
    if (!first || (first.kind !== 'admitted' && first.kind !== 'opening')) return null
    const chain: Row[] = inOrder(united.filter((move) => !rests(move)))
    const before = chain.findLast((move) => move.occurredOn <= first.occurredOn)
    const leadsHere = before?.kind === 'sent' && (before.otherUnitId ?? first.unitId) === first.unitId
    if (!leadsHere) return null
    const from = before.unitId === first.unitId ? null : before.unitId
    return [{ ...first, kind: 'received', otherUnitId: from }, ...rest]
  }
  const place = (links: readonly Link[]): void => {
    for (let size = links.length; size > 0; size--) {
      for (let start = 0; start + size <= links.length; start++) {
        const rows = links.slice(start, start + size).flatMap((link) => [link.move, ...link.rests])
        const arrival = stands(rows) ? rows : asArrival(rows)
        if (!arrival || (arrival !== rows && !stands(arrival))) continue
        take(arrival)
        place(links.slice(0, start))
        place(links.slice(start + size))
        return
      }
    }
  }
  for (const stretch of stretchesOf(merged)) place(stretch)
  const inTime = inOrder(merged)
  return {
    carried: inTime.flatMap((row) => carried.get(row.id) ?? []),
    dropped: inTime.filter((row) => !carried.has(row.id)).map((row) => row.id),
  }
}

/** A standing movement of the kept person: their own, the other's (with the kind it had), or recorded since the merge. */
export type Owned = Row & { owner: 'kept' | 'merged' | 'since'; kindBefore?: MovementKind }
export type Parting =
  | { possible: true; merged: Row[]; followed: string[]; stayed: string[] }
  | { possible: false; wrong: Movement; side: 'kept' | 'merged' }

/** Times begun since that are tried on either side; more than these all stay with the kept person. */
const triedMax = 8

/** Parts a united history again. What was recorded since goes with the membership it follows from; a new time as a member stays
 *  with the kept person wherever it can. */
export function part(rows: readonly Owned[], dropped: readonly Row[]): Parting {
  const chain = inOrder(rows.filter((row) => !rests(row))) as Owned[]
  const holderOf = new Map<string, 'kept' | 'merged' | number>()
  let holder: 'kept' | 'merged' | number = 'kept'
  let isMember = false
  let begun = 0
  for (const row of chain) {
    if (row.owner !== 'since') holder = row.owner
    else if (!isMember) holder = begun++
    holderOf.set(row.id, holder)
    isMember = !leaves(row)
  }
  for (const row of rows.filter(rests)) {
    const opened = chain.findLast((one) => arrives(one) && one.occurredOn <= row.occurredOn)
    holderOf.set(row.id, row.owner === 'since' ? (opened ? holderOf.get(opened.id)! : 'kept') : row.owner)
  }
  let wrong: Parting | null = null
  const tried = Math.min(begun, triedMax)
  for (const choice of choices(tried)) {
    const goes = (row: Owned) => {
      const at = holderOf.get(row.id)!
      return typeof at === 'number' ? (choice & (1 << at) && at < tried ? 'merged' : 'kept') : at
    }
    const kept = rows.filter((row) => goes(row) === 'kept')
    const merged: Row[] = [
      ...rows.filter((row) => goes(row) === 'merged').map((row) => ({ ...row, kind: row.kindBefore ?? row.kind })),
      ...dropped,
    ]
    const inKept = impossibleIn(kept)
    const inMerged = inKept ?? impossibleIn(merged)
    if (inMerged) {
      wrong ??= { possible: false, wrong: inMerged, side: inKept ? 'kept' : 'merged' }
      continue
    }
    const since = rows.filter((row) => row.owner === 'since')
    return {
      possible: true,
      merged: [...inOrder(merged)],
      followed: since.filter((row) => goes(row) === 'merged').map((row) => row.id),
      stayed: since.filter((row) => goes(row) === 'kept').map((row) => row.id),
    }
  }
  return wrong!
}

/** Every choice of some of n, the fewest first. */
const choices = (n: number): number[] =>
  Array.from({ length: 1 << n }, (_, bits) => bits).toSorted((a, b) => ones(a) - ones(b) || a - b)
const ones = (bits: number): number => bits.toString(2).replaceAll('0', '').length
