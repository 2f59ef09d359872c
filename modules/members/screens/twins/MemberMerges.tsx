/** Whom this row was merged into, or who was merged into it: the other history one step away, and the way to part them again. */
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { Go } from '#ui/Go.tsx'
import { useTell } from '#ui/notices.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import { listMerges, separatePeople } from '../../twins/contract.ts'
import './twins.css'

export function MemberMerges({ personId }: { personId: string }) {
  const { say, instant } = useWords()
  const tell = useTell()
  const { data } = useRead(listMerges, { params: { personId } })
  const undo = useWrite(separatePeople)
  const [separating, setSeparating] = useState<string | null>(null)
  if (!data || data.merges.length === 0) return null
  return (
    <Part title={say.twins.history}>
      {data.mergedInto && (
        <p>
          {say.twins.mergedInto} <Go to={paths.member(data.mergedInto.id)}>{data.mergedInto.fullName}</Go>.
        </p>
      )}
      <ul className="twin-merges">
        {data.merges.map((merge) => {
          const other = merge.kept.id === personId ? merge.merged : merge.kept
          return (
            <li key={merge.id}>
              <span>
                <Go to={paths.member(other.id)}>{say.twins.keepOne(other.fullName, other.id)}</Go>
                <small className="block muted">
                  {instant(merge.at)}, {merge.by}: {merge.reason}
                </small>
                {merge.undone && (
                  <small className="block muted">
                    {say.twins.wasSeparated(instant(merge.undone.at), merge.undone.by)}: {merge.undone.reason}
                  </small>
                )}
              </span>
              {!merge.undone && (
                <ActButton
                  act="merge-people"
                  icon="undo"
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => {
                    undo.reset()
                    setSeparating(merge.id)
                  }}
                >
                  {say.twins.separate}
                </ActButton>
              )}
            </li>
          )
        })}
      </ul>
      <ReasonDialog
        opened={separating !== null}
        onClose={() => setSeparating(null)}
        title={say.twins.separateTitle}
        confirm={say.twins.separate}
        danger
        pending={undo.pending}
        refusal={undo.refusal}
        onReason={(reason) =>
          void undo.run({ params: { mergeId: separating! }, body: { reason } }).then((done) => {
            if (!done) return
            setSeparating(null)
            tell({ text: say.twins.separated })
          })
        }
      >
        {say.twins.separateText}
      </ReasonDialog>
    </Part>
  )
}
