/** An identity number, masked until somebody who may says why they must see it. The asking is kept by the server. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { readIdentityNumber } from '../contract.ts'

export function IdentityNumber({ personId, masked }: { personId: string; masked: string }) {
  const { say } = useWords()
  const why = useWhyNot('read-identity')
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<string | null>(null)
  const { run, pending, refusal, reset } = useWrite(readIdentityNumber, { keepsNothing: true })
  return (
    <span className="identity">
      <code>{shown ?? masked}</code>
      {shown ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown(null)}>
          {say.members.hideNumber}
        </Button>
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={why !== null}
          onClick={() => {
            reset()
            setAsking(true)
          }}
        >
          {say.members.showNumber}
        </Button>
      )}
      {why && <small className="muted block">{why}</small>}
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={say.members.showNumberTitle}
        confirm={say.members.showNumber}
        pending={pending}
        refusal={refusal}
        onReason={(reason) =>
          void run({ params: { personId }, body: { reason } }).then((read) => {
            if (!read) return
            setShown(read.identityNumber)
            setAsking(false)
          })
        }
      >
        {say.members.showNumberText}
      </ReasonDialog>
    </span>
  )
}
