/** Asks the union that somebody belongs to, unseen, to send them here. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useTell } from '#ui/notices.tsx'
import { useWords } from '#ui/words.tsx'
import { askForTransfer } from '../moves/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'

type AskTransferProps = {
  into: { id: string; name: string } | null
  person?: { fullName: string; identityNumber: string }
  onClose: () => void
}

export function AskTransfer({ into, person, onClose }: AskTransferProps) {
  const { say } = useWords()
  const me = useMe()
  const tell = useTell()
  const { run, pending, refusal } = useWrite(askForTransfer)
  const [union, setUnion] = useState(into)
  const [fullName, setFullName] = useState(person?.fullName ?? '')
  const [identityNumber, setNumber] = useState(person?.identityNumber ?? '')
  const [on, setOn] = useState(me.today)

  async function ask() {
    const done = await run({ params: { unitId: union!.id }, body: { fullName, identityNumber, on } })
    if (!done) return
    tell({ text: say.moves.asked(fullName) })
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.askTitle}
      confirm={say.moves.ask}
      missing={
        !union
          ? say.members.needsUnion
          : !fullName.trim() || !identityNumber.trim()
            ? say.moves.needsPerson
            : !on
              ? say.moves.needsDay
              : null
      }
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void ask()}
    >
      <p className="muted">{say.moves.askLead}</p>
      <UnitPicker
        label={say.moves.askInto}
        kinds="grassroots"
        name={union?.name ?? null}
        onPick={({ id, name }) => setUnion({ id, name })}
      />
      <div className="fields">
        <TextInput
          label={say.members.fullName}
          value={fullName}
          onChange={(event) => setFullName(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          required
          data-autofocus
        />
        <TextInput
          label={say.members.identityNumber}
          value={identityNumber}
          onChange={(event) => setNumber(event.currentTarget.value)}
          maxLength={40}
          autoComplete="off"
          required
        />
        <DayField label={say.moves.askOn} value={on} onDay={setOn} required error={faultFinder(refusal, '')('on')} />
      </div>
    </MoveDialog>
  )
}
