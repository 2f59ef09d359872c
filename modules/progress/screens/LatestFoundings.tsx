/** The last foundings of the branch, each a door to its decision. */
import { listFoundings } from '#modules/founding/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'

const shownMax = 6

export function LatestFoundings() {
  const { say, count, day } = useWords()
  const place = usePlace()
  const read = useRead(listFoundings, { query: { unitId: place.unitId } })
  return (
    <Part title={say.today.foundings} acts={<Go to={paths.foundings}>{say.today.allFoundings}</Go>}>
      <Loaded read={read} lines={5}>
        {({ foundings }) => {
          const shown = foundings
            .filter((founding) => !founding.cancelled && founding.effectiveOn <= place.asOf)
            .slice(0, shownMax)
          if (shown.length === 0) return <p className="muted">{say.founding.none}</p>
          return (
            <ul className="latest">
              {shown.map((founding) => (
                <li key={founding.id}>
                  <Go to={paths.founding(founding.id)}>{founding.unit.name}</Go>
                  <small className="block muted">
                    {day(founding.effectiveOn)} · {say.founding.membersCount(count(founding.members))} ·{' '}
                    {founding.decision.number}
                  </small>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Part>
  )
}
