/** Takes back everything that was accepted of a list, with a reason. */
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { undoStaffList } from '../../labour/contract.ts'

export function LabourUndo({ importId }: { importId: string }) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  const undo = useWrite(undoStaffList)
  return (
    <>
      <ActButton act="admit" icon="undo" variant="default" onClick={() => setAsked(true)}>
        {say.labour.undo}
      </ActButton>
      <ReasonDialog
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={say.labour.undo}
        confirm={say.labour.undo}
        danger
        pending={undo.pending}
        refusal={undo.refusal}
        onReason={(reason) => void undo.run({ params: { importId }, body: { reason } })}
      >
        {say.labour.undoText}
      </ReasonDialog>
    </>
  )
}
