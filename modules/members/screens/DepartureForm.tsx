/** Records that a member left, was expelled, or ended membership. */
import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { useTell } from '#ui/notices.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { releaseMember } from '../contract.ts'

const kinds = ['left', 'expelled', 'ended'] as const

export function DepartureForm({ personId, name, onClose }: { personId: string; name: string; onClose: () => void }) {
  const { say, work } = useWords()
  const me = useMe()
  const tell = useTell()
  const { run, pending, refusal } = useWrite(releaseMember)
  const [kind, setKind] = useState<(typeof kinds)[number]>('left')
  const [on, setOn] = useState(me.today)
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState(emptyDecision)
  return (
    <Modal
      opened
      onClose={onClose}
      title={say.members.releaseTitle(name)}
      size="lg"
      closeButtonProps={{ 'aria-label': say.frame.close }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void run({ params: { personId }, body: { on, kind, reason, decision: decisionOf(decision) } }).then(
            (done) => {
              if (!done) return
              tell({ text: say.members.released(name) })
              onClose()
            },
          )
        }}
      >
        <div className="fields">
          <NativeSelect
            label={say.members.movement}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as (typeof kinds)[number])}
            data={kinds.map((value) => ({ value, label: work.movementKinds[value] }))}
            data-autofocus
          />
          <DayField label={say.units.day} value={on} onDay={setOn} required />
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
          <DecisionFields draft={decision} onDraft={setDecision} />
        </details>
        <Trouble refusal={refusal} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say.frame.cancel}
          </Button>
          <Button type="submit" color="red.9" loading={pending} disabled={!on || !reason.trim()}>
            {say.members.release}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
