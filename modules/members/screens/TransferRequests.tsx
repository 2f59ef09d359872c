/** Requests for members: those others make of this branch, to be answered; and those it made, with what became of them. */
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { useTell } from '#ui/notices.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { answerTransferRequest, listTransferRequests } from '../moves/contract.ts'
import { AgreeForm } from './AgreeForm.tsx'

type Asked = Reply<typeof listTransferRequests>['requests'][number]

export function TransferRequests({ unitId }: { unitId: string }) {
  const { say, count } = useWords()
  const tell = useTell()
  const read = useRead(listTransferRequests, { query: { unitId } })
  const refuse = useWrite(answerTransferRequest)
  const [sending, setSending] = useState<Asked | null>(null)
  const [refusing, setRefusing] = useState<Asked | null>(null)
  const waiting = (read.data?.requests ?? []).filter((one) => one.direction === 'in' && !one.answer).length
  return (
    <Part title={waiting > 0 ? `${say.moves.requests}: ${count(waiting)}` : say.moves.requests}>
      <Loaded read={read} lines={3}>
        {({ requests }) => (
          <>
            {requests.length === 0 && (
              <p className="muted">
                {say.moves.noneRequested}. {say.moves.noneRequestedHint}
              </p>
            )}
            {(['in', 'out'] as const).map((direction) => {
              const some = requests.filter((one) => one.direction === direction)
              if (some.length === 0) return null
              return (
                <section key={direction} className="asked">
                  <h3>{direction === 'in' ? say.moves.requestsIn : say.moves.requestsOut}</h3>
                  <ul className="requests">
                    {some.map((one) => (
                      <li key={one.id}>
                        <RequestLine request={one} />
                        {direction === 'in' && !one.answer && (
                          <div className="act-row">
                            <ActButton act="admit" size="xs" onClick={() => setSending(one)}>
                              {say.moves.answerSend}
                            </ActButton>
                            <ActButton act="admit" size="xs" variant="default" onClick={() => setRefusing(one)}>
                              {say.moves.answerRefuse}
                            </ActButton>
                          </div>
                        )}
                      </li>
                    ))}
                  </ul>
                </section>
              )
            })}
          </>
        )}
      </Loaded>
      {sending && <AgreeForm request={sending} onClose={() => setSending(null)} />}
      <ReasonDialog
        key={refusing?.id}
        opened={refusing !== null}
        onClose={() => setRefusing(null)}
        title={say.moves.answerRefuseTitle(refusing?.fullName ?? '')}
        confirm={say.moves.answerRefuse}
        danger
        pending={refuse.pending}
        refusal={refuse.refusal}
        onReason={(refusedBecause) =>
          void refuse.run({ params: { requestId: refusing!.id }, body: { refusedBecause } }).then((done) => {
            if (!done) return
            tell({ text: say.moves.refusedNow(refusing!.fullName) })
            setRefusing(null)
          })
        }
      >
        {say.moves.answerRefuseText}
      </ReasonDialog>
    </Part>
  )
}

function RequestLine({ request }: { request: Asked }) {
  const { say, day, instant } = useWords()
  const { personId, fullName, askedBy, holder, answer, reason } = request
  return (
    <div>
      <strong>{personId ? <Go to={paths.member(personId)}>{fullName}</Go> : fullName}</strong>
      <span className="block">
        {[holder?.name, say.moves.askedBy(askedBy), say.moves.wantedOn(day(request.on))].filter(Boolean).join(' · ')}
      </span>
      <small className="muted block">
        {say.moves.askedAt(instant(request.askedAt))} · {answer ? say.moves.answers[answer] : say.moves.waiting}
        {reason && `: ${reason}`}
      </small>
    </div>
  )
}
