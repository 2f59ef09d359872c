/** Every group as proposed, in one act: each says in a sentence what it will change, and any may be left out. */
import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { useWords } from '#ui/words.tsx'
import { acceptStaffRows, type StaffSettings } from '../../labour/contract.ts'
import type { StaffVerdict } from '../../labour/rules.ts'
import { MoveDialog } from '../MoveDialog.tsx'
import { bulkOf, countOf, order, proposedAct } from './groups.ts'
import type { Accepted } from './LabourGroups.tsx'

type AcceptAllProps = { found: Import; onAccepted: (answer: Accepted) => void }

export function AcceptAll({ found, onAccepted }: AcceptAllProps) {
  const { say, count, day } = useWords()
  const [isAsked, setAsked] = useState(false)
  const [without, setWithout] = useState<ReadonlySet<StaffVerdict>>(new Set())
  const accept = useWrite(acceptStaffRows)
  const { counts } = found
  const { on } = found.settings as StaffSettings
  const groups = order.filter((verdict) => bulkOf(counts, verdict) > 0)
  const chosen = groups.filter((verdict) => !without.has(verdict))
  const sum = (some: readonly StaffVerdict[]) => some.reduce((total, verdict) => total + bulkOf(counts, verdict), 0)
  const [held, unclear] = [countOf(counts, 'held'), countOf(counts, 'open_unclear')]
  if (groups.length === 0) return null

  async function acceptNow() {
    const body = {
      groups: chosen.map((verdict) => ({ verdict, act: proposedAct(verdict), count: bulkOf(counts, verdict) })),
    }
    const answer = await accept.run({ params: { importId: found.id }, body })
    if (!answer) return
    onAccepted(answer)
    setAsked(false)
  }

  function choose(verdict: StaffVerdict, is: boolean) {
    const next = new Set(without)
    if (is) next.delete(verdict)
    else next.add(verdict)
    setWithout(next)
  }

  return (
    <>
      <ActButton act="admit" onClick={() => setAsked(true)}>
        {say.labour.acceptAll(count(sum(groups)))}
      </ActButton>
      {isAsked && (
        <MoveDialog
          title={say.labour.acceptAllTitle}
          confirm={say.labour.accept}
          changes={[
            held > 0 ? say.labour.heldApart(count(held)) : null,
            unclear > 0 && chosen.includes('gone') ? say.labour.unclearToo(count(unclear)) : null,
          ]}
          missing={chosen.length === 0 ? say.labour.noneChosen : null}
          pending={accept.pending}
          refusal={accept.refusal}
          onClose={() => {
            accept.reset()
            setAsked(false)
          }}
          onConfirm={() => void acceptNow()}
        >
          <p>{say.labour.acceptAllLead}</p>
          <div className="accept-groups" role="group" aria-label={say.labour.all}>
            {groups.map((verdict) => (
              <Checkbox
                key={verdict}
                label={say.labour.will[proposedAct(verdict)](count(bulkOf(counts, verdict)), day(on))}
                description={say.labour.verdicts[verdict]}
                checked={!without.has(verdict)}
                onChange={(event) => choose(verdict, event.currentTarget.checked)}
              />
            ))}
          </div>
        </MoveDialog>
      )}
    </>
  )
}
