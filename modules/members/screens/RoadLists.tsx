/** Who is on the road, the longest wait first: those to be received here, many at once; and those sent elsewhere. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { usePages } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Part } from '#ui/Page.tsx'
import { useWords } from '#ui/words.tsx'
import { listOnTheRoad } from '../moves/contract.ts'
import { ReceiveForm } from './ReceiveForm.tsx'
import { Travellers, type Traveller } from './Travellers.tsx'

export function RoadLists({ unitId }: { unitId: string }) {
  const { say, count } = useWords()
  const read = usePages(listOnTheRoad, { query: { unitId, limit: 200 } })
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [receiving, setReceiving] = useState<Traveller[] | null>(null)

  const tick = (people: readonly Traveller[], isTicked: boolean) => {
    const those = people.map((one) => one.personId)
    setTicked((now) => [...now.filter((id) => !those.includes(id)), ...(isTicked ? those : [])])
  }

  return (
    <>
      <Loaded read={read} lines={8}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.travellers)
          const arriving = all.filter((one) => one.isArriving)
          const leaving = all.filter((one) => !one.isArriving)
          const chosen = arriving.filter((one) => ticked.includes(one.personId))
          return (
            <>
              <Part
                title={`${say.moves.arriving}: ${count(arriving.length)}`}
                acts={
                  arriving.length > 0 && (
                    <ActButton
                      act="admit"
                      size="xs"
                      refused={chosen.length === 0 ? say.moves.selectFirst : null}
                      onClick={() => setReceiving(chosen)}
                    >
                      {chosen.length > 0 ? say.moves.receiveSelected(count(chosen.length)) : say.moves.acts.receive}
                    </ActButton>
                  )
                }
              >
                {arriving.length === 0 ? (
                  <Empty title={say.moves.noneArriving}>{say.moves.noneArrivingHint}</Empty>
                ) : (
                  <Travellers people={arriving} ticked={ticked} onTick={tick} />
                )}
              </Part>
              <Part title={`${say.moves.leaving}: ${count(leaving.length)}`}>
                {leaving.length === 0 ? (
                  <p className="muted">{say.moves.noneLeaving}</p>
                ) : (
                  <Travellers people={leaving} />
                )}
              </Part>
              {read.hasNextPage && (
                <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                  {say.frame.loadMore}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
      {receiving && <ReceiveForm people={receiving} onClose={() => setReceiving(null)} />}
    </>
  )
}
