/** Accepts a group, or one row of it: what to do, on which day, by which paper, and the sentence of what will change. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useWords } from '#ui/words.tsx'
import { acceptStaffRows, type StaffSettings } from '../../labour/contract.ts'
import { actsFor, moves, type StaffAct, type StaffVerdict } from '../../labour/rules.ts'
import { MoveDialog } from '../MoveDialog.tsx'
import { countOf } from './groups.ts'
import type { Accepted } from './LabourGroups.tsx'

type AcceptDialogProps = {
  found: Import
  verdict: StaffVerdict
  n: number
  /** null: the whole group. */
  lines: readonly number[] | null
  title: string
  onClose: () => void
  onAccepted: (answer: Accepted) => void
}

export function AcceptDialog({ found, verdict, n, lines, title, onClose, onAccepted }: AcceptDialogProps) {
  const { say, count, day } = useWords()
  const acts = actsFor(verdict)
  const [act, setAct] = useState<StaffAct>(acts[0] ?? 'none')
  const [on, setOn] = useState((found.settings as StaffSettings).on)
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState(emptyDecision)
  const [to, setTo] = useState<{ id: string; name: string } | null>(null)
  const accept = useWrite(acceptStaffRows)
  const isMove = moves.has(act)
  // Whoever has moved goes where they were asked for, unless another union is chosen.
  const needsTarget = act === 'send' && verdict !== 'moved' && !to
  const unclear = act === 'leave' ? countOf(found.counts, 'open_unclear') : 0
  const held = lines ? 0 : countOf(found.counts, `held_${verdict}`)

  async function acceptNow() {
    const group = {
      verdict,
      act,
      lines: lines ? [...lines] : null,
      count: n,
      on: isMove ? on : null,
      reason: isMove && reason.trim() ? reason : null,
      decision: isMove ? decisionOf(decision) : null,
      toUnitId: act === 'send' ? (to?.id ?? null) : null,
    }
    const answer = await accept.run({ params: { importId: found.id }, body: { groups: [group] } })
    if (!answer) return
    onAccepted(answer)
    onClose()
  }

  return (
    <MoveDialog
      title={title}
      confirm={say.labour.accept}
      changes={[
        say.labour.will[act](count(n), day(on)),
        held > 0 ? say.labour.heldApart(count(held)) : null,
        unclear > 0 ? say.labour.unclearToo(count(unclear)) : null,
      ]}
      missing={isMove && !on ? say.labour.needsDay : needsTarget ? say.labour.needsTarget : null}
      pending={accept.pending}
      refusal={accept.refusal}
      onClose={onClose}
      onConfirm={() => void acceptNow()}
    >
      {acts.length > 1 && (
        <div>
          <span className="field-label">{say.labour.what}</span>
          <div className="choice" role="group" aria-label={say.labour.what}>
            {acts.map((one) => (
              <button key={one} type="button" aria-pressed={one === act} onClick={() => setAct(one)}>
                {say.labour.acts[one]}
              </button>
            ))}
          </div>
        </div>
      )}
      {act === 'send' && (
        <UnitPicker label={say.labour.toUnion} kinds="grassroots" name={to?.name ?? null} onPick={setTo} />
      )}
      {isMove && (
        <>
          <div className="fields">
            <DayField
              label={say.labour.on}
              value={on}
              onDay={setOn}
              required
              error={faultFinder(accept.refusal, '/groups/0')('on')}
            />
            {act !== 'receive' && (
              <TextInput
                label={say.labour.reason}
                description={say.labour.reasonHint}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                maxLength={300}
              />
            )}
          </div>
          <details>
            <summary>{say.units.withDecision}</summary>
            <DecisionFields draft={decision} onDraft={setDecision} faultAt={faultFinder(accept.refusal, '/decision')} />
          </details>
        </>
      )}
    </MoveDialog>
  )
}
