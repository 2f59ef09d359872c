/** For an officer's first page: how many wait between unions, how long the first has waited, how many requests are unanswered. */
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { listOnTheRoad, listTransferRequests } from '../moves/contract.ts'

export function RoadCard() {
  const { say, count } = useWords()
  const { unitId } = usePlace()
  const road = useRead(listOnTheRoad, { query: { unitId, limit: 1 } })
  const asked = useRead(listTransferRequests, { query: { unitId } })
  const waiting = (asked.data?.requests ?? []).filter((one) => one.direction === 'in' && !one.answer).length
  return (
    <Part title={say.moves.roadTitle} acts={<Go to={paths.onTheRoad}>{say.moves.openList}</Go>}>
      <Loaded read={road} lines={1}>
        {({ total, travellers }) => (
          <>
            <p className={total > 0 ? undefined : 'muted'}>
              {total > 0 ? say.moves.onRoad(count(total), count(travellers[0]?.days ?? 0)) : say.moves.noneOnRoad}
            </p>
            {waiting > 0 && <p>{say.moves.requestsWait(count(waiting))}</p>}
          </>
        )}
      </Loaded>
    </Part>
  )
}
