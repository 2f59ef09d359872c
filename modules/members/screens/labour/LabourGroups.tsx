/** What a staff list means, group by group, in numbers; each group opens its rows and is accepted whole or row by row. */
import { useEffect, useRef, useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import type { Import } from '#modules/imports/contract.ts'
import { Go, useAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { Refusal } from '#ui/refusal.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import type { acceptStaffRows, StaffSettings } from '../../labour/contract.ts'
import type { StaffVerdict } from '../../labour/rules.ts'
import { AcceptAll } from './AcceptAll.tsx'
import { AcceptGroup } from './AcceptGroup.tsx'
import { countOf, icons, order, shownGroup, type Counts } from './groups.ts'
import { LabourClose, LabourDiscard } from './LabourDiscard.tsx'
import { LabourRows } from './LabourRows.tsx'
import { LabourUndo } from './LabourUndo.tsx'

export type Accepted = Reply<typeof acceptStaffRows>

export function LabourGroups({ found }: { found: Import }) {
  const { say, count, day } = useWords()
  const { group } = useAddress()
  const { counts, trouble } = found
  const verdict = shownGroup(counts, group)
  const { on } = found.settings as StaffSettings
  const [answer, setAnswer] = useState<Accepted | null>(null)
  const rows = useRowsInView(verdict)
  const open = countOf(counts, 'open')
  return (
    <div className="preview-step">
      <section className="preview-side" aria-label={say.labour.compared(count(countOf(counts, 'rows')), day(on))}>
        <h2>{say.labour.compared(count(countOf(counts, 'rows')), day(on))}</h2>
        <GroupLines importId={found.id} counts={counts} shown={verdict} />
        <div className="preview-acts">
          {trouble && <Trouble refusal={new Refusal(409, trouble.name, trouble.title)} />}
          {answer && <Answer answer={answer} />}
          {open === 0 && <p className="all-done">{say.labour.nothingOpen}</p>}
          <AcceptAll found={found} onAccepted={setAnswer} />
          {found.committedAt !== null && <LabourUndo importId={found.id} />}
          <div className="act-row">
            <LabourClose importId={found.id} open={open} />
            {found.committedAt === null && <LabourDiscard importId={found.id} />}
          </div>
          {found.committedAt === null && (
            <Go to={paths.labourList(found.id)} search={{ step: 'columns' }}>
              {say.labour.readAgain}
            </Go>
          )}
        </div>
      </section>
      <section ref={rows} className="preview-rows" aria-label={say.labour.verdicts[verdict]}>
        <h2>
          <Icon name={icons[verdict]} size={18} />{' '}
          {say.imports.rowList(say.labour.verdicts[verdict], count(countOf(counts, verdict)))}
        </h2>
        <p className="muted">{say.labour.hints[verdict]}</p>
        <AcceptGroup found={found} verdict={verdict} onAccepted={setAnswer} />
        <LabourRows key={verdict} found={found} verdict={verdict} onAccepted={setAnswer} />
      </section>
    </div>
  )
}

function GroupLines({ importId, counts, shown }: { importId: string; counts: Counts; shown: StaffVerdict }) {
  const { say, count } = useWords()
  return (
    <ul className="verdicts labour-groups">
      {order
        .filter((verdict) => countOf(counts, verdict) > 0 || verdict === shown)
        .map((verdict) => {
          const open = countOf(counts, `open_${verdict}`)
          return (
            <li key={verdict} className={verdict}>
              <Go
                to={paths.labourList(importId)}
                search={{ group: verdict }}
                aria-current={verdict === shown ? 'true' : undefined}
              >
                <span className="verdict-count">{count(countOf(counts, verdict))}</span>
                <span className="verdict-name">
                  <Icon name={icons[verdict]} size={15} /> {say.labour.verdicts[verdict]}{' '}
                  {open > 0 && <span className="open-count">{say.labour.openOf(count(open))}</span>}
                  <small>{say.labour.hints[verdict]}</small>
                </span>
              </Go>
            </li>
          )
        })}
    </ul>
  )
}

/** What the last acceptance did, and which rows it could not write. */
function Answer({ answer }: { answer: Accepted }) {
  const { say, count } = useWords()
  return (
    <div className="answer" role="status">
      <p>
        <Icon name="check" size={16} /> {say.labour.accepted(count(answer.accepted))}
      </p>
      {answer.refused.length > 0 && (
        <>
          <p className="text-amber">{say.labour.notAccepted(count(answer.refused.length))}</p>
          <ul>
            {answer.refused.slice(0, 20).map((row) => (
              <li key={row.line}>{row.title.includes(row.fullName) ? row.title : `${row.fullName}: ${row.title}`}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** On a phone the rows stand below the numbers: choosing a group goes to them. */
function useRowsInView(shown: string) {
  const rows = useRef<HTMLElement>(null)
  const first = useRef(shown)
  useEffect(() => {
    if (first.current === shown) return
    first.current = ''
    if (window.matchMedia('(max-width: 61.9em)').matches) rows.current?.scrollIntoView()
  }, [shown])
  return rows
}
