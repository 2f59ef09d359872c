/** The figure board: units by indicators, the unit itself on top. Every cell opens its list in a panel beside the board. */
import { Outlet, useMatches } from '@tanstack/react-router'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { useAddress } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Page } from '#ui/Page.tsx'
import { fileOf } from '#ui/paths.ts'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { exportBoard, exportReport, showProgress } from '../contract.ts'
import { BoardTable } from './BoardTable.tsx'
import { BoardTools } from './BoardTools.tsx'
import { columnsOf, listOf } from './columns.ts'
import { EmptyPeriod } from './EmptyPeriod.tsx'
import { firstColumns, useIndicators } from './indicators.ts'
import './board.css'

export function BoardPage() {
  const { say, day } = useWords()
  const place = usePlace()
  const address = useAddress()
  const panelOpen = useMatches().some((match) => match.fullPath.includes('/list/'))
  const indicators = useIndicators()
  const known = new Set(indicators.all.map((indicator) => indicator.code))
  const chosen = listOf(address.cols).filter((code) => known.has(code))
  const top = chosen.length > 0 ? chosen : firstColumns.filter((code) => known.has(code))
  const columns = columnsOf(top, listOf(address.open), indicators.all)
  const by = address.by === 'officers' ? 'officers' : 'children'
  const query = { ...place.clocks, indicator: columns.map((column) => column.code), decimals: 1 }
  const read = useRead(showProgress, columns.length > 0 ? { query: { ...query, by } } : null)
  const waiting = indicators.read.data ? read : { ...read, error: indicators.read.error ?? read.error }
  return (
    <div className={panelOpen ? 'board-and-panel open' : 'board-and-panel'}>
      <Page
        wide
        title={say.progress.title}
        lead={read.data && say.progress.lead(read.data.unit.name, day(read.data.from), day(read.data.asOf))}
        acts={
          <>
            <a className="link-button" href={fileOf(exportBoard, { query: { ...query, by } })} download>
              <Icon name="download" size={16} /> {say.progress.excel}
            </a>
            <a className="link-button" href={fileOf(exportReport, { query: { ...query, by } })} download>
              <Icon name="paper" size={16} /> {say.progress.report}
            </a>
          </>
        }
      >
        <BoardTools columns={top} indicators={indicators.all} />
        <Loaded read={waiting} lines={12}>
          {(board) => (
            <>
              <EmptyPeriod figures={board.figures} />
              <BoardTable board={board} columns={columns} indicators={indicators.of} />
            </>
          )}
        </Loaded>
      </Page>
      <Outlet />
    </div>
  )
}
