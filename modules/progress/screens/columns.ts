/** Which columns the board shows, and its rows in the order and the selection the address asks for. */
import { compareNames } from '#kernel/fold.ts'
import type { Search } from '#ui/place.ts'
import type { Board, Figure, Indicator } from '../contract.ts'
import { standingOf, withParts } from './pace.ts'

export const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

export const toggled = (list: string[], item: string): string =>
  (list.includes(item) ? list.filter((one) => one !== item) : [...list, item]).join(',')

export type Column = { code: string; depth: number; hasParts: boolean }

/** The chosen columns in their order; the parts of an unfolded one follow it, unless chosen themselves. */
export function columnsOf(chosen: string[], unfolded: string[], all: Indicator[]): Column[] {
  const partsOf = (code: string) =>
    all.filter((indicator) => indicator.parent === code && !chosen.includes(indicator.code))
  const unfold = (code: string, depth: number): Column[] => [
    { code, depth, hasParts: partsOf(code).length > 0 },
    ...(unfolded.includes(code) ? partsOf(code).flatMap((part) => unfold(part.code, depth + 1)) : []),
  ]
  return chosen.flatMap((code) => unfold(code, 0))
}

export type BoardRow = {
  key: string
  name: string
  unitId: string
  officerId: string | undefined
  figures: Map<string, Figure>
}

const byCode = (figures: Figure[]) => new Map(withParts(figures).map((figure) => [figure.indicator, figure]))

/** The unit's own row: always on top, in no order. */
export const topRow = (board: Board): BoardRow => ({
  key: 'top',
  name: board.unit.name,
  unitId: board.unit.id,
  officerId: undefined,
  figures: byCode(board.figures),
})

export function rowsOf(board: Board, address: Search, of: (code: string) => Indicator): BoardRow[] {
  const rows = board.rows.map((row) => ({
    key: row.officer ? `o${row.officer.id}` : `u${row.unit?.id ?? ''}`,
    name: row.officer?.name ?? row.unit?.name ?? '',
    unitId: row.unit?.id ?? board.unit.id,
    officerId: row.officer?.id,
    figures: byCode(row.figures),
  }))
  const isBehind = (row: BoardRow) =>
    [...row.figures.values()].some(
      (figure) => standingOf(figure, of(figure.indicator).kind === 'flow', board.from, board.asOf)?.state === 'behind',
    )
  const kept = address.behind ? rows.filter(isBehind) : rows
  const sign = address.dir === 'up' ? 1 : -1
  const code = address.sort
  if (!code) return kept
  if (code === 'name') return kept.toSorted((a, b) => sign * compareNames(b.name, a.name))
  return kept.toSorted((a, b) => sign * (valueOf(a.figures.get(code)) - valueOf(b.figures.get(code))))
}

/** Ordered by percent of target where there is one, else by the result; what has no figure goes last. */
function valueOf(figure: Figure | undefined): number {
  if (!figure) return Number.NEGATIVE_INFINITY
  const percent = figure.targets[0]?.percent ?? null
  if (percent !== null) return Number(percent)
  return figure.result ?? (figure.percent === null ? Number.NEGATIVE_INFINITY : Number(figure.percent))
}
