/** The board as a table on a desk and as cards on a phone. Arrows or J and K walk its cells; Enter opens one. */
import { useMediaQuery } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useKeys } from '#ui/keys.ts'
import { paths } from '#ui/paths.ts'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import type { Board, Indicator } from '../contract.ts'
import { indicatorName, indicatorShort } from '../sentence.ts'
import { listOf, rowsOf, toggled, topRow, type BoardRow, type Column } from './columns.ts'
import { FigureCell } from './FigureCell.tsx'

type BoardTableProps = { board: Board; columns: Column[]; indicators: (code: string) => Indicator }

const steps: Record<string, [number, number]> = {
  ArrowDown: [1, 0],
  j: [1, 0],
  ArrowUp: [-1, 0],
  k: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

export function BoardTable({ board, columns, indicators }: BoardTableProps) {
  const { language, say, count } = useWords()
  const address = useAddress()
  const change = useChangeAddress()
  const table = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const phone = useMediaQuery('(max-width: 47.9em)')
  const unfolded = listOf(address.open)
  const rows = rowsOf(board, address, indicators)
  const all = [topRow(board), ...rows]
  const kept: Search = {
    by: address.by,
    cols: address.cols,
    open: address.open,
    behind: address.behind,
    sort: address.sort,
    dir: address.dir,
  }

  function walk(event: KeyboardEvent) {
    const cell = document.activeElement?.closest<HTMLElement>('[data-at]')
    if (!cell || !table.current?.contains(cell)) return
    const [row, column] = cell.dataset.at!.split('-').map(Number) as [number, number]
    const [down, right] = steps[event.key.length === 1 ? event.key.toLowerCase() : event.key]!
    const next = table.current.querySelector<HTMLElement>(`[data-at="${row + down}-${column + right}"]`)
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  useKeys(Object.fromEntries(Object.keys(steps).map((key) => [key, walk])))

  const cell = (row: BoardRow, column: Column, rowIndex: number, columnIndex: number) => {
    const figure = row.figures.get(column.code)
    return figure ? (
      <FigureCell
        figure={figure}
        indicator={indicators(column.code)}
        from={board.from}
        asOf={board.asOf}
        whose={row.name}
        search={{ ...kept, of: row.unitId === board.unit.id ? undefined : row.unitId, officer: row.officerId }}
        at={`${rowIndex}-${columnIndex}`}
      />
    ) : (
      <span className="figure none">{say.progress.noFigure}</span>
    )
  }
  const unfold = (column: Column) =>
    column.hasParts && (
      <button
        type="button"
        className="unfold"
        aria-expanded={unfolded.includes(column.code)}
        aria-label={say.progress.ofWhichIn(indicatorName(language, indicators(column.code)))}
        onClick={() => change({ open: toggled(unfolded, column.code) })}
      >
        <Icon name={unfolded.includes(column.code) ? 'left' : 'right'} size={12} />
        {say.progress.ofWhich}
      </button>
    )
  const rowName = (row: BoardRow) =>
    row.key === 'top' || row.officerId ? (
      row.name
    ) : (
      <Go to={paths.progress} search={{ ...kept, unit: row.unitId }}>
        {row.name}
      </Go>
    )
  const onFocus = (event: React.FocusEvent) => {
    const focused = event.target.closest<HTMLElement>('[data-at]')
    setAt(focused ? Number(focused.dataset.at!.split('-')[0]) : null)
  }
  const foot = (
    <p className="foot-count" role="status">
      {at === null || at === 0
        ? say.progress.rowsShown(count(rows.length), count(board.rows.length))
        : `${count(at)}/${count(rows.length)}`}
    </p>
  )
  const none = rows.length === 0 && (
    <p className="muted">{board.rows.length > 0 ? say.progress.noneBehind : say.progress.noRows}</p>
  )

  if (phone) {
    return (
      <div ref={table} onFocus={onFocus} className="board-cards">
        {all.map((row, rowIndex) => (
          <section key={row.key} aria-label={row.name} className={rowIndex === 0 ? 'board-card whole' : 'board-card'}>
            <h2>{rowName(row)}</h2>
            <dl>
              {columns.map((column, columnIndex) => (
                <div key={column.code} className={column.depth > 0 ? 'part-of' : undefined}>
                  <dt>
                    {(column.depth > 0 ? indicatorShort : indicatorName)(language, indicators(column.code))}{' '}
                    {rowIndex === 0 && unfold(column)}
                  </dt>
                  <dd>{cell(row, column, rowIndex, columnIndex)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {none}
        {foot}
      </div>
    )
  }

  const sortBy = (code: string) =>
    change(
      address.sort === code
        ? { dir: address.dir === 'up' ? '' : 'up' }
        : { sort: code, dir: code === 'name' ? 'up' : '' },
    )
  const sorted = (code: string) =>
    address.sort === code ? (address.dir === 'up' ? 'ascending' : 'descending') : undefined

  return (
    <>
      <div className="scroll board" ref={table} onFocus={onFocus}>
        <table>
          <thead>
            <tr>
              <th scope="col" aria-sort={sorted('name')}>
                <button type="button" className="sort" onClick={() => sortBy('name')}>
                  {address.by === 'officers' ? say.progress.officer : say.progress.unit}{' '}
                  <SortMark state={sorted('name')} />
                </button>
              </th>
              {columns.map((column) => (
                <th
                  key={column.code}
                  scope="col"
                  aria-sort={sorted(column.code)}
                  className={column.depth > 0 ? 'part-of' : undefined}
                >
                  <button
                    type="button"
                    className="sort"
                    onClick={() => sortBy(column.code)}
                    title={indicatorName(language, indicators(column.code))}
                  >
                    {(column.depth > 0 ? indicatorShort : indicatorName)(language, indicators(column.code))}
                    <SortMark state={sorted(column.code)} />
                  </button>
                  {unfold(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map((row, rowIndex) => (
              <tr key={row.key} className={rowIndex === 0 ? 'whole' : undefined}>
                <th scope="row">{rowName(row)}</th>
                {columns.map((column, columnIndex) => (
                  <td key={column.code} className={column.depth > 0 ? 'part-of' : undefined}>
                    {cell(row, column, rowIndex, columnIndex)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {none}
      {foot}
    </>
  )
}

function SortMark({ state }: { state: 'ascending' | 'descending' | undefined }) {
  return state ? <Icon name={state === 'ascending' ? 'up' : 'down'} size={12} /> : null
}
