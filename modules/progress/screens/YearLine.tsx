/** The year's line against its pace, with a table twin that says the same. One question: are we where we should be today? */
import { useRead } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { useWords } from '#ui/words.tsx'
import { showYear, type Clocks, type Indicator } from '../contract.ts'
import { indicatorName } from '../sentence.ts'
import { YearChart } from './YearChart.tsx'

export function YearLine({ clocks, indicator }: { clocks: Clocks; indicator: Indicator }) {
  const { language, say, count, day } = useWords()
  const read = useRead(showYear, { query: { ...clocks, indicator: indicator.code } })
  const isFlow = indicator.kind === 'flow'
  return (
    <Loaded read={read} lines={4}>
      {(year) => {
        const drawn = year.points.filter((point) => point.result !== null)
        const last = drawn.at(-1)
        if (!last) return null
        const target = year.targets.find((one) => one.by === 'assigned') ?? year.targets[0] ?? null
        const pace = isFlow ? year.pace : null
        const difference = pace === null ? 0 : last.result! - pace
        return (
          <figure className="year">
            <figcaption>
              {pace !== null
                ? difference < 0
                  ? say.progress.chartBehind(count(last.result!), count(pace), count(-difference))
                  : say.progress.chartAhead(count(last.result!), count(pace), count(difference))
                : say.progress.chartPlain(count(last.result!), day(year.asOf))}
            </figcaption>
            <YearChart
              year={year}
              target={target?.value ?? null}
              isFlow={isFlow}
              label={say.progress.chartLabel(indicatorName(language, indicator))}
            />
            <details>
              <summary>{say.progress.asTable}</summary>
              <table className="ledger narrow">
                <thead>
                  <tr>
                    <th scope="col">{say.progress.upTo}</th>
                    <th scope="col" className="num">
                      {say.progress.thisYear}
                    </th>
                    <th scope="col" className="num">
                      {say.progress.lastYear}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {year.points.map((point) => (
                    <tr key={point.on}>
                      <th scope="row" className="code">
                        {day(point.on)}
                      </th>
                      <td className="num">{point.result === null ? '–' : count(point.result)}</td>
                      <td className="num">{point.lastYear === null ? '–' : count(point.lastYear)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </figure>
        )
      }}
    </Loaded>
  )
}
