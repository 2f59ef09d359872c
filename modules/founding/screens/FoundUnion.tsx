/** Founding a union, step by step: union, employer, decision, members, what it will change, done - with the way back. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { otherFaults, rowFaults, type RowFault } from '#modules/members/screens/people.ts'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead, useWrite } from '#ui/api.ts'
import { useDraft } from '#ui/draft.ts'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { checkFounding, foundUnion } from '../contract.ts'
import { CheckStep } from './CheckStep.tsx'
import { DecisionStep } from './DecisionStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { emptyFounding, entryOf, isComplete, steps, type FoundingDraft, type Step } from './draft.ts'
import { EmployerStep } from './EmployerStep.tsx'
import { PeopleStep } from './PeopleStep.tsx'
import { Steps } from './Steps.tsx'
import { UnionStep } from './UnionStep.tsx'

export function FoundUnion() {
  const { say } = useWords()
  const place = usePlace()
  const why = useWhyNot('found')
  const [draft, setDraft, forget] = useDraft<FoundingDraft>('founding', emptyFounding)
  const [faults, setFaults] = useState<RowFault[]>([])
  const check = useWrite(checkFounding, { keepsNothing: true })
  const found = useWrite(foundUnion)
  const here = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const set = (change: Partial<FoundingDraft>) => setDraft((now) => ({ ...now, ...change }))

  const isUpperHere = here.data && here.data.kind !== 'grassroots' && here.data.kind !== 'occupational'
  useEffect(() => {
    if (isUpperHere && !draft.upperUnit) set({ upperUnit: { id: here.data.id, name: here.data.name } })
  })

  const entry = entryOf(draft)
  const back = { to: paths.foundings, label: say.founding.title }
  const index = steps.indexOf(draft.step)

  async function checkNow(): Promise<boolean> {
    if (!entry) return false
    found.reset()
    setDraft((now) => ({ ...now, people: entry.people }))
    const answer = await check.run({ body: entry })
    const rows = answer ? rowFaults(answer.faults) : []
    setFaults(rows)
    return answer !== null && rows.length === 0
  }

  /** Leaving the list for the check asks the server first: rows that do not pass keep the officer here. */
  async function goTo(step: Step) {
    if (step === 'check' && entry && !(await checkNow()) && check.refusal === null) return set({ step: 'people' })
    set({ step })
    window.scrollTo({ top: 0 })
  }

  if (found.reply) {
    return (
      <Page title={say.founding.found} back={back}>
        <DoneStep
          founded={found.reply}
          name={draft.name}
          changes={check.reply?.changes ?? []}
          onAgain={() => {
            forget()
            found.reset()
            check.reset()
            setFaults([])
          }}
        />
      </Page>
    )
  }

  return (
    <Page
      title={say.founding.found}
      lead={say.founding.foundLead}
      back={back}
      acts={
        <Button variant="subtle" size="xs" onClick={forget}>
          {say.founding.startOver}
        </Button>
      }
    >
      {why && <p className="why">{why}</p>}
      <Steps
        now={draft.step}
        isComplete={(step) => isComplete(draft, step)}
        faulty={faults.length > 0 ? 'people' : null}
        onStep={(step) => void goTo(step)}
      />
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const next = steps[index + 1]
          if (next) void goTo(next)
        }}
      >
        {draft.step === 'union' && <UnionStep draft={draft} set={set} />}
        {draft.step === 'employer' && <EmployerStep draft={draft} set={set} refusal={check.refusal} />}
        {draft.step === 'decision' && <DecisionStep draft={draft} set={set} refusal={check.refusal} />}
        {draft.step === 'people' && (
          <PeopleStep
            draft={draft}
            faults={faults}
            onPeople={(people, nextFaults) => {
              set({ people })
              setFaults(nextFaults)
            }}
          />
        )}
        {draft.step === 'check' && (
          <CheckStep
            draft={draft}
            checked={check.reply}
            others={check.reply ? otherFaults(check.reply.faults) : []}
            rows={faults.length}
            pending={check.pending}
            refusal={found.refusal ?? check.refusal}
            committing={found.pending}
            onCheck={() => void checkNow()}
            onStep={(step) => set({ step })}
            onFound={() => entry && void found.run({ body: entry })}
          />
        )}
        <div className="wizard-foot">
          <Button variant="default" disabled={index === 0} onClick={() => set({ step: steps[index - 1]! })}>
            {say.frame.previous}
          </Button>
          {draft.step !== 'check' && (
            <Button type="submit" loading={check.pending} variant={isComplete(draft, draft.step) ? 'filled' : 'light'}>
              {draft.step === 'people' ? say.founding.checkAndNext : say.frame.next}
            </Button>
          )}
        </div>
      </form>
    </Page>
  )
}
