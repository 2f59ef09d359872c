/** How a file is to be read, while it is being chosen. It starts from what was chosen last, else from what was recognised. Pure. */
import type { Import, ImportColumn, ImportHead } from '#modules/imports/contract.ts'
import { emptyDecision, type DecisionDraft } from '#modules/units/screens/Decision.tsx'
import type { Settings } from '../../import/contract.ts'

export type ReadDraft = {
  /** By place in the file; null: ignored. */
  fields: Record<number, string | null>
  sheet: string
  kind: Settings['kind']
  on: string
  decision: DecisionDraft
  officerId: string
}

export function draftOf({ head, settings }: Import, today: string): ReadDraft {
  const said = settings as Partial<Settings>
  const decision = said.decision
  return {
    fields: Object.fromEntries((said.columns ?? head.columns).map(({ index, field }) => [index, field])),
    sheet: said.sheet ?? '',
    kind: said.kind ?? 'opening',
    on: said.on ?? today,
    decision: decision
      ? {
          number: decision.number,
          signedOn: decision.signedOn,
          effectiveOn: decision.effectiveOn,
          handedOverOn: decision.handedOverOn ?? '',
          signer: decision.signer ?? '',
        }
      : emptyDecision,
    officerId: said.officerId ?? '',
  }
}

/** The columns as chosen: what an officer chose is sure. */
export const columnsOf = (head: ImportHead, draft: ReadDraft): ImportColumn[] =>
  head.columns.map((column) => {
    const field = draft.fields[column.index] ?? null
    return { ...column, field, confidence: field === column.field && !head.isRemembered ? column.confidence : 'sure' }
  })

export const isSheetChanged = (head: ImportHead, draft: ReadDraft): boolean =>
  draft.sheet !== '' && draft.sheet !== head.sheet
