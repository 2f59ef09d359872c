/** What was written and what was not, with the way to take all of it back; once taken back, the three lists of the undo. */
import { useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Go, useAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { undoMemberImport } from '../../import/contract.ts'
import { BadRowsLink } from './BadRowsLink.tsx'
import { RowList } from './RowList.tsx'
import { UndoLists } from './UndoLists.tsx'
import { countOf, countWritten, isWritten, verdicts } from './verdicts.ts'

export function DoneStep({ found }: { found: Import }) {
  const { say, count, instant } = useWords()
  const [isAsked, setAsked] = useState(false)
  const undo = useWrite(undoMemberImport)
  const { counts, trouble } = found
  const n = countWritten(counts)
  const isUndone = found.state === 'undone'
  const waiting = countOf(counts, 'refused') + countOf(counts, 'elsewhere')
  return (
    <div className="done-step">
      <div className="done">
        <p className={isUndone ? 'done-title taken-back' : 'done-title'}>
          <Icon name={isUndone ? 'undo' : 'check'} size={20} />
          {isUndone ? say.imports.undone : n > 0 ? say.imports.done(count(n)) : say.imports.doneNothing}
        </p>
        {isUndone && <p>{say.imports.undoneAt(instant(found.undoneAt!))}</p>}
        {trouble && <Trouble refusal={new Refusal(409, trouble.name, trouble.title)} onRetry={() => setAsked(true)} />}
        {!isUndone && <Written counts={counts} importId={found.id} />}
        <div className="act-row">
          <Go className="link-button" to={paths.members} search={{ unit: found.unit.id }}>
            {say.imports.seeMembers(found.unit.name)}
          </Go>
          <Go className="link-button" to={paths.imports} search={{ into: found.unit.id }}>
            {say.imports.again}
          </Go>
          {!isUndone && n > 0 && (
            <ActButton act="admit" icon="undo" variant="default" onClick={() => setAsked(true)}>
              {say.imports.undo}
            </ActButton>
          )}
        </div>
      </div>
      {isUndone && <UndoLists found={found} />}
      {!isUndone && waiting > 0 && <NotWritten found={found} waiting={waiting} />}
      <ReasonDialog
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={say.imports.undo}
        confirm={say.imports.undo}
        danger
        pending={undo.pending}
        refusal={undo.refusal}
        onReason={(reason) => void undo.run({ params: { importId: found.id }, body: { reason } })}
      >
        {say.imports.undoText}
      </ReasonDialog>
    </div>
  )
}

/** Numbers of what was written, then of what was not; the latter open their rows, which are kept to be mended. */
function Written({ counts, importId }: { counts: Readonly<Record<string, number>>; importId: string }) {
  const { say, count } = useWords()
  const leftOut = counts['leftOut'] ?? 0
  const some = verdicts.filter((verdict) => countOf(counts, verdict) > 0)
  const isKept = (verdict: string) => verdict === 'refused' || verdict === 'elsewhere'
  return (
    <dl className="written">
      {some.some(isWritten) && <dt>{say.imports.written}</dt>}
      {some.filter(isWritten).map((verdict) => (
        <dd key={verdict}>
          <b>{count(countOf(counts, verdict))}</b> {say.imports.writtenVerdicts[verdict]}
        </dd>
      ))}
      {(some.some((verdict) => !isWritten(verdict)) || leftOut > 0) && <dt>{say.imports.notWritten}</dt>}
      {some
        .filter((verdict) => !isWritten(verdict))
        .map((verdict) => (
          <dd key={verdict}>
            {isKept(verdict) ? (
              <Go to={paths.import(importId)} search={{ verdict }}>
                <b>{count(countOf(counts, verdict))}</b> {say.imports.writtenVerdicts[verdict]}
              </Go>
            ) : (
              <>
                <b>{count(countOf(counts, verdict))}</b> {say.imports.writtenVerdicts[verdict]}
              </>
            )}
          </dd>
        ))}
      {leftOut > 0 && (
        <dd>
          <b>{count(leftOut)}</b> {say.imports.writtenVerdicts.leftOut}
        </dd>
      )}
    </dl>
  )
}

function NotWritten({ found, waiting }: { found: Import; waiting: number }) {
  const { say, count } = useWords()
  const { verdict: asked } = useAddress()
  const kept = (['refused', 'elsewhere'] as const).filter((verdict) => countOf(found.counts, verdict) > 0)
  const verdict = kept.find((one) => one === asked) ?? kept[0]!
  return (
    <Part title={say.imports.rowList(say.imports.verdicts[verdict], count(countOf(found.counts, verdict)))}>
      <p className="muted">{say.imports.leftToMend(count(waiting))}</p>
      <div className="act-row">
        <BadRowsLink importId={found.id} />
      </div>
      <RowList key={verdict} found={found} verdict={verdict} canMend={false} />
    </Part>
  )
}
