/** The dialog around every move: what is asked, what will change, what stands in the way, and the one act. */
import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'

type MoveDialogProps = {
  title: string
  confirm: string
  danger?: boolean
  /** What will change, line by line. */
  changes?: readonly (string | null)[]
  /** What is still to be filled in; null when the act may go ahead. */
  missing: string | null
  pending: boolean
  refusal: Refusal | null
  onClose: () => void
  onConfirm: () => void
  children: ReactNode
}

export function MoveDialog({
  title,
  confirm,
  danger,
  changes = [],
  missing,
  pending,
  refusal,
  onClose,
  onConfirm,
  children,
}: MoveDialogProps) {
  const { say } = useWords()
  const told = changes.filter((line) => line !== null)
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': say.frame.close }}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing) onConfirm()
        }}
      >
        {children}
        {told.length > 0 && (
          <div className="changes move-changes" role="status">
            <strong>{say.moves.willChange}</strong>
            <ul>
              {told.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        <Trouble refusal={refusal} />
        <Group justify="flex-end" align="center" gap="xs">
          {missing && <small className="muted move-missing">{missing}</small>}
          <Button variant="default" onClick={onClose}>
            {say.frame.cancel}
          </Button>
          <Button type="submit" color={danger ? 'red.9' : undefined} loading={pending} disabled={missing !== null}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
