/** What a list would do, in numbers; each opens its rows. Rows are mended in place; then all of them are written, or none. */
import { useEffect, useRef, useState } from 'react'
import type { Import } from '#modules/imports/contract.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Go, useAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { commitMemberImport } from '../../import/contract.ts'
import { BadRowsLink } from './BadRowsLink.tsx'
import { DiscardButton } from './DiscardButton.tsx'
import { RowList } from './RowList.tsx'
import { VerdictLines } from './VerdictLines.tsx'
import { countOf, countWritten, shownVerdict } from './verdicts.ts'

export function PreviewStep({ found }: { found: Import }) {
  const { say, count } = useWords()
  const address = useAddress()
  const commit = useWrite(commitMemberImport)
  // A mend answers with the new numbers; until then they are those of the reading.
  const [counts, setCounts] = useState(found.counts)
  const isWarned = address.warned === '1'
  const verdict = isWarned ? null : shownVerdict(counts, address.verdict)
  const n = countWritten(counts)
  const [refused, elsewhere, leftOut] = [
    countOf(counts, 'refused'),
    countOf(counts, 'elsewhere'),
    counts['leftOut'] ?? 0,
  ]
  const why = n > 0 ? null : refused > 0 || leftOut > 0 ? say.imports.nothingWritable : say.imports.nothingToWrite
  const rows = useRowsInView(isWarned ? 'warned' : verdict!)
  const commitNow = () => void commit.run({ params: { importId: found.id } })

  return (
    <div className="preview-step">
      <section className="preview-side" aria-label={say.imports.steps.preview}>
        <h2>{say.imports.previewTitle(count(counts['rows'] ?? 0))}</h2>
        <VerdictLines counts={counts} verdict={verdict} isWarned={isWarned} />
        <div className="preview-acts">
          {found.trouble && (
            <Trouble refusal={new Refusal(409, found.trouble.name, found.trouble.title)} onRetry={commitNow} />
          )}
          <Trouble refusal={commit.refusal} />
          <ActButton act="admit" refused={why} loading={commit.pending} onClick={commitNow}>
            {say.imports.commit(count(n))}
          </ActButton>
          <ul className="stays muted">
            {n > 0 && <li>{say.imports.allOrNothing}</li>}
            {n > 0 && refused > 0 && <li>{say.imports.refusedStay(count(refused))}</li>}
            {elsewhere > 0 && <li>{say.imports.elsewhereStay(count(elsewhere))}</li>}
            {leftOut > 0 && <li>{say.imports.leftOutSaid(count(leftOut))}</li>}
          </ul>
          {refused + elsewhere > 0 && <BadRowsLink importId={found.id} />}
          <div className="act-row">
            <Go className="link-button" to={paths.import(found.id)} search={{ step: 'columns' }}>
              {say.imports.readAgain}
            </Go>
            <DiscardButton importId={found.id} />
          </div>
        </div>
      </section>
      <section
        ref={rows}
        className="preview-rows"
        aria-label={isWarned ? say.imports.warned : say.imports.verdicts[verdict!]}
      >
        <h2>
          {isWarned && <Icon name="warning" size={18} />}{' '}
          {say.imports.rowList(
            isWarned ? say.imports.warned : say.imports.verdicts[verdict!],
            count(isWarned ? (counts['warned'] ?? 0) : countOf(counts, verdict!)),
          )}
        </h2>
        <RowList key={isWarned ? 'warned' : verdict} found={found} verdict={verdict} onCounts={setCounts} canMend />
      </section>
    </div>
  )
}

/** On a phone the rows stand below the numbers: choosing a number goes to them. */
function useRowsInView(shown: string) {
  const rows = useRef<HTMLElement>(null)
  const first = useRef(shown)
  useEffect(() => {
    if (first.current === shown) return
    first.current = ''
    if (!window.matchMedia('(max-width: 61.9em)').matches) return
    const frame = requestAnimationFrame(() => rows.current?.scrollIntoView())
    return () => cancelAnimationFrame(frame)
  }, [shown])
  return rows
}
