/** One line for each verdict that occurs: how many rows, what it means; each line opens its rows. */
import { Go, useParam } from '#ui/Go.tsx'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { RowVerdict } from '../../import/contract.ts'
import { countOf, verdicts } from './verdicts.ts'

const verdictIcons: Record<RowVerdict, IconName> = {
  new: 'plus',
  returns: 'undo',
  arrives: 'right',
  changed: 'pencil',
  same: 'check',
  elsewhere: 'units',
  refused: 'warning',
}

type VerdictLinesProps = { counts: Readonly<Record<string, number>>; verdict: RowVerdict | null; isWarned: boolean }

export function VerdictLines({ counts, verdict, isWarned }: VerdictLinesProps) {
  const { say, count } = useWords()
  const to = paths.import(useParam('importId'))
  const warned = counts['warned'] ?? 0
  return (
    <ul className="verdicts">
      {verdicts
        .filter((one) => countOf(counts, one) > 0 || one === verdict)
        .map((one) => (
          <li key={one} className={one}>
            <Go to={to} search={{ verdict: one }} aria-current={one === verdict ? 'true' : undefined}>
              <Line
                icon={verdictIcons[one]}
                n={count(countOf(counts, one))}
                name={say.imports.verdicts[one]}
                hint={say.imports.verdictHints[one]}
              />
            </Go>
          </li>
        ))}
      {(warned > 0 || isWarned) && (
        <li className="warned-line">
          <Go to={to} search={{ warned: '1' }} aria-current={isWarned ? 'true' : undefined}>
            <Line icon="warning" n={count(warned)} name={say.imports.warned} hint={say.imports.warnedHint} />
          </Go>
        </li>
      )}
    </ul>
  )
}

function Line({ icon, n, name, hint }: { icon: IconName; n: string; name: string; hint: string }) {
  return (
    <>
      <span className="verdict-count">{n}</span>
      <span className="verdict-name">
        <Icon name={icon} size={15} /> {name}
        <small>{hint}</small>
      </span>
    </>
  )
}
