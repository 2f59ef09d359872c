/** Mends a person's record. First what the application to join asks (form 5a), the rest folded; only what is changed is said, and
 *  the draft outlives a reload - but for what is sensitive. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { useDraft } from '#ui/draft.ts'
import { faultFinder } from '#ui/faults.ts'
import { useGo, useParam } from '#ui/Go.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { showMember } from '../contract.ts'
import type { Field } from '../fields.ts'
import { editRecord, showRecord } from '../record/contract.ts'
import { CoreInputs } from './CoreInputs.tsx'
import { useFieldWords } from './fieldwords.ts'
import { firstFields, isSecret, moreFields, valuesSaid, type RecordDraft } from './formfields.ts'
import { RecordInput } from './RecordInput.tsx'
import { useTellSaid } from './Undo.tsx'
import './member.css'

export function RecordForm() {
  const { say } = useWords()
  const personId = useParam('personId')
  const member = useRead(showMember, { params: { personId } })
  const record = useRead(showRecord, { params: { personId } })
  const name = member.data?.fullName ?? ''
  return (
    <Page
      title={name ? say.person.editTitle(name) : say.person.edit}
      lead={say.person.editLead}
      back={{ to: paths.member(personId), label: name || say.members.one }}
    >
      <Loaded read={member.data ? record : { ...record, error: member.error ?? record.error }}>
        {(data) => (member.data ? <Fields key={personId} member={member.data} record={data} /> : <Waiting />)}
      </Loaded>
    </Page>
  )
}

/** Refusals about the number, which name no field. */
const ofNumber = new Set([
  'not-an-identity-number',
  'identity-number-rounded',
  'identity-number-lost-zeros',
  'another-person-here',
])

function Fields({ member, record }: { member: Reply<typeof showMember>; record: Reply<typeof showRecord> }) {
  const { say, count } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const go = useGo()
  const tell = useTellSaid()
  const [kept, setKept, forget] = useDraft<RecordDraft>(`record-${member.id}`, {})
  const [secret, setSecret] = useState<RecordDraft>({})
  const [reason, setReason] = useState('')
  const [isMoreOpen, setMoreOpen] = useState(false)
  const { run, pending, refusal, reset } = useWrite(editRecord)
  const core = {
    fullName: member.fullName,
    birthDate: valueOf('birthDate', member.birthDate),
    sex: member.sex,
    citizenship: valueOf('citizenship', record.citizenship),
    identityNumber: '',
  }
  const now = { ...core, ...record.values }
  const draft = { ...kept, ...secret }
  const values = valuesSaid(draft, now)
  const changes = Object.entries(values)
  const pointed = faultFinder(refusal, '/values')
  const faultAt = (code: string) =>
    pointed(code) ?? (code === 'identityNumber' && refusal && ofNumber.has(refusal.problem) ? refusal.message : null)
  const hasFaultBelow = moreFields.some((field) => faultAt(field.code) !== null)

  function type(code: string, typed: string | null | undefined) {
    reset()
    const put = (before: RecordDraft): RecordDraft => {
      const { [code]: _, ...others } = before
      return typed === undefined ? others : { ...others, [code]: typed }
    }
    if (isSecret(code)) setSecret(put)
    else setKept(put)
  }

  async function save() {
    const done = await run({ params: { personId: member.id }, body: { values, reason: reason.trim() || null } })
    if (!done) return
    forget()
    tell(say.person.saved(member.fullName), done.statementId)
    go(paths.member(member.id))
  }

  const input = (field: Field, saysPurpose: boolean) => (
    <RecordInput
      key={field.code}
      field={field}
      now={record.values[field.code]}
      typed={draft[field.code]}
      saysPurpose={saysPurpose}
      error={faultAt(field.code)}
      onType={(typed) => type(field.code, typed)}
    />
  )

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (changes.length > 0) void save()
      }}
    >
      <Part title={say.person.identity}>
        <CoreInputs now={core} draft={draft} masked={member.identityMasked} faultAt={faultAt} onType={type} />
      </Part>
      <Part title={say.person.firstFields}>
        <div className="fields">{firstFields.map((field) => input(field, true))}</div>
      </Part>
      <details
        className="more-fields"
        open={isMoreOpen || hasFaultBelow}
        onToggle={(event) => setMoreOpen(event.currentTarget.open)}
      >
        <summary>{say.person.moreFields(count(moreFields.length))}</summary>
        {[...Map.groupBy(moreFields, (field) => field.purpose)].map(([purpose, group]) => (
          <section key={purpose} className="record-group" aria-label={say.record.purposes[purpose]}>
            <h3>{say.person.for(say.record.purposes[purpose])}</h3>
            <div className="fields">{group.map((field) => input(field, false))}</div>
          </section>
        ))}
      </details>
      <TextInput
        label={`${say.person.why} (${say.moves.optional})`}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={300}
      />
      <div className="commit">
        <div role="status">
          {changes.length === 0 ? (
            <span className="muted">{say.person.nothingToSay}</span>
          ) : (
            <>
              {say.person.willSay(count(changes.length))}{' '}
              <strong>
                {changes
                  .map(([code, value]) => (value === null ? `${nameOf(code)} (${say.person.cleared})` : nameOf(code)))
                  .join(', ')}
              </strong>
            </>
          )}
        </div>
        {Object.keys(secret).length > 0 && <small className="muted block">{say.person.secretNotKept}</small>}
        {/* Each fault stands at its field already. */}
        <Trouble refusal={refusal && new Refusal(refusal.status, refusal.problem, refusal.message)} />
        <div className="act-row">
          <ActButton act="admit" type="submit" loading={pending} disabled={changes.length === 0}>
            {say.person.save}
          </ActButton>
          {changes.length > 0 && (
            <Button
              variant="subtle"
              onClick={() => {
                forget()
                setSecret({})
                reset()
              }}
            >
              {say.person.discard}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
