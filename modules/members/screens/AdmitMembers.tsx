/** Admits one person or a list to a union: which union and day, who, checked first, and all of them or nobody. */
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { OfficerField } from '#modules/access/screens/OfficerField.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { showUnit } from '#modules/units/contract.ts'
import { DecisionFields, decisionOf, emptyDecision } from '#modules/units/screens/Decision.tsx'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { useDraft } from '#ui/draft.ts'
import { faultFinder } from '#ui/faults.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { admitMembers, checkAdmission, listMembers, type PersonEntry } from '../contract.ts'
import { Admitted } from './Admitted.tsx'
import { ElsewhereAsk } from './ElsewhereAsk.tsx'
import { ListEditor } from './ListEditor.tsx'
import { blankPerson, filled, otherFaults, rowFaults, type RowFault } from './people.ts'
import './member.css'

type Draft = {
  on: string
  as: (typeof ways)[number]
  /** Whose decision it is; '' is the union itself. */
  issuerId: string
  decision: typeof emptyDecision
  officerId: string
  people: PersonEntry[]
}
const ways = ['admitted', 'received'] as const

export function AdmitMembers() {
  const { say, count } = useWords()
  const me = useMe()
  const { into } = useAddress()
  const change = useChangeAddress()
  const [draft, setDraft, forget] = useDraft<Draft>('admission', {
    on: me.today,
    as: 'admitted',
    issuerId: '',
    decision: emptyDecision,
    officerId: '',
    people: [blankPerson],
  })
  const [faults, setFaults] = useState<RowFault[]>([])
  const unit = useRead(showUnit, into ? { params: { unitId: into }, query: { on: undefined } } : null)
  const standing = useRead(listMembers, into ? { query: { unitId: into, q: '', asOf: me.today, limit: 1 } } : null)
  const check = useWrite(checkAdmission, { keepsNothing: true })
  const admit = useWrite(admitMembers)
  const people = filled(draft.people)
  const issuers = unit.data?.path.toReversed() ?? []
  const body = {
    on: draft.on,
    as: draft.as,
    issuerId: issuers.some((one) => one.id === draft.issuerId) ? draft.issuerId : null,
    decision: decisionOf(draft.decision),
    officerId: draft.officerId || null,
    people,
  }
  const missing = !into
    ? say.members.needsUnion
    : !draft.on
      ? say.members.needsDay
      : people.length === 0
        ? say.members.needsPeople
        : null
  const set = (next: Partial<Draft>) => {
    check.reset()
    setDraft((now) => ({ ...now, ...next }))
  }
  const total = standing.data?.total ?? null
  const checked = check.reply
  const general = checked ? otherFaults(checked.faults) : []
  const back = { to: paths.members, label: say.members.title }

  if (admit.reply && into) {
    return (
      <Page title={say.members.admit} back={back}>
        <Admitted
          unitId={into}
          unitName={unit.data?.name ?? ''}
          movementIds={admit.reply.movementIds}
          admitted={admit.reply.admitted}
          onAgain={() => {
            forget()
            admit.reset()
            check.reset()
          }}
        />
      </Page>
    )
  }

  async function checkNow() {
    admit.reset()
    // The blank rows go first, so that the server's line numbers are the editor's.
    setDraft((now) => ({ ...now, people: people.length > 0 ? people : [blankPerson] }))
    const answer = await check.run({ params: { unitId: into! }, body })
    setFaults(answer ? rowFaults(answer.faults) : [])
  }

  return (
    <Page title={say.members.admit} lead={say.members.admitLead} back={back}>
      <div className="form">
        <Part title={say.members.whereAndWhen}>
          <div className="fields">
            <UnitPicker
              label={say.members.intoUnion}
              kinds="grassroots"
              name={unit.data?.name ?? null}
              error={unit.error?.message ?? null}
              onPick={(picked) => {
                check.reset()
                change({ into: picked.id })
              }}
            />
            <DayField
              label={say.members.admittedOn}
              value={draft.on}
              onDay={(on) => set({ on })}
              required
              error={faultFinder(check.refusal, '')('on')}
            />
            <NativeSelect
              label={say.moves.admitAs}
              value={draft.as}
              onChange={(event) => set({ as: ways.find((way) => way === event.currentTarget.value)! })}
              data={ways.map((value) => ({ value, label: say.moves.admitKinds[value] }))}
            />
            {into && (
              <OfficerField unitId={into} value={draft.officerId} onOfficer={(officerId) => set({ officerId })} />
            )}
          </div>
          <details open={draft.decision.number !== ''}>
            <summary>{say.units.withDecision}</summary>
            <DecisionFields draft={draft.decision} onDraft={(decision) => set({ decision })} />
            {issuers.length > 0 && (
              <NativeSelect
                className="issuer"
                label={say.moves.issuer}
                description={say.moves.issuerHint}
                value={body.issuerId ?? ''}
                onChange={(event) => set({ issuerId: event.currentTarget.value })}
                data={[
                  { value: '', label: say.moves.itself },
                  ...issuers.map((one) => ({ value: one.id, label: one.name })),
                ]}
              />
            )}
          </details>
        </Part>
        <Part title={say.members.who}>
          <ListEditor
            people={draft.people}
            faults={faults}
            onPeople={(next, nextFaults) => {
              set({ people: next })
              setFaults(nextFaults)
            }}
          />
        </Part>
        <div className="commit" role="status">
          {checked && checked.faults.length === 0 && (
            <p className="will-change">
              {say.members.willAdmit(count(checked.admissible))}
              {total !== null && (
                <>
                  {' '}
                  {say.members.membersOf(unit.data?.name ?? '')} <b>{count(total)}</b> →{' '}
                  <b>{count(total + checked.admissible)}</b>
                </>
              )}
            </p>
          )}
          {checked && checked.faults.length > 0 && (
            <div className="trouble">
              <div>
                <p>{say.members.notYet(count(checked.faults.length))}</p>
                <ul>
                  {general.map((fault, index) => (
                    <li key={index}>{fault.title}</li>
                  ))}
                </ul>
                {into && unit.data && <ElsewhereAsk into={unit.data} people={people} faults={checked.faults} />}
              </div>
            </div>
          )}
          <Trouble refusal={admit.refusal ?? check.refusal} />
          {missing && <p className="muted">{missing}</p>}
          <div className="act-row">
            <Button
              variant="default"
              disabled={missing !== null}
              loading={check.pending}
              onClick={() => void checkNow()}
            >
              {say.members.check}
            </Button>
            <ActButton
              act="admit"
              refused={checked ? (checked.faults.length > 0 ? say.members.mendFirst : null) : say.members.checkFirst}
              loading={admit.pending}
              onClick={() => void admit.run({ params: { unitId: into! }, body })}
            >
              {say.members.admitCount(count(people.length))}
            </ActButton>
          </div>
        </div>
      </div>
    </Page>
  )
}
