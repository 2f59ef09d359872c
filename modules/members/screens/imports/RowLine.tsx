/** One row of a list: who it is, what it would do, what stands in the way; opened, its cells to be mended below. */
import type { Import } from '#modules/imports/contract.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import type { ImportRow, RowVerdict } from '../../import/contract.ts'
import { RowMend } from './RowMend.tsx'
import { RowSays } from './RowSays.tsx'

type RowLineProps = {
  found: Import
  row: ImportRow
  /** What the row was when the list was asked. */
  was: RowVerdict
  isOpen: boolean
  canMend: boolean
  onOpen: () => void
  onMended: (row: ImportRow, counts: Record<string, number>) => void
}

export function RowLine({ found, row, was, isOpen, canMend, onOpen, onMended }: RowLineProps) {
  const { say, count, day } = useWords()
  const isMany = !isGrassroots(found.unit.kind)
  const name = row.fullName || say.imports.noName
  const birth = row.birth.length === 4 ? row.birth : day(row.birth)
  const state = [isOpen && 'open-row', row.isLeftOut && 'left-out'].filter(Boolean).join(' ')
  return (
    <>
      <tr className={state || undefined}>
        <td className="num line-number">{count(row.line)}</td>
        <th scope="row">
          {canMend ? (
            <button
              type="button"
              className="row-button"
              data-line={row.line}
              aria-expanded={isOpen}
              aria-label={say.imports.openRow(count(row.line), name)}
              onClick={onOpen}
            >
              <Icon name={isOpen ? 'down' : 'right'} size={14} />
              <span className={row.fullName ? undefined : 'muted'}>{name}</span>
            </button>
          ) : (
            name
          )}
        </th>
        <td className="code">{birth}</td>
        {isMany && <td>{row.unionName}</td>}
        <td className="row-says">
          {row.verdict !== was && (
            <span className="tag-now">{say.imports.isNow(say.imports.verdicts[row.verdict])}</span>
          )}
          {row.isLeftOut && <span className="tag">{say.imports.leftOut}</span>}
          <RowSays found={found} row={row} />
        </td>
      </tr>
      {isOpen && (
        <tr className="open-cells">
          <td colSpan={isMany ? 5 : 4}>
            <RowMend found={found} row={row} onMended={onMended} onClose={onOpen} />
          </td>
        </tr>
      )}
    </>
  )
}
