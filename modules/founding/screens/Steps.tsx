/** Where the officer stands on the way: each step open to a tap, marked done or wanting in words as well as colour. */
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { steps, type Step } from './draft.ts'

type StepsProps = { now: Step; isComplete: (step: Step) => boolean; faulty: Step | null; onStep: (step: Step) => void }

export function Steps({ now, isComplete, faulty, onStep }: StepsProps) {
  const { say } = useWords()
  return (
    <ol className="steps" aria-label={say.founding.stepsLabel}>
      {steps.map((step, index) => {
        const state = faulty === step ? 'faulty' : isComplete(step) ? 'complete' : 'open'
        return (
          <li key={step} className={`${state}${step === now ? ' now' : ''}`}>
            <button type="button" aria-current={step === now ? 'step' : undefined} onClick={() => onStep(step)}>
              <span className="step-mark">
                {state === 'complete' ? (
                  <Icon name="check" size={14} />
                ) : state === 'faulty' ? (
                  <Icon name="warning" size={14} />
                ) : (
                  index + 1
                )}
              </span>
              <span className="step-name">{say.founding.steps[step]}</span>
              <span className="sr-only">{step === 'check' ? '' : say.founding.stepStates[state]}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
