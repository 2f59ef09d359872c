/** What waits between unions: people to be received, people sent away, requests to answer, people who rest. */
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { AskTransfer } from './AskTransfer.tsx'
import { RoadLists } from './RoadLists.tsx'
import { SuspendedList } from './SuspendedList.tsx'
import { TransferRequests } from './TransferRequests.tsx'
import './member.css'

export function OnTheRoadPage() {
  const { say } = useWords()
  const place = usePlace()
  const [asking, setAsking] = useState(false)
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const isUnion = unit.data?.kind === 'grassroots' || unit.data?.kind === 'occupational'
  return (
    <Page
      title={say.moves.roadTitle}
      lead={unit.data ? say.moves.roadLead(unit.data.name) : ''}
      back={{ to: paths.members, label: say.members.title }}
      acts={
        <ActButton act="admit" variant="default" onClick={() => setAsking(true)}>
          {say.moves.ask}
        </ActButton>
      }
    >
      <RoadLists key={place.unitId} unitId={place.unitId} />
      <TransferRequests unitId={place.unitId} />
      <SuspendedList unitId={place.unitId} />
      {asking && <AskTransfer into={isUnion && unit.data ? unit.data : null} onClose={() => setAsking(false)} />}
    </Page>
  )
}
