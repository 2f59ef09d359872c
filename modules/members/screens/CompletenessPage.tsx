/** Completeness of records: of how many members the four things are known, unit by unit; each figure opens the list of those who
 *  lack it. The worst stands first. */
import { Button } from '@mantine/core'
import { useMe } from '#modules/access/screens/session.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go, useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { showCompleteness, type Completeness, type Missing } from '../register/contract.ts'
import './register/register.css'

const parts = [
  ['complete', 'something'],
  ['withIdentity', 'identityNumber'],
  ['withPhone', 'phone'],
  ['withPhoto', 'photo'],
  ['withJoiningDay', 'joiningDay'],
] as const satisfies [keyof Completeness, Missing][]

/** Under this share a bar is red, and says so by its figure too. */
const low = 0.5

export function CompletenessPage() {
  const { say, count, day } = useWords()
  const place = usePlace()
  const me = useMe()
  const address = useAddress()
  const change = useChangeAddress()
  const read = useRead(showCompleteness, { query: { unitId: place.unitId } })
  const isByName = address.sort === 'name'
  return (
    <Page
      title={say.register.completeness}
      back={{ to: paths.members, label: say.members.title }}
      lead={read.data ? say.register.completenessLead(read.data.unit.name, day(me.today)) : undefined}
    >
      <Loaded read={read} lines={10}>
        {({ unit, figures, children, uncounted }) => {
          if (figures.members === 0 && uncounted === 0)
            return <Empty title={say.register.noMembers}>{say.register.noMembersHint}</Empty>
          const share = (one: Completeness) => one.complete / one.members
          const rows = isByName
            ? children
            : children.toSorted((a, b) => share(a.figures) - share(b.figures) || b.figures.members - a.figures.members)
          return (
            <>
              {uncounted > 0 && (
                <p className="hint-line" role="status">
                  {say.register.uncounted(count(uncounted))}{' '}
                  <Button variant="default" size="xs" loading={read.isFetching} onClick={() => void read.refetch()}>
                    {say.register.countOn}
                  </Button>
                </p>
              )}
              <div className="completeness-tools">
                <p className="muted">{say.register.completenessHint}</p>
                {children.length > 1 && (
                  <div className="choice" role="group" aria-label={say.register.sortBy}>
                    <button type="button" aria-pressed={!isByName} onClick={() => change({ sort: undefined })}>
                      {say.register.worstFirst}
                    </button>
                    <button type="button" aria-pressed={isByName} onClick={() => change({ sort: 'name' })}>
                      {say.register.byName}
                    </button>
                  </div>
                )}
              </div>
              <div className="scroll">
                <table className="ledger cards completeness" aria-label={say.register.completeness}>
                  <thead>
                    <tr>
                      <th scope="col">{say.register.unit}</th>
                      <th scope="col" className="num">
                        {say.register.membersToday}
                      </th>
                      {parts.map(([part]) => (
                        <th key={part} scope="col" className="num">
                          {say.register[part]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    <UnitRow key={unit.id} unitId={unit.id} name={unit.name} figures={figures} isWhole />
                    {rows.map((child) => (
                      <UnitRow
                        key={child.unit.id}
                        unitId={child.unit.id}
                        name={child.unit.name}
                        figures={child.figures}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

type UnitRowProps = { unitId: string; name: string; figures: Completeness; isWhole?: boolean }

function UnitRow({ unitId, name, figures, isWhole = false }: UnitRowProps) {
  const { say, count } = useWords()
  return (
    <tr>
      <th scope="row">
        {isWhole ? (
          name
        ) : (
          <Go to={paths.completeness} search={{ unit: unitId }}>
            {name}
          </Go>
        )}
      </th>
      <td className="num" data-label={say.register.membersToday}>
        <Go to={paths.members} search={{ unit: unitId, view: '0' }}>
          {count(figures.members)}
        </Go>
      </td>
      {parts.map(([part, missing]) => (
        <Share key={part} unitId={unitId} part={part} missing={missing} figures={figures} />
      ))}
    </tr>
  )
}

type ShareProps = { unitId: string; part: (typeof parts)[number][0]; missing: Missing; figures: Completeness }

function Share({ unitId, part, missing, figures }: ShareProps) {
  const { say, count } = useWords()
  const lacking = figures.members - figures[part]
  const share = figures.members > 0 ? figures[part] / figures.members : 0
  const said =
    lacking > 0 ? say.register.lackCount(count(lacking), say.register.missings[missing]) : say.register.nobodyLacks
  return (
    <td className="num" data-label={say.register[part]} title={said}>
      {lacking > 0 ? (
        <Go
          to={paths.members}
          search={{ unit: unitId, missing }}
          aria-label={`${say.register[part]}: ${count(figures[part])}; ${said}`}
        >
          {count(figures[part])}
        </Go>
      ) : (
        count(figures[part])
      )}
      <span className={share < low ? 'bar low' : 'bar'} aria-hidden="true">
        <span style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
    </td>
  )
}
