/** A decision: as one line beside what rests on it, and as the fields of a form. Three days; the effective one counts. */
import { TextInput } from '@mantine/core'
import { DayField } from '#ui/DayField.tsx'
import { useWords } from '#ui/words.tsx'
import type { Decision, DecisionEntry } from '../contract.ts'

export function DecisionLine({ decision }: { decision: Decision | null }) {
  const { say, day } = useWords()
  if (!decision) return <span className="muted">{say.units.noDecision}</span>
  return (
    <span className="decision">
      <strong>{decision.number}</strong>
      <small>
        {say.units.signedOn(day(decision.signedOn))} · {decision.issuer.name}
      </small>
    </span>
  )
}

/** A decision as it is being typed: every field present, empty while unknown. */
export type DecisionDraft = {
  number: string
  signedOn: string
  effectiveOn: string
  handedOverOn: string
  signer: string
}

export const emptyDecision: DecisionDraft = { number: '', signedOn: '', effectiveOn: '', handedOverOn: '', signer: '' }

export const isDecided = (draft: DecisionDraft): boolean =>
  Boolean(draft.number.trim() && draft.signedOn && draft.effectiveOn)

/** As the endpoints take it; null when no number was typed. */
export function decisionOf(draft: DecisionDraft): DecisionEntry | null {
  if (!draft.number.trim()) return null
  const { number, signedOn, effectiveOn, handedOverOn, signer } = draft
  return {
    number,
    signedOn,
    effectiveOn: effectiveOn || signedOn,
    handedOverOn: handedOverOn || null,
    signer: signer.trim() || null,
  }
}

type DecisionFieldsProps = {
  draft: DecisionDraft
  onDraft: (draft: DecisionDraft) => void
  required?: boolean
  /** A fault the server named at a field. */
  faultAt?: (field: string) => string | null
}

export function DecisionFields({ draft, onDraft, required, faultAt = () => null }: DecisionFieldsProps) {
  const { say } = useWords()
  const set = (change: Partial<DecisionDraft>) => onDraft({ ...draft, ...change })
  const early = draft.signedOn && draft.effectiveOn && draft.effectiveOn < draft.signedOn
  return (
    <div className="fields">
      <TextInput
        label={say.units.decisionNumber}
        placeholder={say.units.numberHint}
        value={draft.number}
        onChange={(event) => set({ number: event.currentTarget.value })}
        required={required}
        maxLength={60}
        error={faultAt('number')}
      />
      <TextInput
        label={say.units.signer}
        value={draft.signer}
        onChange={(event) => set({ signer: event.currentTarget.value })}
        maxLength={120}
        error={faultAt('signer')}
      />
      <DayField
        label={say.units.signedOnLabel}
        value={draft.signedOn}
        required={required}
        error={faultAt('signedOn')}
        onDay={(signedOn) => set({ signedOn, effectiveOn: draft.effectiveOn || signedOn })}
      />
      <DayField
        label={say.units.effectiveOnLabel}
        description={say.units.effectiveHint}
        value={draft.effectiveOn}
        required={required}
        error={early ? say.units.effectiveEarly : faultAt('effectiveOn')}
        onDay={(effectiveOn) => set({ effectiveOn })}
      />
      <DayField
        label={say.units.handedOverLabel}
        value={draft.handedOverOn}
        error={faultAt('handedOverOn')}
        onDay={(handedOverOn) => set({ handedOverOn })}
      />
    </div>
  )
}
