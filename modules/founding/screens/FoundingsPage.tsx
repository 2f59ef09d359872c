/** The latest foundings of the branch, newest decision first. */
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { Reply } from '#kernel/endpoint.ts'
import { listFoundings } from '../contract.ts'

type Founding = Reply<typeof listFoundings>['foundings'][number]

export function FoundingsPage() {
  const { say } = useWords()
  const place = usePlace()
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const read = useRead(listFoundings, { query: { unitId: place.unitId } })
  return (
    <Page
      title={say.founding.title}
      lead={say.founding.lead(unit.data?.name ?? '')}
      acts={
        <ActButton act="found" icon="plus" to={paths.newFounding}>
          {say.founding.found}
        </ActButton>
      }
    >
      <Loaded read={read} lines={10}>
        {({ foundings }) =>
          foundings.length === 0 ? (
            <Empty title={say.founding.none}>{say.founding.noneHint}</Empty>
          ) : (
            <FoundingTable foundings={foundings} />
          )
        }
      </Loaded>
    </Page>
  )
}

function FoundingTable({ foundings }: { foundings: Founding[] }) {
  const { say, work, count, day } = useWords()
  return (
    <div className="scroll">
      <table className="ledger cards">
        <thead>
          <tr>
            <th scope="col">{say.founding.effectiveOn}</th>
            <th scope="col">{say.founding.union}</th>
            <th scope="col">{say.units.decision}</th>
            <th scope="col">{say.founding.upperUnit}</th>
            <th scope="col">{say.members.officer}</th>
            <th scope="col" className="num">
              {say.founding.members}
            </th>
          </tr>
        </thead>
        <tbody>
          {foundings.map((founding) => (
            <tr key={founding.id} className={founding.cancelled ? 'struck' : undefined}>
              <td className="code">{day(founding.effectiveOn)}</td>
              <th scope="row">
                <Go to={paths.founding(founding.id)}>{founding.unit.name}</Go>
                {founding.kind === 'occupational' && <small className="tag">{work.unitKinds.occupational}</small>}
                {founding.cancelled && <small className="tag-red">{say.founding.isCancelled}</small>}
              </th>
              <td>{founding.decision.number}</td>
              <td>{founding.upperUnit.name}</td>
              <td>{founding.officer?.name}</td>
              <td className="num">{count(founding.members)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
