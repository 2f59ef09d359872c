/** The list behind a figure, in a panel beside the board with its own address. Its rows lead to people and papers. */
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { usePlace } from '#modules/units/screens/place.ts'
import { usePages, useRead } from '#ui/api.ts'
import { Go, useAddress, useGo, useParam } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useKeys } from '#ui/keys.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { fileOf, pathOfSubject, paths } from '#ui/paths.ts'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import { exportList, listFigure, showProgress, type Figure, type ListedRow } from '../contract.ts'
import { figureSentence, indicatorName } from '../sentence.ts'
import { useIndicators } from './indicators.ts'
import { YearLine } from './YearLine.tsx'

const boardKeys = ['by', 'cols', 'open', 'behind', 'sort', 'dir']

export function ListPanel() {
  const { language, say, count, day } = useWords()
  const code = useParam('indicator')
  const place = usePlace()
  const address = useAddress()
  const go = useGo()
  const { of } = useIndicators()
  const clocks = { ...place.clocks, unitId: address.of ?? place.unitId }
  const query = { ...clocks, indicator: code, officerId: address.officer }
  const read = usePages(listFigure, { query })
  const figure = useRead(showProgress, address.officer ? null : { query: { ...clocks, indicator: [code], by: 'none' } })
  const kept: Search = Object.fromEntries(boardKeys.map((key) => [key, address[key]]))
  const indicator = of(code)
  const own = figure.data && partNamed(figure.data.figures, code)
  const close = () => {
    const row = document.querySelector<HTMLElement>('[data-at="0-0"]')
    go(paths.progress, kept)
    row?.focus()
  }
  useKeys({ Escape: close })

  const first = read.data?.pages[0]
  return (
    <aside className="panel" aria-labelledby="panel-title">
      <header>
        <div>
          <PanelTitle key={`${code} ${address.of} ${address.officer}`} name={indicatorName(language, indicator)} />
          <p className="muted">
            {first?.unit.name} · {first && say.progress.period(day(first.from), day(first.asOf))}
          </p>
        </div>
        <button type="button" className="plain" aria-label={say.progress.closeList} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div className="panel-body">
        {own && <p className="sentence">{figureSentence(language, indicator, own)}.</p>}
        {!address.officer && <YearLine clocks={clocks} indicator={indicator} />}
        <div className="part-head">
          <h3>{first && first.result !== null ? say.progress.listOf(count(first.result)) : say.progress.list}</h3>
          <a className="link-button" href={fileOf(exportList, { query })} download>
            <Icon name="download" size={16} /> {say.progress.excel}
          </a>
        </div>
        <Loaded read={read} lines={10}>
          {({ pages }) => (
            <Rows
              rows={pages.flatMap((page) => page.rows)}
              result={pages[0]?.result ?? null}
              ended={!read.hasNextPage}
              of={clocks.unitId}
            />
          )}
        </Loaded>
        {read.hasNextPage && (
          <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {say.frame.loadMore}
          </Button>
        )}
      </div>
    </aside>
  )
}

/** The panel's name takes the focus when another list opens in it. */
function PanelTitle({ name }: { name: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 id="panel-title" tabIndex={-1} ref={heading}>
      {name}
    </h2>
  )
}

type RowsProps = { rows: ListedRow[]; result: number | null; ended: boolean; of: string }

function Rows({ rows, result, ended, of }: RowsProps) {
  const { say, count, day } = useWords()
  const list = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState(0)
  const whole = ended ? rows.length : Math.max(rows.length, result ?? 0)

  function walk(by: number) {
    return (event: KeyboardEvent) => {
      const links = [...(list.current?.querySelectorAll<HTMLElement>('a.row-link') ?? [])]
      const now = links.findIndex((link) => link === document.activeElement)
      // From the board's own cells the arrows walk the board.
      if (now < 0 && document.activeElement?.closest('[data-at]')) return
      const next = links[Math.max(0, Math.min(links.length - 1, now + by))]
      if (!next) return
      event.preventDefault()
      next.focus()
    }
  }
  useKeys({ j: walk(1), ArrowDown: walk(1), k: walk(-1), ArrowUp: walk(-1) })

  if (rows.length === 0) return <p className="muted">{say.progress.emptyList}</p>
  return (
    <>
      <table className="ledger listed">
        <thead>
          <tr>
            <th scope="col">{say.progress.what}</th>
            <th scope="col">{say.units.day}</th>
            <th scope="col">{say.units.decision}</th>
            <th scope="col" className="num">
              {say.progress.quantity}
            </th>
          </tr>
        </thead>
        <tbody ref={list}>
          {rows.map((row, index) => {
            const path = pathOfSubject(row.subject, row.subjectId)
            return (
              <tr key={row.id}>
                <th scope="row">
                  {path ? (
                    <Go to={path} className="row-link" onFocus={() => setAt(index + 1)}>
                      {row.title}
                    </Go>
                  ) : (
                    row.title
                  )}
                  {row.unit.id !== of && row.unit.name !== row.title && (
                    <small className="block muted">{row.unit.name}</small>
                  )}
                </th>
                <td className="code">{day(row.occurredOn)}</td>
                <td>
                  {row.decision?.number ?? <span className="muted">–</span>}
                  {row.officer && <small className="block muted">{row.officer.name}</small>}
                </td>
                <td className="num">{row.quantity > 0 ? `+${count(row.quantity)}` : count(row.quantity)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="foot-count" role="status">
        {at > 0 ? `${count(at)}/${count(whole)}` : say.frame.shownOf(count(rows.length), count(whole))} ·{' '}
        {say.progress.walkHint}
      </p>
    </>
  )
}

/** The figure itself, or the part of it that was asked for. */
function partNamed(figures: Figure[], code: string): Figure | null {
  for (const figure of figures) {
    const found = figure.indicator === code ? figure : partNamed(figure.ofWhich, code)
    if (found) return found
  }
  return null
}
