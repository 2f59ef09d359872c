/** The register of employers: search by name or tax code, see who has a union and who has not. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { usePages } from '#ui/api.ts'
import { Go, useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { listEmployers } from '../contract.ts'

export function EmployersPage() {
  const { say, work, count, day } = useWords()
  const address = useAddress()
  const change = useChangeAddress()
  const [typed, setTyped] = useState(address.q ?? '')
  const q = useSettled(typed)
  const read = usePages(listEmployers, { query: { q } })
  return (
    <Page
      title={say.employers.title}
      lead={say.employers.lead}
      acts={
        <ActButton act="manage-employers" icon="plus" to={paths.newEmployer}>
          {say.employers.register}
        </ActButton>
      }
    >
      <TextInput
        className="page-search"
        data-page-search
        type="search"
        label={say.employers.searchHint}
        value={typed}
        leftSection={<Icon name="search" size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => change({ q: typed })}
      />
      <Loaded read={read} lines={10}>
        {({ pages }) => {
          const employers = pages.flatMap((page) => page.employers)
          if (employers.length === 0) {
            return (
              <Empty title={q ? say.employers.noneFound : say.employers.none}>
                {q ? say.employers.noneFoundHint : say.employers.noneHint}
              </Empty>
            )
          }
          return (
            <>
              <div className="scroll">
                <table className="ledger cards">
                  <thead>
                    <tr>
                      <th scope="col">{say.employers.taxCode}</th>
                      <th scope="col">{say.employers.name}</th>
                      <th scope="col">{say.employers.kind}</th>
                      <th scope="col">{say.employers.ward}</th>
                      <th scope="col" className="num">
                        {say.employers.workers}
                      </th>
                      <th scope="col">{say.employers.union}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {employers.map((employer) => (
                      <tr key={employer.id}>
                        <td className="code">{employer.taxCode}</td>
                        <th scope="row">
                          <Go to={paths.employer(employer.id)}>{employer.name}</Go>
                        </th>
                        <td>
                          {work.employerKinds[employer.kind]}
                          <small className="muted"> · {work.ownerships[employer.ownership]}</small>
                        </td>
                        <td>{employer.ward}</td>
                        <td
                          className="num"
                          title={employer.workersOn ? say.employers.countedOn(day(employer.workersOn)) : undefined}
                        >
                          {employer.workers === null ? <span className="muted">–</span> : count(employer.workers)}
                        </td>
                        <td>
                          {employer.union ? (
                            <Go to={paths.unit(employer.union.id)}>{employer.union.name}</Go>
                          ) : (
                            <span className="muted">{say.employers.noUnion}</span>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p className="foot-count">{say.frame.shown(count(employers.length))}</p>
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
