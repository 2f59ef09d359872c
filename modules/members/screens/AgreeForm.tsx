/** Agrees to a request: the member is sent to the union that asked, from a day on. */
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useMe } from '#modules/access/screens/session.ts'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useWords } from '#ui/words.tsx'
import { answerTransferRequest, type listTransferRequests } from '../moves/contract.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useTellMoved } from './Undo.tsx'

type Asked = Reply<typeof listTransferRequests>['requests'][number]

export function AgreeForm({ request, onClose }: { request: Asked; onClose: () => void }) {
  const { say, day } = useWords()
  const me = useMe()
  const tell = useTellMoved()
  const { run, pending, refusal } = useWrite(answerTransferRequest)
  const [on, setOn] = useState(request.on > me.today ? me.today : request.on)

  async function agree() {
    const done = await run({ params: { requestId: request.id }, body: { on } })
    if (!done) return
    // An answer stays answered; taking the sending back would leave it without its movement.
    tell(say.moves.sent(request.fullName), [])
    onClose()
  }

  return (
    <MoveDialog
      title={say.moves.answerSendTitle(request.fullName, request.askedBy)}
      confirm={say.moves.answerSend}
      changes={on ? [request.holder && say.moves.willLeave(request.holder.name, day(on)), say.moves.willWait] : []}
      missing={on ? null : say.moves.needsDay}
      pending={pending}
      refusal={refusal}
      onClose={onClose}
      onConfirm={() => void agree()}
    >
      <DayField
        label={say.moves.sentOn}
        value={on}
        onDay={setOn}
        required
        data-autofocus
        error={faultFinder(refusal, '')('on')}
      />
    </MoveDialog>
  )
}
