/** Gives up an import that was not written, after saying what goes with it. */
import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { discardMemberImport } from '../../import/contract.ts'

export function DiscardButton({ importId }: { importId: string }) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  const { run, pending, refusal } = useWrite(discardMemberImport)
  return (
    <>
      <ActButton act="admit" variant="default" onClick={() => setAsked(true)}>
        {say.imports.discard}
      </ActButton>
      <Modal
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={say.imports.discard}
        closeButtonProps={{ 'aria-label': say.frame.close }}
      >
        <p className="dialog-text">{say.imports.discardText}</p>
        <Trouble refusal={refusal} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setAsked(false)}>
            {say.frame.cancel}
          </Button>
          <Button color="red.9" loading={pending} onClick={() => void run({ params: { importId } })}>
            {say.imports.discard}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
