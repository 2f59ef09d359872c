/** The columns of a file, one a line as they stand from left to right: header, what it is taken for, and cells of the first rows. */
import { Button, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ImportColumn, ImportHead } from '#modules/imports/contract.ts'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { groups, letterOf } from './columnfields.ts'

type ColumnsTableProps = {
  head: ImportHead
  columns: readonly ImportColumn[]
  onField: (index: number, field: string | null) => void
}

const rowsShown = 4
/** So many ignored columns - days of a time sheet, months of fees - would bury the others. */
const ignoredMax = 12

export function ColumnsTable({ head, columns, onField }: ColumnsTableProps) {
  const { say, count } = useWords()
  const choices = useFieldChoices()
  const rows = head.sample.slice(0, rowsShown)
  const isEmpty = ({ index, header, field }: ImportColumn) =>
    header === '' && field === null && head.sample.every(({ cells }) => !cells[index])
  const shown = columns.filter((column) => !isEmpty(column))
  // By what was ignored at first: a column set aside now must not vanish under the hand.
  const [ignored] = useState(() => new Set(shown.flatMap(({ index, field }) => (field === null ? [index] : []))))
  const [isFolded, setFolded] = useState(ignored.size > ignoredMax)
  return (
    <div className="scroll">
      <table className="ledger cards columns-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{say.imports.column}</span>
            </th>
            <th scope="col">{say.imports.header}</th>
            <th scope="col">{say.imports.meaning}</th>
            {rows.map(({ line }) => (
              <th key={line} scope="col">
                {say.frame.line(count(line))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown
            .filter(({ index }) => !isFolded || !ignored.has(index))
            .map(({ index, header, field, confidence }) => (
              <tr key={index} className={field === null ? 'unread' : undefined}>
                <td className="letter">{letterOf(index)}</td>
                <th scope="row">{header || <span className="muted">{say.imports.noHeader}</span>}</th>
                <td className="taken-for">
                  <NativeSelect
                    size="xs"
                    aria-label={say.imports.meaningOf(letterOf(index), header)}
                    value={field ?? ''}
                    onChange={(event) => onField(index, event.currentTarget.value || null)}
                    data={choices}
                  />
                  {field !== null && confidence === 'guess' && (
                    <small className="text-amber">
                      <Icon name="warning" size={14} /> {say.imports.guessed}
                    </small>
                  )}
                </td>
                {rows.map(({ line, cells, before }) => (
                  <td key={line} className="sample">
                    <Cell now={cells[index] ?? ''} before={before?.[index] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      {isFolded && (
        <Button className="more-columns" variant="default" size="xs" onClick={() => setFolded(false)}>
          {say.imports.showIgnored(count(ignored.size))}
        </Button>
      )}
    </div>
  )
}

/** A cell as it is read; above it, as the old font had it. */
function Cell({ now, before }: { now: string; before: string | null }) {
  if (before === null || before === now) return <>{now}</>
  return (
    <>
      <small className="cell-before">{before}</small>
      {now}
    </>
  )
}

function useFieldChoices() {
  const { say } = useWords()
  return useMemo(() => {
    const names: Record<string, string> = { ...say.record.fields, ...say.record.columns }
    return [
      { value: '', label: say.imports.ignored },
      ...groups.map(({ group, fields }) => ({
        group: say.imports.groups[group],
        items: fields.map((value) => ({ value, label: names[value] ?? value })),
      })),
    ]
  }, [say])
}
