/** Pairs that wait for a human, one at a time, the most alike first; people who may be members elsewhere; any two side by side. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { usePages, useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useKeys } from '#ui/keys.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { Member } from '../../contract.ts'
import { listTwins } from '../../twins/contract.ts'
import { ByHand } from './ByHand.tsx'
import { TwinPair } from './TwinPair.tsx'
import './twins.css'

export function TwinsPage() {
  const { say } = useWords()
  const place = usePlace()
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  return (
    <Page
      title={say.twins.title}
      lead={unit.data ? say.twins.lead(unit.data.name) : ''}
      back={{ to: paths.members, label: say.members.title }}
    >
      <Waiting key={place.unitId} unitId={place.unitId} />
      <ByHand unitId={place.unitId} />
    </Page>
  )
}

function Waiting({ unitId }: { unitId: string }) {
  const { say, count } = useWords()
  const read = usePages(listTwins, { query: { unitId } })
  const [at, setAt] = useState(0)
  const pairs = read.data?.pages.flatMap((page) => page.pairs) ?? []
  const index = Math.max(0, Math.min(at, pairs.length - 1))
  const pair = pairs[index]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = read
  useEffect(() => {
    if (index >= pairs.length - 3 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [index, pairs.length, hasNextPage, isFetchingNextPage, fetchNextPage])
  const go = (step: number) => setAt(Math.max(0, Math.min(index + step, pairs.length - 1)))
  useKeys({ ArrowRight: () => go(1), ArrowLeft: () => go(-1) })
  return (
    <Loaded read={read} lines={10}>
      {({ pages }) => {
        const { total, elsewhere, elsewhereTotal } = pages[0]!
        return (
          <>
            {pair ? (
              <>
                <nav className="twin-walk" aria-label={say.twins.waiting(count(total))}>
                  <Step icon="left" name={say.twins.previous} isOff={index === 0} onStep={() => go(-1)} />
                  <strong aria-live="polite">{say.twins.place(count(index + 1), count(total))}</strong>
                  <Step icon="right" name={say.twins.next} isOff={index >= pairs.length - 1} onStep={() => go(1)} />
                  <small className="muted twin-keys">{say.twins.keysHint}</small>
                  {pair.isByHand && <span className="tag">{say.twins.proposedByHand}</span>}
                </nav>
                <TwinPair
                  personId={pair.a.id}
                  otherId={pair.b.id}
                  onSkip={pairs.length > 1 ? () => setAt((index + 1) % pairs.length) : undefined}
                />
              </>
            ) : (
              <Empty title={say.twins.none}>{say.twins.noneHint}</Empty>
            )}
            {elsewhere.length > 0 && <Elsewhere people={elsewhere} total={elsewhereTotal} />}
          </>
        )
      }}
    </Loaded>
  )
}

type StepProps = { icon: 'left' | 'right'; name: string; isOff: boolean; onStep: () => void }
const Step = ({ icon, name, isOff, onStep }: StepProps) => (
  <Button variant="default" size="compact-md" aria-label={name} title={name} disabled={isOff} onClick={onStep}>
    <Icon name={icon} size={16} />
  </Button>
)

/** Of whom they look like nothing is told. */
function Elsewhere({ people, total }: { people: readonly Member[]; total: number }) {
  const { say, count, day } = useWords()
  return (
    <Part title={say.twins.elsewhereTitle(count(total))} acts={<Go to={paths.onTheRoad}>{say.moves.ask}</Go>}>
      <p className="muted">{say.twins.elsewhereText}</p>
      <ul className="twin-found">
        {people.map((one) => (
          <li key={one.id}>
            <Go to={paths.member(one.id)}>{one.fullName}</Go>
            <span className="muted">
              {one.birthDate.length === 4 ? one.birthDate : day(one.birthDate)}
              {one.unit && `, ${one.unit.name}`}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
