/** A founding as it is being prepared: kept in the tab, turned into the request at the end. Pure. */
import { emptyEmployer, employerOf, type EmployerDraft } from '#modules/employers/screens/EmployerFields.tsx'
import type { PersonEntry } from '#modules/members/contract.ts'
import { blankPerson, filled } from '#modules/members/screens/people.ts'
import { decisionOf, emptyDecision, isDecided, type DecisionDraft } from '#modules/units/screens/Decision.tsx'
import type { FoundingEntry } from '../contract.ts'

export const steps = ['union', 'employer', 'decision', 'people', 'check'] as const
export type Step = (typeof steps)[number]

export type FoundingDraft = {
  step: Step
  upperUnit: { id: string; name: string } | null
  kind: 'grassroots' | 'occupational'
  name: string
  sector: '' | 'state' | 'non_state'
  employer: EmployerDraft
  /** The employer came from the register. */
  employerKnown: boolean
  decision: DecisionDraft
  officerId: string
  people: PersonEntry[]
}

export const emptyFounding: FoundingDraft = {
  step: 'union',
  upperUnit: null,
  kind: 'grassroots',
  name: '',
  sector: 'non_state',
  employer: emptyEmployer,
  employerKnown: false,
  decision: emptyDecision,
  officerId: '',
  people: [blankPerson],
}

/** Whether a step holds all that the founding needs from it. */
export function isComplete(draft: FoundingDraft, step: Step): boolean {
  if (step === 'union') return draft.upperUnit !== null && draft.name.trim() !== ''
  if (step === 'employer')
    return draft.kind === 'occupational' || (draft.employer.taxCode.trim() !== '' && draft.employer.name.trim() !== '')
  if (step === 'decision') return isDecided(draft.decision)
  if (step === 'people') return filled(draft.people).length > 0
  return false
}

/** The request, or null while a step still lacks something. */
export function entryOf(draft: FoundingDraft): FoundingEntry | null {
  const decision = decisionOf(draft.decision)
  if (!draft.upperUnit || !decision || steps.some((step) => step !== 'check' && !isComplete(draft, step))) return null
  return {
    upperUnitId: draft.upperUnit.id,
    kind: draft.kind,
    name: draft.name,
    sector: draft.sector || null,
    employer: draft.kind === 'occupational' ? null : employerOf(draft.employer),
    decision,
    officerId: draft.officerId || null,
    people: filled(draft.people),
  }
}

/** The step whose fields a fault points at. */
export function stepOf(pointer: string | null | undefined): Step {
  if (!pointer) return 'union'
  if (pointer.includes('/people')) return 'people'
  if (pointer.includes('/decision') || pointer.includes('/officerId')) return 'decision'
  return pointer.includes('/employer') ? 'employer' : 'union'
}
