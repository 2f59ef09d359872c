/** Cancels a founding decision whole: union, admissions and ledger rows are reversed, and every figure returns. */
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { useGo } from '#ui/Go.tsx'
import { useTell } from '#ui/notices.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { cancelFounding } from '../contract.ts'

export function CancelFounding({ foundingId, label }: { foundingId: string; label: string }) {
  const { say, count } = useWords()
  const tell = useTell()
  const go = useGo()
  const [asking, setAsking] = useState(false)
  const { run, pending, refusal, reset } = useWrite(cancelFounding)
  return (
    <>
      <ActButton
        act="cancel-founding"
        variant="default"
        icon="undo"
        onClick={() => {
          reset()
          setAsking(true)
        }}
      >
        {label}
      </ActButton>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={say.founding.cancelTitle}
        confirm={say.founding.cancel}
        danger
        pending={pending}
        refusal={refusal}
        onReason={(reason) =>
          void run({ params: { foundingId }, body: { reason } }).then((done) => {
            if (!done) return
            setAsking(false)
            tell({ text: say.founding.cancelled(count(done.reversedMovements)) })
            go(paths.founding(foundingId))
          })
        }
      >
        {say.founding.cancelText}
      </ReasonDialog>
    </>
  )
}
