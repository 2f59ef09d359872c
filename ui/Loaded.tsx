/** Shows what was read: a skeleton on the first visit only, old content while the new is on its way, and a refusal with a
 *  way to ask again. Never a blank page. */
import type { ReactNode } from 'react'
import { refusalFrom } from './refusal.ts'
import { Trouble } from './Trouble.tsx'
import { useWords } from './words.tsx'

type Read<T> = { data: T | undefined; error: unknown; isPlaceholderData: boolean; refetch: () => unknown }

export function Loaded<T>({
  read,
  lines = 6,
  children,
}: {
  read: Read<T>
  lines?: number
  children: (data: T) => ReactNode
}) {
  const trouble = read.error ? <Trouble refusal={refusalFrom(read.error)} onRetry={() => void read.refetch()} /> : null
  if (read.data === undefined) return trouble ?? <Waiting lines={lines} />
  return (
    <>
      {trouble}
      <div className={read.isPlaceholderData ? 'stale' : undefined} aria-busy={read.isPlaceholderData}>
        {children(read.data)}
      </div>
    </>
  )
}

export function Waiting({ lines = 6 }: { lines?: number }) {
  const { say } = useWords()
  return (
    <div className="waiting" role="status" aria-label={say.frame.loading}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  )
}
