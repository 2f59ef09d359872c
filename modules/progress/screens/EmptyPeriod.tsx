/** When nothing was counted in the period, says so and leads to the last day on which something was. */
import { yearEnd } from '#kernel/day.ts'
import { listFoundings } from '#modules/founding/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { useWords } from '#ui/words.tsx'
import type { Figure } from '../contract.ts'

export function EmptyPeriod({ figures }: { figures: Figure[] }) {
  const { say, day } = useWords()
  const place = usePlace()
  const moved = figures.some(
    (figure) => figure.targets.length > 0 || (figure.indicator === 'members_admitted' && (figure.result ?? 0) !== 0),
  )
  const founded = figures.find((figure) => figure.indicator === 'grassroots_founded')?.result ?? 0
  const empty = !moved && founded === 0
  const read = useRead(listFoundings, empty ? { query: { unitId: place.unitId } } : null)
  const last = read.data?.foundings.find((founding) => founding.effectiveOn < place.from)
  if (!empty || !last) return null
  const asOf = yearEnd(last.effectiveOn) < place.today ? yearEnd(last.effectiveOn) : last.effectiveOn
  return (
    <p className="hint-line">
      {say.progress.emptyPeriod(day(place.from), day(place.asOf))}{' '}
      <button type="button" className="link" onClick={() => place.change({ asOf, from: '' }, { replace: false })}>
        {say.progress.seeAsOf(day(asOf))}
      </button>
    </p>
  )
}
