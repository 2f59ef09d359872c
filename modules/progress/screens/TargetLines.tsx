/** A unit's figures one under the other: those with a target first, as figure, bar and the sentence officers write. */
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { Board, Figure, Indicator } from '../contract.ts'
import { figureSentence, indicatorName } from '../sentence.ts'
import { FigureCell } from './FigureCell.tsx'

type TargetLinesProps = { aimed: Figure[]; plain: Figure[]; board: Board; of: (code: string) => Indicator }

export function TargetLines({ aimed, plain, board, of }: TargetLinesProps) {
  const { language, say } = useWords()
  const shown = [...aimed, ...plain]
  return (
    <>
      {aimed.length === 0 && (
        <p className="hint-line">
          {say.today.noTargets(board.asOf.slice(0, 4))} <Go to={paths.targets}>{say.today.setTargets}</Go>
        </p>
      )}
      <ul className="target-lines">
        {shown.map((figure) => {
          const indicator = of(figure.indicator)
          return (
            <li key={figure.indicator}>
              <div>
                <span className="target-name">{indicatorName(language, indicator)}</span>
                {figure.targets.length > 0 && (
                  <small className="block muted">{figureSentence(language, indicator, figure)}</small>
                )}
              </div>
              <FigureCell
                figure={figure}
                indicator={indicator}
                from={board.from}
                asOf={board.asOf}
                whose={board.unit.name}
                search={{}}
              />
            </li>
          )
        })}
      </ul>
    </>
  )
}
