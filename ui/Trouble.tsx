/** What stands in the way, said beside its cause: the sentence, the faults line by line, and a way out. */
import { Button } from '@mantine/core'
import { Icon } from './Icon.tsx'
import type { Refusal } from './refusal.ts'
import { useWords } from './words.tsx'

const faultsShownMax = 30

export function Trouble({ refusal, onRetry }: { refusal: Refusal | null; onRetry?: () => void }) {
  const { say, count } = useWords()
  if (!refusal) return null
  const shown = refusal.faults.slice(0, faultsShownMax)
  const more = refusal.faults.length - shown.length
  return (
    <div className="trouble" role="alert">
      <Icon name="warning" />
      <div>
        <p>{refusal.message}</p>
        {shown.length > 0 && (
          <ul>
            {shown.map((fault, index) => (
              <li key={index}>
                {fault.line ? `${say.frame.line(count(fault.line))}: ` : ''}
                {fault.title}
              </li>
            ))}
            {more > 0 && <li>{say.frame.andMore(count(more))}</li>}
          </ul>
        )}
        {onRetry && (
          <Button variant="default" size="xs" mt={8} onClick={onRetry}>
            {say.frame.retry}
          </Button>
        )}
      </div>
    </div>
  )
}
