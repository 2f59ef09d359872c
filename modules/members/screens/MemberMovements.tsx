/** Every movement of one person with its paper, the first one first; each can be taken back with a reason. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { DecisionLine } from '#modules/units/screens/Decision.tsx'
import { useWrite } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useTell } from '#ui/notices.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { reverseMovement, type showMember } from '../contract.ts'

type Movement = Reply<typeof showMember>['movements'][number]

export function MemberMovements({ movements }: { movements: readonly Movement[] }) {
  const { say, work, day, instant } = useWords()
  const tell = useTell()
  const why = useWhyNot('admit')
  const reversal = useWrite(reverseMovement)
  const [reversing, setReversing] = useState<string | null>(null)
  const kindOf = (one: Movement) =>
    one.reversesId ? say.members.reversalOf(work.movementKinds[one.kind]) : work.movementKinds[one.kind]
  return (
    <Part title={say.members.movements}>
      <div className="scroll">
        <table className="ledger cards movements">
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
            {movements.map((one) => (
              <tr key={one.id} className={one.reversedById ? 'struck' : undefined}>
                <td className="code">{day(one.occurredOn)}</td>
                <th scope="row">
                  {kindOf(one)}
                  {one.reversedById && <small className="tag-red">{say.members.reversed}</small>}
                  {one.cause && (
                    <small className="block muted">
                      {work.movementCauses[one.cause as keyof typeof work.movementCauses]}
                    </small>
                  )}
                  {one.reason && <small className="block muted">{one.reason}</small>}
                </th>
                <td>
                  <Go to={paths.unit(one.unit.id)}>{one.unit.name}</Go>
                  <OtherEnd movement={one} />
                </td>
                <td>
                  <DecisionLine decision={one.decision} />
                </td>
                <td>{one.officer?.name}</td>
                <td className="muted">
                  {instant(one.recordedAt)}
                  <small className="block">{one.recordedBy}</small>
                </td>
                <td>
                  {!one.reversedById && !one.reversesId && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      leftSection={<Icon name="undo" size={14} />}
                      disabled={why !== null}
                      title={why ?? undefined}
                      onClick={() => {
                        reversal.reset()
                        setReversing(one.id)
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
    </Part>
  )
}

/** The other union of a transfer: named, hidden, or not known. */
function OtherEnd({ movement: { kind, otherUnit, isOtherHidden } }: { movement: Movement }) {
  const { say } = useWords()
  if (kind !== 'sent' && kind !== 'received') return null
  const phrase = kind === 'sent' ? say.moves.movedTo : say.moves.movedFrom
  const nowhere = isOtherHidden ? say.moves.state.hidden : say.moves.state.unknown
  return <small className="block muted">{phrase(otherUnit?.name ?? nowhere)}</small>
}
