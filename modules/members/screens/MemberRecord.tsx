/** The fields of a record that say something, grouped by what they are kept for. Sensitive ones are dots until somebody says why. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { Empty } from '#ui/Page.tsx'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { fields, type Purpose } from '../fields.ts'
import { readSensitive, type showRecord } from '../record/contract.ts'
import { useFieldWords } from './fieldwords.ts'

export function MemberRecord({ personId, record }: { personId: string; record: Reply<typeof showRecord> }) {
  const { say } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const [shown, setShown] = useState<Record<string, string> | null>(null)
  const said = fields.filter((field) => record.values[field.code] !== undefined)
  const purposes = Object.keys(say.record.purposes) as Purpose[]
  const groups = purposes.flatMap((purpose) => {
    const group = said.filter((field) => field.purpose === purpose)
    return group.length > 0 ? [[purpose, group] as const] : []
  })
  const hasSecret = said.some((field) => field.class === 'sensitive')
  return (
    <>
      {record.warnings.length > 0 && (
        <div className="warned" role="note">
          <Icon name="warning" />
          <div>
            <p>{say.person.warnings}</p>
            <ul>
              {record.warnings.map((warning) => (
                <li key={warning.name}>{warning.title}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {said.length === 0 && <Empty title={say.person.nothingYet}>{say.person.nothingYetHint}</Empty>}
      <div className="record-groups">
        {groups.map(([purpose, group]) => (
          <section key={purpose} className="record-group" aria-label={say.record.purposes[purpose]}>
            <h3>{say.record.purposes[purpose]}</h3>
            <dl className="record-fields">
              {group.map((field) => (
                <div key={field.code}>
                  <dt>
                    {nameOf(field.code)}
                    {field.class === 'sensitive' && <span className="tag">{say.person.sensitive}</span>}
                  </dt>
                  <dd>{valueOf(field.code, shown?.[field.code] ?? record.values[field.code]!)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {hasSecret && <SensitiveAsk personId={personId} isShown={shown !== null} onShown={setShown} />}
    </>
  )
}

type AskProps = {
  personId: string
  isShown: boolean
  onShown: (values: Record<string, string> | null) => void
}

function SensitiveAsk({ personId, isShown, onShown }: AskProps) {
  const { say } = useWords()
  const why = useWhyNot('read-identity')
  const [asking, setAsking] = useState(false)
  const { run, pending, refusal, reset } = useWrite(readSensitive)
  return (
    <div className="act-row">
      <Button
        variant="default"
        size="xs"
        disabled={why !== null}
        onClick={() => {
          if (isShown) return onShown(null)
          reset()
          setAsking(true)
        }}
      >
        {isShown ? say.person.hideSensitive : say.person.showSensitive}
      </Button>
      {why && <small>{why}</small>}
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={say.person.showSensitive}
        confirm={say.person.showSensitive}
        pending={pending}
        refusal={refusal}
        onReason={(reason) =>
          void run({ params: { personId }, body: { reason } }).then((read) => {
            if (!read) return
            onShown(read.values)
            setAsking(false)
          })
        }
      >
        {say.person.showSensitiveText}
      </ReasonDialog>
    </div>
  )
}
