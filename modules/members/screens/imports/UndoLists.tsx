/** The three lists of an undo: taken back; kept because somebody worked on it since; impossible, and why. */
import { Button } from '@mantine/core'
import type { Import } from '#modules/imports/contract.ts'
import { usePages } from '#ui/api.ts'
import { Go, useAddress } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { listUndoLines } from '../../import/contract.ts'
import { useFieldWords } from '../fieldwords.ts'

const outcomes = ['reversed', 'kept', 'impossible'] as const
type Outcome = (typeof outcomes)[number]

export function UndoLists({ found }: { found: Import }) {
  const { say, count } = useWords()
  const address = useAddress()
  const countOf = (outcome: Outcome) => found.counts[`undo_${outcome}`] ?? 0
  // What could not be taken back is what the officer must know first.
  const first = outcomes.toReversed().find((outcome) => countOf(outcome) > 0) ?? 'reversed'
  const shown = outcomes.find((outcome) => outcome === address.outcome) ?? first
  return (
    <section className="part" aria-label={say.imports.outcomes[shown]}>
      <ul className="outcomes">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <Go to={paths.import(found.id)} search={{ outcome }} aria-current={outcome === shown ? 'true' : undefined}>
              <b>{count(countOf(outcome))}</b> {say.imports.outcomes[outcome]}
            </Go>
          </li>
        ))}
      </ul>
      <p className="muted">{say.imports.outcomeHints[shown]}</p>
      <UndoLines key={shown} importId={found.id} outcome={shown} />
    </section>
  )
}

function UndoLines({ importId, outcome }: { importId: string; outcome: Outcome }) {
  const { say } = useWords()
  const { nameOf } = useFieldWords()
  const read = usePages(listUndoLines, { params: { importId }, query: { outcome } })
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
                      <Go to={paths.member(line.personId)}>{line.fullName}</Go>
                    </th>
                    <td>
                      {say.imports.whats[line.what]}
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
