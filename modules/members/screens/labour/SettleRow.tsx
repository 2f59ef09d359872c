/** Says who an unclear row is: one of the members it may be, a new worker, or what was typed is mended; or it is passed over. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { useWrite } from '#ui/api.ts'
import { useTell } from '#ui/notices.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { acceptStaffRows, settleStaffRow, type StaffRow } from '../../labour/contract.ts'
import { wholeOf } from '../imports/columnfields.ts'

type SettleRowProps = { found: Import; row: StaffRow; onClose: () => void }
type Settlement = { typed: Record<string, string> } | { personId: string } | { isNew: true }

const naming = ['fullName', 'birthDate', 'sex', 'identityNumber']

export function SettleRow({ found, row, onClose }: SettleRowProps) {
  const { say, day } = useWords()
  const tell = useTell()
  const settle = useWrite(settleStaffRow)
  const skip = useWrite(acceptStaffRows)
  const [typed, setTyped] = useState<Record<string, string>>(row.typed)
  const names: Record<string, string> = { ...say.record.fields, ...say.record.columns }
  const inList = found.head.columns.flatMap(({ field }) =>
    field && naming.includes(wholeOf(field)) ? [wholeOf(field)] : [],
  )
  const cells = naming.filter((field) => inList.includes(field) || field in row.typed)
  const isBusy = settle.pending || skip.pending

  async function decide(body: Settlement) {
    const done = await settle.run({ params: { importId: found.id, line: row.line }, body })
    if (!done) return
    tell({ text: `${done.row.fullName}: ${say.labour.nowIs(say.labour.verdicts[done.row.verdict])}` })
    if (done.row.verdict !== 'unclear') onClose()
  }
  const group = { verdict: 'unclear' as const, act: 'none' as const, lines: [row.line], count: 1 }

  return (
    <div className="settle">
      {row.candidates.length > 0 ? (
        <ul className="candidates">
          {row.candidates.map((one) => (
            <li key={one.personId}>
              <Button
                variant="default"
                size="sm"
                disabled={isBusy}
                onClick={() => void decide({ personId: one.personId })}
              >
                {say.labour.isThis(one.fullName)}
              </Button>{' '}
              <span className="code">{one.birth.length === 4 ? one.birth : day(one.birth)}</span>{' '}
              <span className="code muted">{one.identity}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{say.labour.noCandidate}</p>
      )}
      <div className="act-row">
        <Button variant="default" size="sm" disabled={isBusy} onClick={() => void decide({ isNew: true })}>
          {row.candidates.length > 0 ? say.labour.isNew : say.labour.isNewAlone}
        </Button>
        <Button
          variant="subtle"
          size="sm"
          disabled={isBusy}
          onClick={() => void skip.run({ params: { importId: found.id }, body: { groups: [group] } })}
        >
          {say.labour.skip}
        </Button>
      </div>
      <details>
        <summary>{say.labour.mendHere}</summary>
        <form
          className="row-mend"
          onSubmit={(event) => {
            event.preventDefault()
            void decide({ typed })
          }}
        >
          <div className="mend-fields">
            {cells.map((field) => (
              <TextInput
                key={field}
                label={names[field] ?? field}
                value={typed[field] ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  setTyped((now) => ({ ...now, [field]: value }))
                }}
                maxLength={1000}
                autoComplete="off"
              />
            ))}
          </div>
          <div className="act-row">
            <Button type="submit" size="sm" loading={settle.pending}>
              {say.labour.saveMend}
            </Button>
          </div>
        </form>
      </details>
      <Trouble refusal={settle.refusal ?? skip.refusal} />
    </div>
  )
}
