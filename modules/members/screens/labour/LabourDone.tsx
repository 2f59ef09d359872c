/** A list that is finished: what was done of it, in numbers and by name; taken back: what became of each thing. */
import { Button } from '@mantine/core'
import type { Import } from '#modules/imports/contract.ts'
import { usePages } from '#ui/api.ts'
import { Go, useAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { listStaffUndoLines } from '../../labour/contract.ts'
import { acts } from '../../labour/rules.ts'
import { useFieldWords } from '../fieldwords.ts'
import { countOf, order } from './groups.ts'
import { LabourRows } from './LabourRows.tsx'
import { LabourUndo } from './LabourUndo.tsx'

export function LabourDone({ found }: { found: Import }) {
  const { say, count, instant } = useWords()
  const { counts, trouble } = found
  const isUndone = found.state === 'undone'
  const did = acts.filter((act) => countOf(counts, `done_${act}`) > 0)
  return (
    <div className="done-step">
      <div className="done">
        <p className={isUndone ? 'done-title taken-back' : 'done-title'}>
          <Icon name={isUndone ? 'undo' : 'check'} size={20} />
          {isUndone ? say.imports.undoneAt(instant(found.undoneAt!)) : say.labour.closed}
        </p>
        {trouble && <Trouble refusal={new Refusal(409, trouble.name, trouble.title)} />}
        {!isUndone && did.length === 0 && <p>{say.labour.closedNothing}</p>}
        {!isUndone && (
          <ul className="did">
            {did.map((act) => (
              <li key={act}>{say.labour.did[act](count(countOf(counts, `done_${act}`)))}</li>
            ))}
          </ul>
        )}
        <div className="act-row">
          <Go className="link-button" to={paths.labourLists} search={{ into: found.unit.id }}>
            {say.labour.again}
          </Go>
          <Go className="link-button" to={paths.members} search={{ unit: found.unit.id }}>
            {say.imports.seeMembers(found.unit.name)}
          </Go>
          {!isUndone && found.committedAt !== null && <LabourUndo importId={found.id} />}
        </div>
      </div>
      {isUndone ? <UndoLists found={found} /> : <Accepted found={found} />}
    </div>
  )
}

/** Who was accepted as what. */
function Accepted({ found }: { found: Import }) {
  const { say } = useWords()
  const { group } = useAddress()
  const some = order.filter(
    (verdict) => countOf(found.counts, verdict) > countOf(found.counts, `open_${verdict}`) && verdict !== 'same',
  )
  const shown = some.find((verdict) => verdict === group) ?? some[0]
  if (!shown) return null
  return (
    <Part title={say.labour.verdicts[shown]}>
      <ul className="outcomes">
        {some.map((verdict) => (
          <li key={verdict}>
            <Go
              to={paths.labourList(found.id)}
              search={{ group: verdict }}
              aria-current={verdict === shown ? 'true' : undefined}
            >
              {say.labour.verdicts[verdict]}
            </Go>
          </li>
        ))}
      </ul>
      <LabourRows key={shown} found={found} verdict={shown} />
    </Part>
  )
}

const outcomes = ['reversed', 'kept', 'impossible'] as const
type Outcome = (typeof outcomes)[number]

/** The three lists of an undo; what could not be taken back is shown first. */
function UndoLists({ found }: { found: Import }) {
  const { say, count } = useWords()
  const { outcome: asked } = useAddress()
  const n = (outcome: Outcome) => countOf(found.counts, `undo_${outcome}`)
  const first = outcomes.toReversed().find((outcome) => n(outcome) > 0) ?? 'reversed'
  const shown = outcomes.find((outcome) => outcome === asked) ?? first
  return (
    <section className="part" aria-label={say.imports.outcomes[shown]}>
      <ul className="outcomes">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <Go
              to={paths.labourList(found.id)}
              search={{ outcome }}
              aria-current={outcome === shown ? 'true' : undefined}
            >
              <b>{count(n(outcome))}</b> {say.imports.outcomes[outcome]}
            </Go>
          </li>
        ))}
      </ul>
      <UndoLines key={shown} importId={found.id} outcome={shown} />
    </section>
  )
}

function UndoLines({ importId, outcome }: { importId: string; outcome: Outcome }) {
  const { say } = useWords()
  const { nameOf } = useFieldWords()
  const read = usePages(listStaffUndoLines, { params: { importId }, query: { outcome } })
  return (
    <Loaded read={read} lines={6}>
      {({ pages }) => {
        const lines = pages.flatMap((page) => page.lines)
        if (lines.length === 0) return <p className="muted">{say.imports.noneInOutcome[outcome]}</p>
        return (
          <>
            <table className="ledger cards undo-lines">
              <thead>
                <tr>
                  <th scope="col">{say.members.fullName}</th>
                  <th scope="col">{say.imports.what}</th>
                  {outcome !== 'reversed' && <th scope="col">{say.imports.why}</th>}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row">
                      {line.personId ? <Go to={paths.member(line.personId)}>{line.fullName}</Go> : line.fullName}
                    </th>
                    <td>
                      {say.labour.whats[line.what]}
                      {line.fields.length > 0 && `: ${line.fields.map(nameOf).join(', ')}`}
                    </td>
                    {outcome !== 'reversed' && <td>{line.why}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
            {read.hasNextPage && (
              <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                {say.frame.loadMore}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
