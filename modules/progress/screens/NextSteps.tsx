/** What to do next, derived from the figures alone: how much is missing to today's pace, and how much a week to the end. */
import { daysBetween, yearEnd } from '#kernel/day.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { Board, Figure, Indicator } from '../contract.ts'
import { indicatorName } from '../sentence.ts'
import { standingOf } from './pace.ts'

type NextStepsProps = { aimed: Figure[]; board: Board; of: (code: string) => Indicator }

export function NextSteps({ aimed, board, of }: NextStepsProps) {
  const { language, say, count, day } = useWords()
  const end = yearEnd(board.asOf)
  const weeks = Math.max(1, Math.ceil(daysBetween(board.asOf, end) / 7))
  const standings = aimed.flatMap((figure) => {
    const indicator = of(figure.indicator)
    const standing = standingOf(figure, indicator.kind === 'flow', board.from, board.asOf)
    return standing ? [{ figure, indicator, standing }] : []
  })
  const open = standings
    .filter(({ standing }) => standing.state !== 'kept')
    .sort((a, b) => b.standing.behind / (b.standing.target || 1) - a.standing.behind / (a.standing.target || 1))
  return (
    <Part title={say.today.next}>
      <ul className="next-steps">
        {open.map(({ figure, indicator, standing }) => {
          const left = standing.target - (figure.result ?? 0)
          return (
            <li key={figure.indicator} className={standing.state}>
              <Icon name={standing.state === 'behind' ? 'warning' : 'clock'} />
              <div>
                <Go to={paths.figureList(figure.indicator)}>{indicatorName(language, indicator)}</Go>
                <p>
                  {standing.behind > 0 && indicator.kind === 'flow'
                    ? `${say.progress.behindBy(count(standing.behind))}. `
                    : ''}
                  {say.today.left(count(left), day(end))}
                  {board.asOf < end && indicator.kind === 'flow'
                    ? ` ${say.today.aWeek(count(Math.ceil(left / weeks)))}`
                    : ''}
                </p>
              </div>
            </li>
          )
        })}
        {open.length === 0 && standings.length > 0 && (
          <li className="kept">
            <Icon name="check" />
            <div>{say.today.allKept}</div>
          </li>
        )}
        <li>
          <Icon name="employers" />
          <div>
            <Go to={paths.employers}>{say.today.employers}</Go>
            <p>{say.today.employersText}</p>
          </div>
        </li>
      </ul>
    </Part>
  )
}
