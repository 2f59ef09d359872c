/** Records that a member rests from union life, and on which ground; or that they take part again. */
import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useWords } from '#ui/words.tsx'
import { resumeMember, suspendMember, SuspensionCause } from '../moves/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useTellMoved } from './Undo.tsx'

type Props = { personId: string; name: string; onClose: () => void }

export function SuspendForm({ personId, name, onClose }: Props) {
  const { say, work } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const { run, pending, refusal } = useWrite(suspendMember)
  const [cause, setCause] = useState<(typeof SuspensionCause.options)[number]>('employer_stopped')
  const [on, setOn] = useState(me.today)
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState(emptyDecision)

  async function suspend() {
    const done = await run({ params: { personId }, body: { on, cause, reason, decision: decisionOf(decision) } })
    if (!done) return
    tell(say.moves.suspended(name), [done.movementId])
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.suspendTitle(name)}
      confirm={say.moves.acts.suspend}
      changes={[say.moves.suspendLead]}
      missing={!on ? say.moves.needsDay : !reason.trim() ? say.moves.needsReason : null}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void suspend()}
    >
      <div className="fields">
        <NativeSelect
          label={say.moves.cause}
          value={cause}
          onChange={(event) => setCause(SuspensionCause.options.find((one) => one === event.currentTarget.value)!)}
          data={SuspensionCause.options.map((value) => ({ value, label: work.movementCauses[value] }))}
          data-autofocus
        />
        <DayField
          label={say.moves.suspendedOn}
          value={on}
          onDay={setOn}
          required
          error={faultFinder(refusal, '')('on')}
        />
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

export function ResumeForm({ personId, name, onClose }: Props) {
  const { say } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const { run, pending, refusal } = useWrite(resumeMember)
  const [on, setOn] = useState(me.today)
  const [reason, setReason] = useState('')

  async function resume() {
    const done = await run({ params: { personId }, body: { on, reason: reason.trim() || null } })
    if (!done) return
    tell(say.moves.resumed(name), [done.movementId])
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.resumeTitle(name)}
      confirm={say.moves.acts.resume}
      missing={!on ? say.moves.needsDay : null}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void resume()}
    >
      <DayField
        label={say.moves.resumedOn}
        value={on}
        onDay={setOn}
        required
        data-autofocus
        error={faultFinder(refusal, '')('on')}
      />
      <Textarea
        label={`${say.frame.reason} (${say.moves.optional})`}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        rows={2}
        maxLength={300}
      />
    </MoveDialog>
  )
}
