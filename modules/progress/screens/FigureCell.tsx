/** One figure as a door to its list: 66/20 over a thin bar with the tick where it should stand today, and the percent. */
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import type { Figure, Indicator } from '../contract.ts'
import { indicatorName } from '../sentence.ts'
import { firstTarget, standingOf, type Standing } from './pace.ts'

type FigureCellProps = {
  figure: Figure
  indicator: Indicator
  from: string
  asOf: string
  /** Who it is about, for a screen reader. */
  whose: string
  /** Whose list opens, and what of the board's address stays. */
  search: Search
  at?: string
}

export function FigureCell({ figure, indicator, from, asOf, whose, search, at }: FigureCellProps) {
  const { language, say, work, count, percent, day } = useWords()
  const target = firstTarget(figure)
  const standing = standingOf(figure, indicator.kind === 'flow', from, asOf)
  const own = target?.by === 'assigned' ? figure.targets.find((one) => one.by === 'own') : undefined
  const reached = target ? target.percent : figure.percent
  if (figure.result === null && figure.percent === null)
    return <span className="figure none">{say.progress.noFigure}</span>
  return (
    <Go
      className={`figure ${standing?.state ?? ''}`}
      to={paths.figureList(figure.indicator)}
      search={search}
      data-at={at}
    >
      <span className="sr-only">{`${whose}, ${indicatorName(language, indicator)}: `}</span>
      <span className="figure-line">
        {figure.result === null ? (
          <strong>{percent(figure.percent!)}</strong>
        ) : (
          <span>
            <strong>{count(figure.result)}</strong>
            {target && <span className="figure-target">/{count(target.value)}</span>}
          </span>
        )}
      </span>
      {standing && <Bar standing={standing} result={figure.result ?? 0} />}
      {figure.result !== null && reached !== null && (
        <span className="figure-line small">
          {standing?.state === 'behind' && (
            <span className="figure-word">
              {say.progress.behind} {count(standing.behind)}
            </span>
          )}
          {standing?.state === 'kept' && <span className="figure-word">{say.progress.kept}</span>}
          <span>{percent(reached)}</span>
        </span>
      )}
      {own && (
        <span className="figure-line small muted">
          {say.progress.own} {count(own.value)}
          {own.percent !== null && ` · ${percent(own.percent)}`}
        </span>
      )}
      {!figure.counted && (
        <span className="figure-line small declared" title={figure.declaredTo ? day(figure.declaredTo) : undefined}>
          {work.declared}
        </span>
      )}
    </Go>
  )
}

export function Bar({ standing, result }: { standing: Standing; result: number }) {
  const full = Math.max(standing.target, 1)
  const share = Math.min(100, Math.max(0, (result / full) * 100))
  const tick = Math.min(100, (standing.pace / full) * 100)
  return (
    <span className="bar" aria-hidden="true">
      <span className="bar-fill" style={{ width: `${share}%` }} />
      <span className="bar-tick" style={{ left: `calc(${tick}% - 1px)` }} />
    </span>
  )
}
