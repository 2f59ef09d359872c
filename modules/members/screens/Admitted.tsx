/** What an admission did, with the way to take all of it back. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { refusalFrom, type Refusal } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import { reverseMovement } from '../contract.ts'

type AdmittedProps = { unitId: string; unitName: string; movementIds: string[]; admitted: number; onAgain: () => void }

export function Admitted({ unitId, unitName, movementIds, admitted, onAgain }: AdmittedProps) {
  const { say, count } = useWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [undone, setUndone] = useState(0)
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  /** One after another: what cannot be taken back stops it, and says who. The rest stays taken back. */
  async function takeAllBack(reason: string) {
    setPending(true)
    setRefusal(null)
    let done = undone
    try {
      for (const movementId of movementIds.slice(undone)) {
        await call(reverseMovement, { params: { movementId }, body: { reason } })
        setUndone(++done)
      }
      setAsking(false)
    } catch (error) {
      setRefusal(refusalFrom(error))
    } finally {
      setPending(false)
      await client.invalidateQueries()
    }
  }

  return (
    <div className="done">
      <p className="done-title">
        <Icon name="check" size={22} />
        {undone === 0
          ? say.members.admitted(count(admitted), unitName)
          : say.members.allTakenBack(count(undone), count(admitted))}
      </p>
      <div className="act-row">
        <Go className="link-button" to={paths.members} search={{ unit: unitId }}>
          {say.members.seeMembers}
        </Go>
        <Button variant="default" onClick={onAgain}>
          {say.members.admitMore}
        </Button>
        {undone < movementIds.length && (
          <Button variant="default" leftSection={<Icon name="undo" size={16} />} onClick={() => setAsking(true)}>
            {say.frame.undo}
          </Button>
        )}
      </div>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={say.members.undoAdmission}
        confirm={say.frame.undo}
        danger
        pending={pending}
        refusal={refusal}
        onReason={(reason) => void takeAllBack(reason)}
      >
        {say.members.undoAdmissionText(count(movementIds.length))}
      </ReasonDialog>
    </div>
  )
}
