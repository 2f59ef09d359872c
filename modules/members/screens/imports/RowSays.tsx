/** What a row would change, from what to what; what is wrong with it; what to look at; and where its person is now. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { Go } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { ImportRow } from '../../import/contract.ts'
import { AskTransfer } from '../AskTransfer.tsx'
import { useFieldWords } from '../fieldwords.ts'

export function RowSays({ found, row }: { found: Import; row: ImportRow }) {
  const { say } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const said = (field: string, value: string | null) =>
    value === null ? <span className="muted">{say.imports.nothing}</span> : valueOf(field, value)
  return (
    <>
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
      {row.faults.map((fault) => (
        <p key={fault.title} className="fault">
          {fault.title}
        </p>
      ))}
      {row.warnings.map((warning) => (
        <p key={warning.title} className="text-amber">
          <Icon name="warning" size={13} /> {warning.title}
        </p>
      ))}
      {row.verdict === 'elsewhere' && <Elsewhere found={found} row={row} />}
      {row.personId && (row.verdict !== 'elsewhere' || row.whereNow) && (
        <Go to={paths.member(row.personId)} className="see-person">
          {say.imports.seePerson}
        </Go>
      )}
    </>
  )
}

/** Whoever is a member where the caller may look is named with the place; anybody else can be asked for. */
function Elsewhere({ found, row }: { found: Import; row: ImportRow }) {
  const { say } = useWords()
  const [isAsking, setAsking] = useState(false)
  const person = { fullName: row.fullName, identityNumber: row.typed['identityNumber'] ?? '' }
  return (
    <>
      <p>{row.whereNow ? say.imports.whereNow(row.whereNow) : say.imports.whereHidden} </p>
      {!row.whereNow && (
        <Button variant="default" size="compact-sm" onClick={() => setAsking(true)}>
          {say.imports.askTransfer}
        </Button>
      )}
      {isAsking && (
        <AskTransfer
          into={isGrassroots(found.unit.kind) ? found.unit : null}
          person={person}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
