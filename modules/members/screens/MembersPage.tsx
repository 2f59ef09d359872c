/** The register of members: the branch on a day, or whoever a tone-free search finds. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { usePages, useRead } from '#ui/api.ts'
import { Go, useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { listMembers } from '../contract.ts'

export function MembersPage() {
  const { say, work, count, day } = useWords()
  const place = usePlace()
  const address = useAddress()
  const change = useChangeAddress()
  const [typed, setTyped] = useState(address.q ?? '')
  const q = useSettled(typed).trim()
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const read = usePages(listMembers, { query: { unitId: place.unitId, q, asOf: place.asOf } })
  const total = read.data?.pages[0]?.total ?? null
  const name = unit.data?.name ?? ''
  return (
    <Page
      title={say.members.title}
      lead={
        total === null || q
          ? say.members.lead(name, day(place.asOf))
          : say.members.leadTotal(name, day(place.asOf), count(total))
      }
      acts={
        <ActButton
          act="admit"
          icon="plus"
          to={paths.newAdmission}
          search={{ into: isGrassroots(unit.data?.kind) ? place.unitId : undefined }}
        >
          {say.members.admit}
        </ActButton>
      }
    >
      <TextInput
        className="page-search"
        data-page-search
        type="search"
        label={say.members.searchHint}
        value={typed}
        leftSection={<Icon name="search" size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => change({ q: typed })}
      />
      <Loaded read={read} lines={12}>
        {({ pages }) => {
          const members = pages.flatMap((page) => page.members)
          if (members.length === 0) {
            return (
              <Empty title={q ? say.members.noneFound(q) : say.members.none(day(place.asOf))}>
                {q ? say.members.noneFoundHint : say.members.noneHint}
              </Empty>
            )
          }
          return (
            <>
              <div className="scroll">
                <table className="ledger cards">
                  <thead>
                    <tr>
                      <th scope="col">{say.members.fullName}</th>
                      <th scope="col">{say.members.birthDate}</th>
                      <th scope="col">{say.members.sex}</th>
                      <th scope="col">{say.members.identityNumber}</th>
                      <th scope="col">{say.members.union}</th>
                      <th scope="col">{say.members.since}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {members.map((member) => (
                      <tr key={member.id}>
                        <th scope="row">
                          <Go to={paths.member(member.id)}>{member.fullName}</Go>
                        </th>
                        <td className="code">{day(member.birthDate)}</td>
                        <td>{work.sexes[member.sex]}</td>
                        <td className="code">{member.identityMasked}</td>
                        <td>
                          {member.unit ? (
                            <Go to={paths.unit(member.unit.id)}>{member.unit.name}</Go>
                          ) : (
                            <span className="muted">{say.members.noUnion}</span>
                          )}
                        </td>
                        <td className="code">{day(member.since)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p className="foot-count">
                {total === null
                  ? say.frame.shown(count(members.length))
                  : say.frame.shownOf(count(members.length), count(total))}
              </p>
              {read.hasNextPage && (
                <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                  {say.frame.loadMore}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const isGrassroots = (kind: string | undefined) => kind === 'grassroots' || kind === 'occupational'
