/** The rows of one group, fifty at a time: who, what is to be known, and dealing with each by itself. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { usePages } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { useWords } from '#ui/words.tsx'
import { listStaffRows, type StaffRow } from '../../labour/contract.ts'
import type { StaffVerdict } from '../../labour/rules.ts'
import { AcceptDialog } from './AcceptDialog.tsx'
import type { Accepted } from './LabourGroups.tsx'
import { LabourRow } from './LabourRow.tsx'

type LabourRowsProps = {
  found: Import
  verdict: StaffVerdict
  /** Not for a list that is finished. */
  onAccepted?: (answer: Accepted) => void
}

export function LabourRows({ found, verdict, onAccepted }: LabourRowsProps) {
  const { say, count } = useWords()
  const read = usePages(listStaffRows, { params: { importId: found.id }, query: { verdict } })
  const [dealing, setDealing] = useState<StaffRow | null>(null)
  return (
    <Loaded read={read} lines={8}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.rows)
        if (rows.length === 0) return <p className="muted">{say.imports.none}</p>
        return (
          <>
            <table className="ledger cards import-rows labour-rows">
              <thead>
                <tr>
                  <th scope="col" className="num">
                    {say.imports.line}
                  </th>
                  <th scope="col">{say.members.fullName}</th>
                  <th scope="col">{say.members.birthDate}</th>
                  <th scope="col">{say.members.identityNumber}</th>
                  <th scope="col">{say.labour.rowState}</th>
                  <th scope="col">{say.labour.what}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <LabourRow key={row.line} found={found} row={row} onDeal={onAccepted ? setDealing : null} />
                ))}
              </tbody>
            </table>
            <p className="foot-count">{say.frame.shown(count(rows.length))}</p>
            {read.hasNextPage && (
              <Button variant="default" loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                {say.frame.loadMore}
              </Button>
            )}
            {dealing && onAccepted && (
              <AcceptDialog
                found={found}
                verdict={dealing.verdict}
                n={1}
                lines={[dealing.line]}
                title={say.labour.dealWith(dealing.fullName)}
                onClose={() => setDealing(null)}
                onAccepted={onAccepted}
              />
            )}
          </>
        )
      }}
    </Loaded>
  )
}
