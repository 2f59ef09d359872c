/** Workers who were invited: who is to answer is chosen and admitted, or declines; who joined, declined, or is invited no more. */
import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { usePages, useWrite } from '#ui/api.ts'
import { leaveDraft } from '#ui/draft.ts'
import { Go, useGo } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { declineInvitation, listInvitations, openInvitations } from '../../labour/contract.ts'

const states = ['open', 'joined', 'declined', 'withdrawn'] as const
type State = (typeof states)[number]

export function Invited({ unitId }: { unitId: string }) {
  const { say } = useWords()
  const [state, setState] = useState<State>('open')
  return (
    <Part title={say.labour.invited} id="invited">
      <div className="choice" role="group" aria-label={say.labour.invited}>
        {states.map((one) => (
          <button key={one} type="button" aria-pressed={one === state} onClick={() => setState(one)}>
            {say.labour.invitedTabs[one]}
          </button>
        ))}
      </div>
      <InvitedList key={state} unitId={unitId} state={state} />
    </Part>
  )
}

function InvitedList({ unitId, state }: { unitId: string; state: State }) {
  const { say, count, day } = useWords()
  const go = useGo()
  const read = usePages(listInvitations, { query: { unitId, state } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [declining, setDeclining] = useState<{ id: string; fullName: string } | null>(null)
  const open = useWrite(openInvitations, { keepsNothing: true })
  const decline = useWrite(declineInvitation)

  function choose(id: string, is: boolean) {
    const next = new Set(chosen)
    if (is) next.add(id)
    else next.delete(id)
    setChosen(next)
  }

  async function admit(into: string) {
    const reply = await open.run({ params: { unitId: into }, body: { invitationIds: [...chosen] } })
    if (!reply) return
    leaveDraft('admission', { people: reply.people })
    go(paths.newAdmission, { into })
  }

  return (
    <Loaded read={read} lines={4}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.invitations)
        if (rows.length === 0)
          return <Empty title={say.labour.noInvited[state]}>{state === 'open' && say.labour.noInvitedHint}</Empty>
        // One admission is into one union: the first chosen says which.
        const into = rows.find((row) => chosen.has(row.id))?.unitId ?? null
        const isMany = rows.some((row) => row.unitId !== rows[0]!.unitId)
        return (
          <>
            <table className="ledger cards invited">
              <thead>
                <tr>
                  {state === 'open' && (
                    <th scope="col">
                      <span className="sr-only">{say.labour.admit('')}</span>
                    </th>
                  )}
                  <th scope="col">{say.members.fullName}</th>
                  <th scope="col">{say.members.birthDate}</th>
                  <th scope="col">{say.members.identityNumber}</th>
                  {isMany && <th scope="col">{say.members.union}</th>}
                  <th scope="col">{say.labour.invitedOn}</th>
                  {state !== 'joined' && <th scope="col">{state === 'open' ? '' : say.labour.reason}</th>}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    {state === 'open' && (
                      <td className="pick">
                        <Checkbox
                          aria-label={say.labour.pick(row.fullName)}
                          checked={chosen.has(row.id)}
                          disabled={into !== null && row.unitId !== into}
                          onChange={(event) => choose(row.id, event.currentTarget.checked)}
                        />
                      </td>
                    )}
                    <th scope="row">
                      {row.personId ? <Go to={paths.member(row.personId)}>{row.fullName}</Go> : row.fullName}
                    </th>
                    <td className="code">{row.birth.length === 4 ? row.birth : day(row.birth)}</td>
                    <td className="code">{row.identity}</td>
                    {isMany && <td>{row.unitName}</td>}
                    <td className="code">{day(row.on)}</td>
                    {state === 'open' && (
                      <td className="row-act">
                        <ActButton
                          act="admit"
                          variant="default"
                          size="compact-sm"
                          aria-label={say.labour.declineOf(row.fullName)}
                          onClick={() => setDeclining(row)}
                        >
                          {say.labour.decline}
                        </ActButton>
                      </td>
                    )}
                    {(state === 'declined' || state === 'withdrawn') && <td>{row.reason}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
            {read.hasNextPage && (
              <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                {say.frame.loadMore}
              </Button>
            )}
            {into !== null && (
              <div className="invited-acts">
                <Trouble refusal={open.refusal} />
                <ActButton act="admit" loading={open.pending} onClick={() => void admit(into)}>
                  {say.labour.admit(count(chosen.size))}
                </ActButton>
                <p className="field-hint">{say.labour.admitHint}</p>
              </div>
            )}
            <ReasonDialog
              key={declining?.id}
              opened={declining !== null}
              onClose={() => setDeclining(null)}
              title={say.labour.declineOf(declining?.fullName ?? '')}
              confirm={say.labour.decline}
              pending={decline.pending}
              refusal={decline.refusal}
              onReason={(reason) => {
                void decline
                  .run({ params: { invitationId: declining!.id }, body: { reason } })
                  .then((reply) => reply && setDeclining(null))
              }}
            >
              {say.labour.declineText}
            </ReasonDialog>
          </>
        )
      }}
    </Loaded>
  )
}
