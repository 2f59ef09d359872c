/** Where a list stands on its way; before it is written one may go back to its columns. */
import type { ImportState } from '#modules/imports/contract.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'

const steps = ['file', 'columns', 'preview', 'done'] as const
type Step = (typeof steps)[number]

const at: Record<ImportState, Step> = {
  received: 'columns',
  failed: 'columns',
  reading: 'columns',
  ready: 'preview',
  committing: 'preview',
  done: 'done',
  undoing: 'done',
  undone: 'done',
  discarded: 'file',
}

/** The step to show; `asked` is the address' word, heard only while nothing is written. */
export const stepOf = (state: ImportState, asked: string | undefined): Step =>
  state === 'ready' && asked === 'columns' ? 'columns' : at[state]

type ImportStepsProps = { importId: string; state: ImportState; asked: string | undefined }

export function ImportSteps({ importId, state, asked }: ImportStepsProps) {
  const { say } = useWords()
  const now = stepOf(state, asked)
  if (state === 'discarded') return null
  return (
    <ol className="steps" aria-label={say.imports.stepsLabel}>
      {steps.map((step, index) => {
        const isBehind = index < steps.indexOf(at[state]) || state === 'done'
        const isOpen = state === 'ready' && (step === 'columns' || step === 'preview') && step !== now
        const face = (
          <>
            <span className="step-mark">
              {isBehind && (step !== now || state === 'done') ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <span className="step-name">{say.imports.steps[step]}</span>
          </>
        )
        return (
          <li key={step} className={`${isBehind ? 'complete' : 'open'}${step === now ? ' now' : ''}`}>
            {isOpen ? (
              <Go className="step" to={paths.import(importId)} search={step === 'columns' ? { step } : {}}>
                {face}
              </Go>
            ) : (
              <span className="step" aria-current={step === now ? 'step' : undefined}>
                {face}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
