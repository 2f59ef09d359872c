/** What was found out about a file: an old font and how its letters were converted, where the data begin, a layout known before. */
import type { ImportHead } from '#modules/imports/contract.ts'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'

export function FileNotices({ head }: { head: ImportHead }) {
  const { say, count } = useWords()
  const example = exampleOf(head)
  return (
    <ul className="file-notices">
      {head.legacy && (
        <li>
          <Icon name="check" size={16} />
          <span>
            {say.imports.legacy[head.legacy]}{' '}
            {example && (
              <span className="conversion">
                {say.imports.before}: <q>{example.before}</q> <span aria-hidden="true">→</span> {say.imports.after}:{' '}
                <q>
                  <b>{example.after}</b>
                </q>
              </span>
            )}
          </span>
        </li>
      )}
      {head.isRemembered && (
        <li>
          <Icon name="check" size={16} />
          <span>{say.imports.remembered}</span>
        </li>
      )}
      <li>
        <Icon name="right" size={16} />
        <span>{say.imports.headerAt(count(head.linesAbove + 1))}</span>
      </li>
    </ul>
  )
}

/** The longest cell that was changed says most. */
function exampleOf(head: ImportHead): { before: string; after: string } | null {
  const changed = head.sample.flatMap(({ cells, before }) =>
    cells.flatMap((after, index) => {
      const was = before?.[index]
      return was && was !== after && /\p{L}/u.test(after) ? [{ before: was, after }] : []
    }),
  )
  return changed.sort((one, other) => other.after.length - one.after.length)[0] ?? null
}
