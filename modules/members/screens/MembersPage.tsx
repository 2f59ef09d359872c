/** The register of members: the branch on a day, filtered and in columns of one's choice, or whoever a search finds there. */
import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { usePages, useRead } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import { listMembers } from '../contract.ts'
import { isRecordField } from '../register/contract.ts'
import { useAsked } from './register/asked.ts'
import { MemberWorks } from './MemberWorks.tsx'
import { Columns } from './register/Columns.tsx'
import { Exports } from './register/Exports.tsx'
import { Extent } from './register/Extent.tsx'
import { Filters } from './register/Filters.tsx'
import { SavedViews } from './register/SavedViews.tsx'
import { Table } from './register/Table.tsx'
import './register/register.css'

export function MembersPage() {
  const { say, count, day } = useWords()
  const place = usePlace()
  const asked = useAsked()
  const { q: inAddress, change } = asked
  const [typed, setTyped] = useState(inAddress)
  // A view that was chosen says other words than those that were typed.
  const [known, setKnown] = useState(inAddress)
  if (known !== inAddress) {
    setKnown(inAddress)
    setTyped(inAddress)
  }
  const q = useSettled(typed).trim()
  useEffect(() => {
    if (q !== inAddress.trim() && q === typed.trim()) change({ q: q || undefined })
  }, [q, typed, inAddress, change])
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const column = asked.columns.filter(isRecordField)
  const read = usePages(listMembers, {
    query: { unitId: place.unitId, q: inAddress, asOf: place.asOf, order: asked.order, column, ...asked.filters },
  })
  const total = read.data?.pages[0]?.total ?? null
  const name = unit.data?.name ?? ''
  const isAsked = asked.hasFilters || inAddress !== ''
  return (
    <Page
      wide
      title={say.members.title}
      lead={
        total === null
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
      <MemberWorks />
      <TextInput
        className="page-search"
        data-page-search
        type="search"
        label={say.register.searchHint}
        value={typed}
        leftSection={<Icon name="search" size={16} />}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className="register-tools">
        <SavedViews />
        <Filters />
        <span className="register-tools-end">
          <Columns order={read.data?.pages[0]?.order} />
          <Exports />
        </span>
      </div>
      <Loaded read={read} lines={12}>
        {({ pages }) => {
          const members = pages.flatMap((page) => page.members)
          const isStopped = pages.at(-1)?.stopped != null
          return (
            <>
              {members.length > 0 ? (
                <Table members={members} columns={asked.columns} />
              ) : isStopped ? (
                <Empty title={say.register.noneYet} />
              ) : (
                <Empty
                  title={
                    inAddress
                      ? say.members.noneFound(inAddress)
                      : isAsked
                        ? say.register.noneFit
                        : say.members.none(day(place.asOf))
                  }
                >
                  {inAddress ? say.members.noneFoundHint : isAsked ? say.register.noneFitHint : say.members.noneHint}
                </Empty>
              )}
              <Extent pages={pages} />
              {read.hasNextPage && (
                <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                  {isStopped ? say.register.goOn : say.frame.loadMore}
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
