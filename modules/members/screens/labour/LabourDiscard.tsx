/** Two ways to end a list, each after saying what goes with it: giving it up, or finishing it. */
import { Button, Group, Modal } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Trouble } from '#ui/Trouble.tsx'
import type { Refusal } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { closeStaffList, discardStaffList } from '../../labour/contract.ts'

export function LabourDiscard({ importId }: { importId: string }) {
  const { say } = useWords()
  const { run, pending, refusal } = useWrite(discardStaffList)
  return (
    <Ending
      name={say.labour.discard}
      pending={pending}
      refusal={refusal}
      danger
      onEnd={() => run({ params: { importId } })}
    >
      {say.labour.discardText}
    </Ending>
  )
}

export function LabourClose({ importId, open }: { importId: string; open: number }) {
  const { say, count } = useWords()
  const { run, pending, refusal } = useWrite(closeStaffList)
  return (
    <Ending name={say.labour.close} pending={pending} refusal={refusal} onEnd={() => run({ params: { importId } })}>
      {open > 0 ? say.labour.closeText(count(open)) : say.labour.closeTextNone}
    </Ending>
  )
}

type EndingProps = {
  name: string
  pending: boolean
  refusal: Refusal | null
  danger?: boolean
  onEnd: () => Promise<unknown>
  children: ReactNode
}

function Ending({ name, pending, refusal, danger, onEnd, children }: EndingProps) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <ActButton act="admit" variant="default" onClick={() => setAsked(true)}>
        {name}
      </ActButton>
      <Modal
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={name}
        closeButtonProps={{ 'aria-label': say.frame.close }}
      >
        <p className="dialog-text">{children}</p>
        <Trouble refusal={refusal} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setAsked(false)}>
            {say.frame.cancel}
          </Button>
          <Button color={danger ? 'red.9' : undefined} loading={pending} onClick={() => void onEnd()}>
            {name}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
