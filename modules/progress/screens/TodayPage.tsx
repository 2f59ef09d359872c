/** Today: where my unit stands against its targets, what came last, and what to do next. Only what the ledgers say. */
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { RoadCard } from '#modules/members/screens/RoadCard.tsx'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { showProgress } from '../contract.ts'
import { EmptyPeriod } from './EmptyPeriod.tsx'
import { firstColumns, useIndicators } from './indicators.ts'
import { LatestFoundings } from './LatestFoundings.tsx'
import { NextSteps } from './NextSteps.tsx'
import { withParts } from './pace.ts'
import { TargetLines } from './TargetLines.tsx'
import { YearLine } from './YearLine.tsx'
import './board.css'

export function TodayPage() {
  const { say, day, language } = useWords()
  const me = useMe()
  const place = usePlace()
  const indicators = useIndicators()
  const codes = indicators.all.map((indicator) => indicator.code)
  const read = useRead(
    showProgress,
    codes.length > 0 ? { query: { ...place.clocks, indicator: codes, by: 'none' } } : null,
  )
  const weekday = new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${me.today}T00:00:00Z`))
  return (
    <Page
      title={say.today.title}
      lead={`${say.today.lead(weekday, day(me.today))}${read.data ? ` · ${read.data.unit.name}` : ''}`}
      acts={
        <>
          <ActButton act="found" icon="plus" to={paths.newFounding}>
            {say.founding.found}
          </ActButton>
          <ActButton act="admit" variant="default" to={paths.newAdmission}>
            {say.members.admit}
          </ActButton>
        </>
      }
    >
      <Loaded read={indicators.read.data ? read : { ...read, error: indicators.read.error }} lines={8}>
        {(board) => {
          const figures = [...new Map(withParts(board.figures).map((figure) => [figure.indicator, figure])).values()]
          const aimed = figures.filter((figure) => figure.targets.length > 0)
          const plain = figures.filter(
            (figure) => figure.targets.length === 0 && figure.counted && firstColumns.includes(figure.indicator),
          )
          const charted = aimed.find((figure) => figure.indicator === 'grassroots_founded') ?? aimed[0] ?? plain[0]
          return (
            <div className="today">
              <div className="today-main">
                <EmptyPeriod figures={board.figures} />
                <Part
                  title={say.today.targets(board.asOf.slice(0, 4))}
                  acts={<Go to={paths.progress}>{say.today.wholeBoard}</Go>}
                >
                  <TargetLines aimed={aimed} plain={plain} board={board} of={indicators.of} />
                </Part>
                {charted && (
                  <Part title={say.today.year}>
                    <YearLine clocks={place.clocks} indicator={indicators.of(charted.indicator)} />
                  </Part>
                )}
              </div>
              <div className="today-side">
                <NextSteps aimed={aimed} board={board} of={indicators.of} />
                <RoadCard />
                <LatestFoundings />
              </div>
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}
