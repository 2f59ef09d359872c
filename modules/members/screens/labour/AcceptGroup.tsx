/** The button above a group's rows: what is proposed for all of them, and the dialog that says what it will change. */
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWords } from '#ui/words.tsx'
import type { StaffVerdict } from '../../labour/rules.ts'
import { AcceptDialog } from './AcceptDialog.tsx'
import { bulkOf, countOf, proposedAct } from './groups.ts'
import type { Accepted } from './LabourGroups.tsx'

type AcceptGroupProps = { found: Import; verdict: StaffVerdict; onAccepted: (answer: Accepted) => void }

export function AcceptGroup({ found, verdict, onAccepted }: AcceptGroupProps) {
  const { say, count } = useWords()
  const [isAsked, setAsked] = useState(false)
  const n = bulkOf(found.counts, verdict)
  const held = countOf(found.counts, `held_${verdict}`)
  if (n === 0 && held === 0) return null
  return (
    <div className="accept-group">
      {n > 0 && (
        <ActButton act="admit" variant="default" onClick={() => setAsked(true)}>
          {say.labour.acceptGroup[proposedAct(verdict)](count(n))}
        </ActButton>
      )}
      {held > 0 && <p className="text-amber">{say.labour.heldApart(count(held))}</p>}
      {isAsked && (
        <AcceptDialog
          found={found}
          verdict={verdict}
          n={n}
          lines={null}
          title={say.labour.verdicts[verdict]}
          onClose={() => setAsked(false)}
          onAccepted={onAccepted}
        />
      )}
    </div>
  )
}
