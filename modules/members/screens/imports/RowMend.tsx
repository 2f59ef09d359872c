/** The cells of one row, to be mended: first those that name a person or are at fault, the others folded. */
import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { isGrassroots } from '#modules/units/rules.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useWrite } from '#ui/api.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { mendImportRow, type ImportRow } from '../../import/contract.ts'
import { cellsOf, faultField } from './cells.ts'
import { isWritten } from './verdicts.ts'

type RowMendProps = {
  found: Import
  row: ImportRow
  onMended: (row: ImportRow, counts: Record<string, number>) => void
  onClose: () => void
}

export function RowMend({ found, row, onMended, onClose }: RowMendProps) {
  const { say, count } = useWords()
  const why = useWhyNot('admit')
  const [typed, setTyped] = useState<Record<string, string>>(row.typed)
  const { run, pending, refusal } = useWrite(mendImportRow, { keepsNothing: true })
  const names: Record<string, string> = { ...say.record.fields, ...say.record.columns }
  const { first, others } = cellsOf(found, row)
  const needsUnion = !isGrassroots(found.unit.kind) && row.unionName === null
  const faultAt = (field: string) => row.faults.find(({ name }) => faultField[name] === field)?.title
  const [union, setUnion] = useState<string | null>(null)
  const at = { params: { importId: found.id, line: row.line } }

  // Whoever opened the row by its key goes on typing where something is wrong.
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])]
    const start = inputs.find((input) => input.getAttribute('aria-invalid') === 'true') ?? inputs[0]
    start?.focus()
  }, [])

  async function mend(body: { typed?: Record<string, string>; isLeftOut?: boolean }) {
    const done = await run({ ...at, body })
    if (done) onMended(done.row, done.counts)
  }

  const cell = (field: string) => (
    <TextInput
      key={field}
      label={names[field] ?? field}
      value={typed[field] ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget
        setTyped((now) => ({ ...now, [field]: value }))
      }}
      error={faultAt(field)}
      maxLength={1000}
      autoComplete="off"
    />
  )

  return (
    <form
      ref={form}
      className="row-mend"
      onSubmit={(event) => {
        event.preventDefault()
        void mend({ typed })
      }}
    >
      <div className="mend-fields">
        {needsUnion && (
          <UnitPicker
            label={say.imports.unionPick}
            kinds="grassroots"
            name={union}
            error={union ? null : (faultAt('union') ?? null)}
            onPick={(picked) => {
              setUnion(picked.name)
              setTyped((now) => ({ ...now, unionCode: picked.code }))
            }}
          />
        )}
        {first.map(cell)}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{say.imports.otherCells(count(others.length))}</summary>
          <div className="mend-fields">{others.map(cell)}</div>
        </details>
      )}
      <Trouble refusal={refusal} />
      <div className="act-row">
        <Button type="submit" size="xs" loading={pending} disabled={why !== null}>
          {say.imports.saveMend}
        </Button>
        {(isWritten(row.verdict) || row.isLeftOut) && (
          <Button
            variant="default"
            size="xs"
            disabled={pending || why !== null}
            onClick={() => void mend({ isLeftOut: !row.isLeftOut })}
          >
            {row.isLeftOut ? say.imports.takeIn : say.imports.leaveOut}
          </Button>
        )}
        <Button variant="subtle" size="xs" onClick={onClose}>
          {say.frame.close}
        </Button>
        {why && <small>{why}</small>}
      </div>
    </form>
  )
}
