/** What each column of the file is, and how its people are to be written; then the whole file is read. */
import { NativeSelect } from '@mantine/core'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { decisionOf } from '#modules/units/screens/Decision.tsx'
import { useWrite } from '#ui/api.ts'
import { useDraft } from '#ui/draft.ts'
import { useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { readMemberImport } from '../../import/contract.ts'
import { letterOf, wantingIn } from './columnfields.ts'
import { ColumnsTable } from './ColumnsTable.tsx'
import { DiscardButton } from './DiscardButton.tsx'
import { FileNotices } from './FileNotices.tsx'
import { columnsOf, draftOf, isSheetChanged, type ReadDraft } from './readdraft.ts'
import { ReadSettings } from './ReadSettings.tsx'

export function ColumnsStep({ found }: { found: Import }) {
  const { say, count } = useWords()
  const me = useMe()
  const go = useGo()
  const [draft, setDraft] = useDraft<ReadDraft>(`import-${found.id}`, draftOf(found, me.today))
  const read = useWrite(readMemberImport)
  const { head, trouble } = found
  const set = (change: Partial<ReadDraft>) => setDraft((now) => ({ ...now, ...change }))
  const columns = columnsOf(head, draft)
  const wanting = wantingIn(columns, !isGrassroots(found.unit.kind))
  const missing = wanting.missing ?? (draft.on ? null : 'needsDay')
  const of = (test: (column: (typeof columns)[number]) => boolean) => count(columns.filter(test).length)
  const names: Record<string, string> = { ...say.record.fields, ...say.record.columns }

  async function readNow() {
    const body = {
      sheet: draft.sheet || null,
      columns,
      kind: draft.kind,
      on: draft.on,
      decision: decisionOf(draft.decision),
      officerId: draft.officerId || null,
    }
    if (await read.run({ params: { importId: found.id }, body })) go(paths.import(found.id), {}, { replace: true })
  }

  return (
    <div className="columns-step">
      {trouble && (
        <>
          <p className="stopped">{say.imports.stopped}</p>
          <Trouble
            refusal={new Refusal(409, trouble.name, trouble.title)}
            onRetry={missing ? undefined : () => void readNow()}
          />
        </>
      )}
      <FileNotices head={head} />
      {head.sheets.length > 1 && (
        <div className="sheet-choice">
          <NativeSelect
            label={say.imports.sheet}
            value={draft.sheet || (head.sheet ?? '')}
            onChange={(event) => set({ sheet: event.currentTarget.value })}
            data={head.sheets}
          />
          {isSheetChanged(head, draft) && (
            <p className="note-amber">
              <Icon name="warning" size={16} /> {say.imports.otherSheet(head.sheet ?? '')}
            </p>
          )}
        </div>
      )}
      <Part title={say.imports.steps.columns}>
        <p className="muted">
          {say.imports.columnsLead}{' '}
          {say.imports.columnsSaid(
            of(({ field, confidence }) => field !== null && confidence === 'sure'),
            of(({ field, confidence }) => field !== null && confidence === 'guess'),
            of(({ field }) => field === null),
          )}
        </p>
        <ColumnsTable
          head={head}
          columns={columns}
          onField={(index, field) => set({ fields: { ...draft.fields, [index]: field } })}
        />
      </Part>
      <Part title={say.imports.howToWrite}>
        <ReadSettings unitId={found.unit.id} draft={draft} set={set} refusal={read.refusal} />
      </Part>
      <div className="commit">
        {wanting.warnings.map((warning) => (
          <p key={warning} className="note-amber">
            <Icon name="warning" size={16} /> {say.imports[warning]}
          </p>
        ))}
        {wanting.twice.map(({ field, indexes }) => (
          <p key={field} className="note-amber">
            <Icon name="warning" size={16} />{' '}
            {say.imports.twice(names[field] ?? field, indexes.map(letterOf).join(', '))}
          </p>
        ))}
        <Trouble refusal={read.refusal} />
        <div className="act-row">
          <ActButton
            act="admit"
            refused={missing && say.imports[missing]}
            loading={read.pending}
            onClick={() => void readNow()}
          >
            {say.imports.read}
          </ActButton>
          <DiscardButton importId={found.id} />
        </div>
      </div>
    </div>
  )
}
