/** One pair to decide on: why they may be one, both sides, and the three ways on. A human decides; each way can be taken back. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { call, useRead, useWrite } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { useTell } from '#ui/notices.tsx'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { mergePeople, separatePeople, showTwins, tellApart, withdrawDecision } from '../../twins/contract.ts'
import { UndoButton } from '../Undo.tsx'
import { KeepChoice } from './KeepChoice.tsx'
import { TwinSides } from './TwinSides.tsx'
import './twins.css'

type PairProps = {
  personId: string
  otherId: string
  onSkip?: (() => void) | undefined
  onDone?: (() => void) | undefined
}

export function TwinPair({ personId, otherId, onSkip, onDone }: PairProps) {
  const read = useRead(showTwins, { params: { personId, otherId } })
  return (
    <Loaded read={read} lines={10}>
      {(pair) => (
        <>
          <Reasons pair={pair} />
          <Told pair={pair} />
          <TwinSides pair={pair} />
          {!pair.decision && <Offer key={`${pair.a.id}/${pair.b.id}`} pair={pair} onSkip={onSkip} onDone={onDone} />}
        </>
      )}
    </Loaded>
  )
}

type Pair = Reply<typeof showTwins>

function Reasons({ pair: { reasons, against } }: { pair: Pair }) {
  const { say } = useWords()
  return (
    <div className="twin-why">
      {reasons.length > 0 && (
        <div>
          <h2>{say.twins.why}</h2>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{say.twins.reasons[reason]}</li>
            ))}
          </ul>
        </div>
      )}
      {against.length > 0 && (
        <div className="against">
          <h2>{say.twins.against}</h2>
          <ul>
            {against.map((reason) => (
              <li key={reason}>{say.twins.againstReasons[reason]}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** Somebody said that they are two: who, why, and the way back. */
function Told({ pair: { decision } }: { pair: Pair }) {
  const { say, instant } = useWords()
  const tell = useTell()
  const withdrawal = useWrite(withdrawDecision)
  const [asks, setAsks] = useState(false)
  if (!decision) return null
  return (
    <p className="act-row">
      <span>
        {say.twins.decidedBy(decision.by, instant(decision.at))}
        {decision.reason}
      </span>
      <ActButton act="merge-people" variant="default" size="compact-sm" onClick={() => setAsks(true)}>
        {say.twins.withdraw}
      </ActButton>
      <ReasonDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={say.twins.withdraw}
        confirm={say.twins.withdraw}
        pending={withdrawal.pending}
        refusal={withdrawal.refusal}
        onReason={(reason) =>
          void withdrawal.run({ params: { decisionId: decision.id }, body: { reason } }).then((done) => {
            if (!done) return
            setAsks(false)
            tell({ text: say.twins.withdrawn })
          })
        }
      />
    </p>
  )
}

function Offer({
  pair,
  onSkip,
  onDone,
}: {
  pair: Pair
  onSkip: (() => void) | undefined
  onDone: (() => void) | undefined
}) {
  const { say } = useWords()
  const tell = useTell()
  const merge = useWrite(mergePeople)
  const apart = useWrite(tellApart)
  const [keptId, setKept] = useState(pair.suggestedId)
  const [asks, setAsks] = useState<'merge' | 'apart' | null>(null)
  const [kept, merged] = pair.a.id === keptId ? [pair.a, pair.b] : [pair.b, pair.a]
  const open = (what: 'merge' | 'apart') => {
    merge.reset()
    apart.reset()
    setAsks(what)
  }

  async function join(reason: string) {
    const done = await merge.run({ body: { keptId, mergedId: merged.id, reason } })
    if (!done) return
    setAsks(null)
    const { mergeId } = done
    const takeBack = () => call(separatePeople, { params: { mergeId }, body: { reason: say.twins.undoReason } })
    tell({
      text: say.twins.merged(kept.fullName),
      undo: <UndoButton key={mergeId} takeBack={takeBack} said={say.twins.separated} />,
    })
    onDone?.()
  }

  async function part(reason: string) {
    const done = await apart.run({ params: { personId: pair.a.id, otherId: pair.b.id }, body: { reason } })
    if (!done) return
    setAsks(null)
    const { decisionId } = done
    const takeBack = () => call(withdrawDecision, { params: { decisionId }, body: { reason: say.twins.undoReason } })
    tell({
      text: say.twins.toldApart,
      undo: <UndoButton key={decisionId} takeBack={takeBack} said={say.twins.withdrawn} />,
    })
    onDone?.()
  }

  return (
    <div className="twin-offer">
      <KeepChoice pair={pair} keptId={keptId} onKeep={setKept} />
      <div className="act-row">
        <ActButton
          act="merge-people"
          refused={merged.ifMerged.isOutside ? say.twins.outside : null}
          onClick={() => open('merge')}
        >
          {say.twins.merge}
        </ActButton>
        <ActButton act="merge-people" variant="default" onClick={() => open('apart')}>
          {say.twins.notSame}
        </ActButton>
        {onSkip && (
          <Button variant="subtle" onClick={onSkip}>
            {say.twins.skip}
          </Button>
        )}
      </div>
      <ReasonDialog
        opened={asks === 'merge'}
        onClose={() => setAsks(null)}
        title={say.twins.mergeTitle}
        confirm={say.twins.merge}
        pending={merge.pending}
        refusal={merge.refusal}
        onReason={(reason) => void join(reason)}
      >
        {say.twins.mergeText(kept.id, merged.id)}
      </ReasonDialog>
      <ReasonDialog
        opened={asks === 'apart'}
        onClose={() => setAsks(null)}
        title={say.twins.notSameTitle}
        confirm={say.twins.notSame}
        pending={apart.pending}
        refusal={apart.refusal}
        onReason={(reason) => void part(reason)}
      >
        {say.twins.notSameText}
      </ReasonDialog>
    </div>
  )
}
