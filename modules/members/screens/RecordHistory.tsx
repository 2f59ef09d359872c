/** Each statement behind a record: who said what, when and from where. Any but the first can be taken back. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { useTell } from '#ui/notices.tsx'
import { Part } from '#ui/Page.tsx'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { reverseStatement, type showRecord } from '../record/contract.ts'
import { useFieldWords } from './fieldwords.ts'

type Statement = Reply<typeof showRecord>['statements'][number]

export function RecordHistory({ statements }: { statements: readonly Statement[] }) {
  const { say, instant } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const tell = useTell()
  const why = useWhyNot('admit')
  const { run, pending, refusal, reset } = useWrite(reverseStatement)
  const [reversing, setReversing] = useState<string | null>(null)
  const sources: Record<string, string> = say.person.sources
  const isFixed = (one: Statement) => one.isReversed || one.source === 'registered' || one.source === 'reversal'
  if (statements.length === 0) return null
  // What a person was registered with came first, whenever it was written down.
  const inOrder = statements.toSorted((a, b) => Number(a.source === 'registered') - Number(b.source === 'registered'))
  return (
    <Part title={say.person.history}>
      <div className="scroll">
        <table className="ledger cards statements">
          <thead>
            <tr>
              <th scope="col">{say.person.when}</th>
              <th scope="col">{say.person.source}</th>
              <th scope="col">{say.person.said}</th>
              <th scope="col">
                <span className="sr-only">{say.person.takeBack}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {inOrder.map((one) => (
              <tr key={one.id} className={one.isReversed ? 'struck' : undefined}>
                <td className="muted">
                  {instant(one.at)}
                  <small className="block">{one.by}</small>
                </td>
                <th scope="row">
                  {sources[one.source] ?? one.source}
                  {one.isReversed && <small className="tag-red">{say.person.isReversed}</small>}
                  {one.reason && <small className="block muted">{one.reason}</small>}
                </th>
                <td className="said">
                  {Object.entries(one.said).map(([code, value]) => (
                    <span key={code} className="block">
                      {nameOf(code)}: {value === null ? <em>{say.person.cleared}</em> : valueOf(code, value)}
                    </span>
                  ))}
                </td>
                <td>
                  {!isFixed(one) && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      leftSection={<Icon name="undo" size={14} />}
                      disabled={why !== null}
                      title={why ?? undefined}
                      onClick={() => {
                        reset()
                        setReversing(one.id)
                      }}
                    >
                      {say.person.takeBack}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ReasonDialog
        opened={reversing !== null}
        onClose={() => setReversing(null)}
        title={say.person.takeBackTitle}
        confirm={say.person.takeBack}
        danger
        pending={pending}
        refusal={refusal}
        onReason={(reason) =>
          void run({ params: { statementId: reversing! }, body: { reason } }).then((done) => {
            if (!done) return
            setReversing(null)
            tell({ text: say.person.takenBack })
          })
        }
      >
        {say.person.takeBackText}
      </ReasonDialog>
    </Part>
  )
}
