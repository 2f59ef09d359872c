/** Records that a member left, was expelled, or ended membership; also of somebody who is on the road. */
import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useWords } from '#ui/words.tsx'
import { releaseMember } from '../contract.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useTellMoved } from './Undo.tsx'

const kinds = ['left', 'expelled', 'ended'] as const
/** Why membership ends without anybody wanting it (HD 38/HD-TLĐ 2024, mục 2). */
const causes = ['death', 'prison', 'unit_ended', 'left_field', 'other'] as const

/** `union`: the one that counts a member fewer; null for somebody on the road, whom nobody counts. */
type Props = { personId: string; name: string; union: string | null; onClose: () => void }

export function DepartureForm({ personId, name, union, onClose }: Props) {
  const { say, work, day } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const { run, pending, refusal } = useWrite(releaseMember)
  const [kind, setKind] = useState<(typeof kinds)[number]>('left')
  const [cause, setCause] = useState<(typeof causes)[number]>('death')
  const [on, setOn] = useState(me.today)
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState(emptyDecision)

  async function release() {
    const why = kind === 'ended' ? cause : null
    const body = { on, kind, cause: why, reason, decision: decisionOf(decision) }
    const done = await run({ params: { personId }, body })
    if (!done) return
    tell(say.moves.ended(name), [done.movementId])
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.leaveTitle(name)}
      confirm={say.moves.acts.leave}
      danger
      changes={on ? [union ? say.moves.willEnd(union, day(on)) : say.moves.willEndOnRoad] : []}
      missing={!on ? say.moves.needsDay : !reason.trim() ? say.moves.needsReason : null}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void release()}
    >
      <div className="fields">
        <NativeSelect
          label={say.members.movement}
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value)!)}
          data={kinds.map((value) => ({ value, label: say.moves.endKinds[value] }))}
          data-autofocus
        />
        {kind === 'ended' && (
          <NativeSelect
            label={say.moves.cause}
            value={cause}
            onChange={(event) => setCause(causes.find((one) => one === event.currentTarget.value)!)}
            data={causes.map((value) => ({ value, label: work.movementCauses[value] }))}
          />
        )}
        <DayField label={say.units.day} value={on} onDay={setOn} required error={faultFinder(refusal, '')('on')} />
      </div>
      <Textarea
        label={say.frame.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        rows={2}
        maxLength={300}
        required
      />
      <details>
        <summary>{say.units.withDecision}</summary>
        <DecisionFields draft={decision} onDraft={setDecision} faultAt={faultFinder(refusal, '/decision')} />
      </details>
    </MoveDialog>
  )
}
