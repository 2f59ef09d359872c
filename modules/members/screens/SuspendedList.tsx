/** Members who rest from union life, the longest first; past the day the rule allows they are marked. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { usePages } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { listSuspended } from '../moves/contract.ts'
import { ResumeForm } from './SuspendForm.tsx'

export function SuspendedList({ unitId }: { unitId: string }) {
  const { say, work, day, count } = useWords()
  const me = useMe()
  const why = useWhyNot('admit')
  const read = usePages(listSuspended, { query: { unitId, limit: 200 } })
  const [resuming, setResuming] = useState<{ personId: string; fullName: string } | null>(null)
  const total = read.data?.pages[0]?.total
  return (
    <Part title={total ? `${say.moves.suspendedTitle}: ${count(total)}` : say.moves.suspendedTitle}>
      <Loaded read={read} lines={3}>
        {({ pages }) => {
          const members = pages.flatMap((page) => page.members)
          if (members.length === 0) return <p className="muted">{say.moves.noneSuspended}</p>
          return (
            <div className="scroll">
              <table className="ledger cards road">
                <thead>
                  <tr>
                    <th scope="col">{say.moves.person}</th>
                    <th scope="col">{say.members.union}</th>
                    <th scope="col">{say.moves.cause}</th>
                    <th scope="col">{say.moves.since}</th>
                    <th scope="col">{say.moves.limit}</th>
                    <th scope="col">
                      <span className="sr-only">{say.moves.acts.resume}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {members.map((one) => (
                    <tr key={one.personId}>
                      <th scope="row">
                        <Go to={paths.member(one.personId)}>{one.fullName}</Go>
                      </th>
                      <td data-label={say.members.union}>{one.unit.name}</td>
                      <td data-label={say.moves.cause}>
                        {one.cause && work.movementCauses[one.cause as keyof typeof work.movementCauses]}
                      </td>
                      <td className="code" data-label={say.moves.since}>
                        {day(one.since)}
                      </td>
                      <td className="code" data-label={say.moves.limit}>
                        {one.until ? day(one.until) : <span className="muted">{say.moves.noLimit}</span>}
                        {one.until && one.until < me.today && (
                          <span className="tag-red">{say.moves.state.overdue(day(one.until))}</span>
                        )}
                      </td>
                      <td>
                        <Button
                          variant="subtle"
                          size="compact-sm"
                          disabled={why !== null}
                          title={why ?? undefined}
                          onClick={() => setResuming(one)}
                        >
                          {say.moves.acts.resume}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {read.hasNextPage && (
                <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                  {say.frame.loadMore}
                </Button>
              )}
            </div>
          )
        }}
      </Loaded>
      {resuming && (
        <ResumeForm personId={resuming.personId} name={resuming.fullName} onClose={() => setResuming(null)} />
      )}
    </Part>
  )
}
