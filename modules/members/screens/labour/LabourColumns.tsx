/** What each column of a staff list is, of which day and whose staff the list is; then it is compared with the register. */
import { Checkbox, NativeSelect } from '@mantine/core'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { useRead, useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { useDraft } from '#ui/draft.ts'
import { faultFinder } from '#ui/faults.ts'
import { useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { listStaffEmployers, readStaffList, type StaffSettings } from '../../labour/contract.ts'
import { listDay } from '../../labour/rules.ts'
import { letterOf, wantingIn } from '../imports/columnfields.ts'
import { ColumnsTable } from '../imports/ColumnsTable.tsx'
import { FileNotices } from '../imports/FileNotices.tsx'
import { columnsOf, draftOf, type ReadDraft } from '../imports/readdraft.ts'
import { LabourDiscard } from './LabourDiscard.tsx'

type Draft = ReadDraft & { leftOut: string[] }

export function LabourColumns({ found }: { found: Import }) {
  const { say } = useWords()
  const me = useMe()
  const go = useGo()
  const { head, trouble } = found
  const said = found.settings as Partial<StaffSettings>
  const [draft, setDraft] = useDraft<Draft>(`labour-${found.id}`, {
    ...draftOf(found, me.today),
    on: said.on ?? listDay(me.today),
    leftOut: [],
  })
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const read = useWrite(readStaffList)
  const of = useRead(listStaffEmployers, { params: { unitId: found.unit.id }, query: { on: draft.on || undefined } })
  const employers = of.data?.employers ?? []
  const chosen = employers.filter(({ id }) => !draft.leftOut.includes(id))
  const columns = columnsOf(head, draft)
  const wanting = wantingIn(columns, false)
  const names: Record<string, string> = { ...say.record.fields, ...say.record.columns }
  const missing = wanting.missing
    ? say.imports[wanting.missing]
    : !draft.on
      ? say.labour.needsDay
      : employers.length > 0 && chosen.length === 0
        ? say.labour.needsEmployer
        : null

  async function readNow() {
    const employerIds = chosen.length < employers.length ? chosen.map(({ id }) => id) : null
    const body = { sheet: draft.sheet || null, columns, on: draft.on, employerIds }
    if (await read.run({ params: { importId: found.id }, body })) go(paths.labourList(found.id), {}, { replace: true })
  }

  return (
    <div className="columns-step">
      {trouble && (
        <Trouble
          refusal={
            new Refusal(409, trouble.name, trouble.name === 'import-interrupted' ? say.labour.lost : trouble.title)
          }
        />
      )}
      <FileNotices head={head} />
      {head.sheets.length > 1 && (
        <NativeSelect
          className="sheet-choice"
          label={say.imports.sheet}
          value={draft.sheet || (head.sheet ?? '')}
          onChange={(event) => set({ sheet: event.currentTarget.value })}
          data={head.sheets}
        />
      )}
      <Part title={say.imports.steps.columns}>
        <ColumnsTable
          head={head}
          columns={columns}
          onField={(index, field) => set({ fields: { ...draft.fields, [index]: field } })}
        />
      </Part>
      <Part title={say.labour.howToRead}>
        <div className="list-day">
          <DayField
            label={say.labour.day}
            description={say.labour.dayHint}
            value={draft.on}
            onDay={(on) => set({ on })}
            required
            error={faultFinder(read.refusal, '')('on')}
          />
        </div>
        {employers.length > 1 && (
          <fieldset className="employers-of">
            <legend className="field-label">{say.labour.ofEmployers}</legend>
            {employers.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={!draft.leftOut.includes(id)}
                onChange={(event) =>
                  set({
                    leftOut: event.currentTarget.checked
                      ? draft.leftOut.filter((one) => one !== id)
                      : [...draft.leftOut, id],
                  })
                }
              />
            ))}
            <p className="field-hint">{say.labour.ofEmployersHint}</p>
          </fieldset>
        )}
      </Part>
      <div className="commit">
        {wanting.warnings.includes('withoutBirth') && (
          <p className="note-amber">
            <Icon name="warning" size={16} /> {say.imports.withoutBirth}
          </p>
        )}
        {wanting.twice.map(({ field, indexes }) => (
          <p key={field} className="note-amber">
            <Icon name="warning" size={16} />{' '}
            {say.imports.twice(names[field] ?? field, indexes.map(letterOf).join(', '))}
          </p>
        ))}
        <Trouble refusal={read.refusal} />
        <div className="act-row">
          <ActButton act="admit" refused={missing} loading={read.pending} onClick={() => void readNow()}>
            {say.labour.read}
          </ActButton>
          {found.committedAt === null && <LabourDiscard importId={found.id} />}
        </div>
      </div>
    </div>
  )
}
