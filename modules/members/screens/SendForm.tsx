/** Sends a member to another union: where to, from which day, on which paper; says before what each union will count. */
import { Checkbox, Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useWords } from '#ui/words.tsx'
import { sendMembers } from '../moves/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useTellMoved } from './Undo.tsx'

type SendFormProps = { personId: string; name: string; from: UnitRef; onClose: () => void }

export function SendForm({ personId, name, from, onClose }: SendFormProps) {
  const { say, day } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const { run, pending, refusal } = useWrite(sendMembers)
  const [isKnown, setKnown] = useState(true)
  const [picked, setPicked] = useState<UnitRef | null>(null)
  const [on, setOn] = useState(me.today)
  const [arrives, setArrives] = useState(false)
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState(emptyDecision)
  const to = isKnown ? picked : null
  const faultAt = faultFinder(refusal, '')

  async function send() {
    const body = { personIds: [personId], on, toUnitId: to?.id ?? null, arrives: arrives && to !== null }
    const done = await run({ body: { ...body, reason: reason.trim() || null, decision: decisionOf(decision) } })
    if (!done) return
    tell(body.arrives ? say.moves.sentAndArrived(name, to!.name) : say.moves.sent(name), done.movementIds)
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.sendTitle(name)}
      confirm={say.moves.acts.send}
      missing={isKnown && !to ? say.moves.needsTo : !on ? say.moves.needsDay : null}
      changes={
        on && (to || !isKnown)
          ? [
              say.moves.willLeave(from.name, day(on)),
              to && arrives ? say.moves.willArrive(to.name, day(on)) : say.moves.willWait,
            ]
          : []
      }
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void send()}
    >
      <Radio.Group
        label={say.moves.whereTo}
        value={isKnown ? 'union' : 'unknown'}
        onChange={(value) => setKnown(value === 'union')}
      >
        <div className="radio-row">
          <Radio value="union" label={say.moves.toUnion} data-autofocus />
          <Radio value="unknown" label={say.moves.toUnknown} />
        </div>
      </Radio.Group>
      {isKnown && (
        <div>
          <UnitPicker
            label={say.moves.toUnionField}
            kinds="grassroots"
            name={picked?.name ?? null}
            error={faultAt('toUnitId')}
            onPick={setPicked}
          />
          <p className="field-hint">{say.moves.outsideHint}</p>
        </div>
      )}
      <div className="fields">
        <DayField label={say.moves.sentOn} value={on} onDay={setOn} required error={faultAt('on')} />
      </div>
      {to && (
        <Checkbox
          label={say.moves.arrivesToo}
          checked={arrives}
          onChange={(event) => setArrives(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label={`${say.frame.reason} (${say.moves.optional})`}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        rows={2}
        maxLength={300}
      />
      <details>
        <summary>{say.units.withDecision}</summary>
        <DecisionFields draft={decision} onDraft={setDecision} faultAt={faultFinder(refusal, '/decision')} />
      </details>
    </MoveDialog>
  )
}
