/** Gives a member a card number from a day on; left empty, the register gives it a number. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { useTell } from '#ui/notices.tsx'
import { useWords } from '#ui/words.tsx'
import { issueCard } from '../papers/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'

export function IssueCardForm({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const { say } = useWords()
  const me = useMe()
  const tell = useTell()
  const { run, pending, refusal } = useWrite(issueCard)
  const [cardNumber, setNumber] = useState('')
  const [on, setOn] = useState(me.today)

  async function issue() {
    const done = await run({ params: { personId }, body: { cardNumber: cardNumber.trim() || null, on } })
    if (!done) return
    tell({ text: say.person.cardIssued(done.cardNumber) })
    onClose()
  }

  return (
    <MoveDialog
      title={say.person.issueCardTo(name)}
      confirm={say.person.issueCard}
      missing={on ? null : say.moves.needsDay}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void issue()}
    >
      <TextInput
        label={say.record.fields.cardNumber}
        description={say.person.cardNumberHint}
        value={cardNumber}
        onChange={(event) => setNumber(event.currentTarget.value)}
        maxLength={40}
        autoComplete="off"
        data-autofocus
      />
      <DayField label={say.record.fields.cardIssuedOn} value={on} onDay={setOn} required />
    </MoveDialog>
  )
}
