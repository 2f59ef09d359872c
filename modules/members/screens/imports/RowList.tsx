/** The rows of one verdict, fifty at a time, walked by keys and opened in place. A mended row stays where it is and says what it is
 *  now; the list is asked anew when it is next opened. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { usePages } from '#ui/api.ts'
import { useKeys } from '#ui/keys.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { useWords } from '#ui/words.tsx'
import { listImportRows, type ImportRow, type RowVerdict } from '../../import/contract.ts'
import { RowLine } from './RowLine.tsx'

type RowListProps = {
  found: Import
  /** null: rows of any verdict that have something to look at. */
  verdict: RowVerdict | null
  canMend: boolean
  onCounts?: (counts: Record<string, number>) => void
}

export function RowList({ found, verdict, canMend, onCounts }: RowListProps) {
  const { say, count } = useWords()
  const client = useQueryClient()
  const table = useRef<HTMLTableElement>(null)
  const query = verdict ? { verdict } : { warned: 'true' as const }
  const read = usePages(listImportRows, { params: { importId: found.id }, query })
  const [open, setOpen] = useState<number | null>(null)
  const [mended, setMended] = useState<ReadonlyMap<number, ImportRow>>(new Map())
  const walk = useWalk(table)
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    ArrowDown: (event) => table.current?.contains(document.activeElement) && walk(1) && event.preventDefault(),
    ArrowUp: (event) => table.current?.contains(document.activeElement) && walk(-1) && event.preventDefault(),
    Escape: () => {
      if (open === null) return
      setOpen(null)
      buttonOf(table.current, open)?.focus()
    },
  })

  function take(row: ImportRow, counts: Record<string, number>) {
    setMended((now) => new Map(now).set(row.line, row))
    onCounts?.(counts)
    void client.invalidateQueries({ queryKey: [listImportRows.path], refetchType: 'none' })
    // A row that still cannot be written stays open, with what is wrong now.
    if (row.verdict === 'refused') return
    setOpen(null)
    buttonOf(table.current, row.line)?.focus()
  }

  return (
    <Loaded read={read} lines={8}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.rows)
        if (rows.length === 0) return <p className="muted">{say.imports.none}</p>
        return (
          <>
            {canMend && <p className="field-hint walk-hint">{say.imports.walkHint}</p>}
            <table className={canMend ? 'ledger cards import-rows mendable' : 'ledger cards import-rows'} ref={table}>
              <thead>
                <tr>
                  <th scope="col" className="num">
                    {say.imports.line}
                  </th>
                  <th scope="col">{say.members.fullName}</th>
                  <th scope="col">{say.members.birthDate}</th>
                  {!isGrassroots(found.unit.kind) && <th scope="col">{say.members.union}</th>}
                  <th scope="col">
                    {verdict === 'refused'
                      ? say.imports.toMend
                      : verdict === 'elsewhere'
                        ? say.imports.whereHead
                        : say.imports.whatChanges}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <RowLine
                    key={row.line}
                    found={found}
                    row={mended.get(row.line) ?? row}
                    was={row.verdict}
                    isOpen={open === row.line}
                    canMend={canMend}
                    onOpen={() => setOpen(open === row.line ? null : row.line)}
                    onMended={take}
                  />
                ))}
              </tbody>
            </table>
            <p className="foot-count">{say.frame.shown(count(rows.length))}</p>
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

const buttonOf = (table: HTMLElement | null, line: number) =>
  table?.querySelector<HTMLElement>(`[data-line="${line}"]`) ?? null

/** Goes from row to row; answers whether there was one to go to. */
function useWalk(table: { current: HTMLElement | null }) {
  return (by: number): boolean => {
    const buttons = [...(table.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    const row = document.activeElement?.closest('tr')
    const own = row?.querySelector('[data-line]') ?? row?.previousElementSibling?.querySelector('[data-line]') ?? null
    const at = own ? buttons.indexOf(own as HTMLElement) : by > 0 ? -1 : buttons.length
    const next = buttons[at + by]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
    return next !== undefined
  }
}
