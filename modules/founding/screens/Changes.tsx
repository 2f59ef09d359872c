/** What an act changes, in numbers: 66 → 67. */
import { useWords } from '#ui/words.tsx'

type Change = { indicator: string; before: number; after: number }

export function Changes({ title, changes }: { title: string; changes: Change[] }) {
  const { indicators, count } = useWords()
  if (changes.length === 0) return null
  return (
    <div className="changes">
      <h2>{title}</h2>
      <ul>
        {changes.map((change) => (
          <li key={change.indicator}>
            <span>{indicators.known[change.indicator as keyof typeof indicators.known]?.name ?? change.indicator}</span>
            <span className="change-figures">
              {count(change.before)} → <strong>{count(change.after)}</strong>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
