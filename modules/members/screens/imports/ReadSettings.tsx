/** How the people of a list are to be written: counted as admissions or not, from which day, on which paper, by whom. */
import { OfficerField } from '#modules/access/screens/OfficerField.tsx'
import { DecisionFields } from '#modules/units/screens/Decision.tsx'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import type { Refusal } from '#ui/refusal.ts'
import { useWords } from '#ui/words.tsx'
import type { ReadDraft } from './readdraft.ts'

type ReadSettingsProps = {
  unitId: string
  draft: ReadDraft
  set: (change: Partial<ReadDraft>) => void
  refusal: Refusal | null
}

const kinds = ['opening', 'admitted'] as const

export function ReadSettings({ unitId, draft, set, refusal }: ReadSettingsProps) {
  const { say } = useWords()
  return (
    <div className="read-settings">
      <div>
        <span className="field-label">{say.imports.kind}</span>
        <div className="choice" role="group" aria-label={say.imports.kind}>
          {kinds.map((kind) => (
            <button key={kind} type="button" aria-pressed={draft.kind === kind} onClick={() => set({ kind })}>
              {say.imports.kinds[kind]}
            </button>
          ))}
        </div>
        <p className="field-hint" role="status">
          {say.imports.kindHints[draft.kind]}
        </p>
      </div>
      <div className="fields">
        <DayField
          label={say.imports.on}
          description={say.imports.onHint}
          value={draft.on}
          onDay={(on) => set({ on })}
          required
          error={faultFinder(refusal, '')('on')}
        />
        <OfficerField unitId={unitId} value={draft.officerId} onOfficer={(officerId) => set({ officerId })} />
      </div>
      <details open={draft.decision.number !== ''}>
        <summary>{say.units.withDecision}</summary>
        <DecisionFields
          draft={draft.decision}
          onDraft={(decision) => set({ decision })}
          faultAt={faultFinder(refusal, '/decision')}
        />
      </details>
    </div>
  )
}
