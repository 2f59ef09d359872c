/** Third step: the decision, and the officer the founding is credited to. */
import { OfficerField } from '#modules/access/screens/OfficerField.tsx'
import { DecisionFields } from '#modules/units/screens/Decision.tsx'
import { faultFinder } from '#ui/faults.ts'
import type { Refusal } from '#ui/refusal.ts'
import type { FoundingDraft } from './draft.ts'

type DecisionStepProps = {
  draft: FoundingDraft
  set: (change: Partial<FoundingDraft>) => void
  refusal: Refusal | null
}

export function DecisionStep({ draft, set, refusal }: DecisionStepProps) {
  return (
    <>
      <DecisionFields
        draft={draft.decision}
        onDraft={(decision) => set({ decision })}
        faultAt={faultFinder(refusal, '/decision')}
      />
      {draft.upperUnit && (
        <div className="fields">
          <OfficerField
            unitId={draft.upperUnit.id}
            value={draft.officerId}
            onOfficer={(officerId) => set({ officerId })}
          />
        </div>
      )}
    </>
  )
}
