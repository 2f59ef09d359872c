/** Asks why before something is taken back or a secret is shown. The reason is kept with the act. */
import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Refusal } from './refusal.ts'
import { Trouble } from './Trouble.tsx'
import { useWords } from './words.tsx'

type ReasonDialogProps = {
  opened: boolean
  onClose: () => void
  title: string
  /** What will change, in words. */
  children?: ReactNode
  confirm: string
  danger?: boolean
  pending: boolean
  refusal: Refusal | null
  onReason: (reason: string) => void
}

export function ReasonDialog({
  opened,
  onClose,
  title,
  children,
  confirm,
  danger,
  pending,
  refusal,
  onReason,
}: ReasonDialogProps) {
  const { say } = useWords()
  const [reason, setReason] = useState('')
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': say.frame.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim()) onReason(reason)
        }}
      >
        {children && <div className="dialog-text">{children}</div>}
        <Textarea
          label={say.frame.reason}
          description={say.frame.reasonKept}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize={false}
          rows={3}
          maxLength={300}
          required
          data-autofocus
        />
        <Trouble refusal={refusal} />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={onClose}>
            {say.frame.cancel}
          </Button>
          <Button type="submit" color={danger ? 'red.9' : undefined} loading={pending} disabled={!reason.trim()}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
