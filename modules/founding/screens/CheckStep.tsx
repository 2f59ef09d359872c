/** Fifth step: what the founding will change, in numbers, and what stands in its way. Nothing is kept until the button. */
import { Button } from '@mantine/core'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { filled } from '#modules/members/screens/people.ts'
import type { Reply } from '#kernel/endpoint.ts'
import { Waiting } from '#ui/Loaded.tsx'
import { Facts } from '#ui/Page.tsx'
import type { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import type { checkFounding } from '../contract.ts'
import { Changes } from './Changes.tsx'
import { entryOf, isComplete, stepOf, steps, type FoundingDraft, type Step } from './draft.ts'

type Checked = Reply<typeof checkFounding>

type CheckStepProps = {
  draft: FoundingDraft
  checked: Checked | null
  others: Checked['faults']
  rows: number
  pending: boolean
  committing: boolean
  refusal: Refusal | null
  onCheck: () => void
  onStep: (step: Step) => void
  onFound: () => void
}

export function CheckStep({
  draft,
  checked,
  others,
  rows,
  pending,
  committing,
  refusal,
  onCheck,
  onStep,
  onFound,
}: CheckStepProps) {
  const { say, work, count, day } = useWords()
  const wanting = steps.filter((step) => step !== 'check' && !isComplete(draft, step))
  const blocked =
    wanting.length > 0
      ? say.founding.stillWanting
      : !checked
        ? say.members.checkFirst
        : checked.faults.length > 0
          ? say.members.mendFirst
          : null
  return (
    <>
      <Facts
        facts={[
          [say.founding.upperUnit, draft.upperUnit?.name],
          [say.founding.kind, work.unitKinds[draft.kind]],
          [say.founding.name, draft.name],
          [
            say.founding.employer,
            draft.kind === 'grassroots' ? `${draft.employer.name} (${draft.employer.taxCode})` : null,
          ],
          [say.units.decision, draft.decision.number],
          [say.units.signedOnLabel, day(draft.decision.signedOn)],
          [say.units.effectiveOnLabel, day(draft.decision.effectiveOn)],
          [say.founding.members, count(filled(draft.people).length)],
        ]}
      />
      {wanting.length > 0 && (
        <div className="trouble">
          <div>
            <p>{say.founding.stillWanting}</p>
            <ul>
              {wanting.map((step) => (
                <li key={step}>
                  <button type="button" className="link" onClick={() => onStep(step)}>
                    {say.founding.steps[step]}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {pending && <Waiting lines={3} />}
      {!pending && checked && (
        <>
          {checked.faults.length > 0 ? (
            <div className="trouble" role="alert">
              <div>
                <p>{say.members.notYet(count(checked.faults.length))}</p>
                <ul>
                  {rows > 0 && (
                    <li>
                      {say.members.rowsWithFaults(count(rows))}{' '}
                      <button type="button" className="link" onClick={() => onStep('people')}>
                        {say.founding.mend}
                      </button>
                    </li>
                  )}
                  {others.map((fault, index) => (
                    <li key={index}>
                      {fault.title}{' '}
                      <button type="button" className="link" onClick={() => onStep(stepOf(fault.pointer))}>
                        {say.founding.mend}
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          ) : (
            <Changes title={say.founding.willChange} changes={checked.changes} />
          )}
        </>
      )}
      <Trouble refusal={refusal} />
      <div className="act-row">
        <Button variant="default" disabled={!entryOf(draft)} loading={pending} onClick={onCheck}>
          {say.founding.checkAgain}
        </Button>
        <ActButton act="found" loading={committing} refused={blocked} onClick={onFound}>
          {say.founding.commit}
        </ActButton>
      </div>
    </>
  )
}
