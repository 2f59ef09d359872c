/** A person: their union, every movement with its paper, a masked identity number, leaving, and taking a movement back. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { ActButton, useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { DecisionLine } from '#modules/units/screens/Decision.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { Go, useParam } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { useTell } from '#ui/notices.tsx'
import { Facts, Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { reverseMovement, showMember } from '../contract.ts'
import { DepartureForm } from './DepartureForm.tsx'
import { IdentityNumber } from './IdentityNumber.tsx'

export function MemberPage() {
  const { say, work, day, instant } = useWords()
  const personId = useParam('personId')
  const read = useRead(showMember, { params: { personId } })
  const tell = useTell()
  const why = useWhyNot('admit')
  const reversal = useWrite(reverseMovement)
  const [reversing, setReversing] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const back = { to: paths.members, label: say.members.title }
  if (!read.data) {
    return (
      <Page title={say.members.one} back={back}>
        {read.error ? <Trouble refusal={read.error} onRetry={() => void read.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  return (
    <Loaded read={read}>
      {(member) => (
        <Page
          title={member.fullName}
          back={back}
          lead={
            member.unit ? (
              <>
                {say.members.memberOf} <Go to={paths.unit(member.unit.id)}>{member.unit.name}</Go>{' '}
                {say.members.sinceDay(day(member.since))}
              </>
            ) : (
              say.members.noUnion
            )
          }
          acts={
            member.unit && (
              <ActButton act="admit" variant="default" onClick={() => setLeaving(true)}>
                {say.members.release}
              </ActButton>
            )
          }
        >
          <Facts
            facts={[
              [say.members.birthDate, day(member.birthDate)],
              [say.members.sex, work.sexes[member.sex]],
              [
                say.members.identityNumber,
                <IdentityNumber key={member.id} personId={member.id} masked={member.identityMasked} />,
              ],
            ]}
          />
          <Part title={say.members.movements}>
            <div className="scroll">
              <table className="ledger cards">
                <thead>
                  <tr>
                    <th scope="col">{say.units.day}</th>
                    <th scope="col">{say.members.movement}</th>
                    <th scope="col">{say.members.union}</th>
                    <th scope="col">{say.units.decision}</th>
                    <th scope="col">{say.members.officer}</th>
                    <th scope="col">{say.frame.recordedAt}</th>
                    <th scope="col">
                      <span className="sr-only">{say.members.takeBack}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {member.movements.map((movement) => (
                    <tr key={movement.id} className={movement.reversedById ? 'struck' : undefined}>
                      <td className="code">{day(movement.occurredOn)}</td>
                      <th scope="row">
                        {movement.reversesId
                          ? say.members.reversalOf(work.movementKinds[movement.kind])
                          : work.movementKinds[movement.kind]}
                        {movement.reversedById && <small className="tag-red">{say.members.reversed}</small>}
                        {movement.reason && <small className="block muted">{movement.reason}</small>}
                      </th>
                      <td>
                        <Go to={paths.unit(movement.unit.id)}>{movement.unit.name}</Go>
                      </td>
                      <td>
                        <DecisionLine decision={movement.decision} />
                      </td>
                      <td>{movement.officer?.name}</td>
                      <td className="muted">
                        {instant(movement.recordedAt)}
                        <small className="block">{movement.recordedBy}</small>
                      </td>
                      <td>
                        {!movement.reversedById && !movement.reversesId && (
                          <Button
                            variant="subtle"
                            size="compact-sm"
                            leftSection={<Icon name="undo" size={14} />}
                            disabled={why !== null}
                            title={why ?? undefined}
                            onClick={() => {
                              reversal.reset()
                              setReversing(movement.id)
                            }}
                          >
                            {say.members.takeBack}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {why && <p className="muted why">{why}</p>}
          </Part>
          <ReasonDialog
            opened={reversing !== null}
            onClose={() => setReversing(null)}
            title={say.members.takeBackTitle}
            confirm={say.members.takeBack}
            danger
            pending={reversal.pending}
            refusal={reversal.refusal}
            onReason={(reason) =>
              void reversal.run({ params: { movementId: reversing! }, body: { reason } }).then((done) => {
                if (!done) return
                setReversing(null)
                tell({ text: say.members.takenBack })
              })
            }
          >
            {say.members.takeBackText}
          </ReasonDialog>
          {leaving && <DepartureForm personId={member.id} name={member.fullName} onClose={() => setLeaving(false)} />}
        </Page>
      )}
    </Loaded>
  )
}
