/** One row of a staff list: who it is, what the list says otherwise, what is to be known, and what was done. */
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { StaffRow } from '../../labour/contract.ts'
import { useFieldWords } from '../fieldwords.ts'
import { SettleRow } from './SettleRow.tsx'

type LabourRowProps = { found: Import; row: StaffRow; onDeal: ((row: StaffRow) => void) | null }

export function LabourRow({ found, row, onDeal }: LabourRowProps) {
  const { say, count, day } = useWords()
  const [isOpen, setOpen] = useState(false)
  const name = row.fullName || say.imports.noName
  const isUnclear = row.verdict === 'unclear' && row.act === null
  return (
    <>
      <tr className={isOpen ? 'open-row' : undefined}>
        <td className="num line-number">{row.isMissing ? '' : count(row.line)}</td>
        <th scope="row">{row.personId ? <Go to={paths.member(row.personId)}>{name}</Go> : name}</th>
        <td className="code">{row.birth.length === 4 ? row.birth : day(row.birth)}</td>
        <td className="code">{row.identity}</td>
        <td className="row-says">
          <RowSays row={row} />
        </td>
        <td className="row-act">
          {row.act ? (
            <span className="done-act">
              <Icon name="check" size={14} /> {say.labour.doneBy(say.labour.acts[row.act], row.doneBy ?? '')}
            </span>
          ) : onDeal && isUnclear ? (
            <ActButton
              act="admit"
              variant="default"
              size="compact-sm"
              aria-label={say.labour.settleTitle(name)}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {say.labour.whoIsIt}
            </ActButton>
          ) : (
            onDeal &&
            row.proposal && (
              <ActButton
                act="admit"
                variant="default"
                size="compact-sm"
                aria-label={say.labour.dealWith(name)}
                onClick={() => onDeal(row)}
              >
                {say.labour.deal}
              </ActButton>
            )
          )}
        </td>
      </tr>
      {isOpen && isUnclear && (
        <tr className="open-cells">
          <td colSpan={6}>
            <SettleRow found={found} row={row} onClose={() => setOpen(false)} />
          </td>
        </tr>
      )}
    </>
  )
}

function RowSays({ row }: { row: StaffRow }) {
  const { say } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const said = (field: string, value: string | null) =>
    value === null ? <span className="muted">{say.imports.nothing}</span> : valueOf(field, value)
  return (
    <>
      {row.verdict === 'moved' && row.whereNow && <p>{say.labour.goesTo(row.whereNow)}</p>}
      {row.verdict === 'elsewhere' && <p>{row.whereNow ? say.labour.isAt(row.whereNow) : say.labour.isHidden}</p>}
      {row.changes.length > 0 && (
        <ul className="changes-list">
          {row.changes.map(({ field, was, now }) => (
            <li key={field}>
              <span className="muted">{nameOf(field)}:</span> <span className="sr-only">{say.imports.was}</span>
              {said(field, was)} <span aria-hidden="true">→</span> <span className="sr-only">{say.imports.now}</span>
              <b>{said(field, now)}</b>
            </li>
          ))}
        </ul>
      )}
      {row.candidates.length > 0 && (
        <p>{say.labour.maybe([...new Set(row.candidates.map((one) => one.fullName))].join(', '))}</p>
      )}
      {row.faults.map((fault) => (
        <p key={fault.title} className="fault">
          {fault.title}
        </p>
      ))}
      {row.notes.map((note) => (
        <p key={note.title} className={row.isHeld ? 'text-amber' : 'muted'}>
          {row.isHeld && <Icon name="warning" size={13} />} {note.title}
        </p>
      ))}
    </>
  )
}
