/** Tells what was done, with one button that takes it back while it is fresh. The rows stay readable; the way back is kept too. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { useTell } from '#ui/notices.tsx'
import { refusalFrom } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { reverseMovement } from '../contract.ts'
import { reverseStatement } from '../record/contract.ts'

/** `tell(text, movementIds)`: the last of several movements is taken back first. */
export function useTellMoved() {
  const { say } = useWords()
  const tell = useTell()
  return (text: string, movementIds: readonly (string | null)[]) => {
    const ids = movementIds.filter((id) => id !== null).toReversed()
    const takeBack = async () => {
      for (const movementId of ids)
        await call(reverseMovement, { params: { movementId }, body: { reason: say.moves.undoReason } })
    }
    tell({ text, undo: ids.length > 0 ? <UndoButton takeBack={takeBack} said={say.moves.undone} /> : null })
  }
}

export function useTellSaid() {
  const { say } = useWords()
  const tell = useTell()
  return (text: string, statementId: string | null) => {
    const takeBack = () =>
      call(reverseStatement, { params: { statementId: statementId! }, body: { reason: say.moves.undoReason } })
    tell({ text, undo: statementId ? <UndoButton takeBack={takeBack} said={say.person.takenBack} /> : null })
  }
}

export function UndoButton({ takeBack, said }: { takeBack: () => Promise<unknown>; said: string }) {
  const { say } = useWords()
  const tell = useTell()
  const client = useQueryClient()
  const [pending, setPending] = useState(false)
  async function undo() {
    setPending(true)
    try {
      await takeBack()
      tell({ text: said })
    } catch (error) {
      tell({ text: refusalFrom(error).message })
    } finally {
      setPending(false)
      await client.invalidateQueries()
    }
  }
  return (
    <Button
      className="notice-undo"
      variant="default"
      size="compact-sm"
      loading={pending}
      leftSection={<Icon name="undo" size={14} />}
      onClick={() => void undo()}
    >
      {say.frame.undo}
    </Button>
  )
}
