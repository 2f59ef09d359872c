/** A short word at the foot of the page after an act, with the way to take it back. Read out politely. */
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { useWords } from './words.tsx'

type Notice = { text: string; undo?: ReactNode }
type Tell = (notice: Notice) => void

const NoticeContext = createContext<Tell>(() => {})
const shownMs = 12_000

export function NoticeProvider({ children }: { children: ReactNode }) {
  const { say } = useWords()
  const [notice, setNotice] = useState<Notice | null>(null)
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(null), shownMs)
    return () => clearTimeout(timer)
  }, [notice])
  const tell = useCallback((next: Notice) => setNotice(next), [])
  return (
    <NoticeContext value={tell}>
      {children}
      <div className="notice-place" role="status" aria-live="polite">
        {notice && (
          <div className="notice">
            <Icon name="check" />
            <span>{notice.text}</span>
            {notice.undo}
            <button type="button" className="plain" aria-label={say.frame.close} onClick={() => setNotice(null)}>
              <Icon name="close" size={14} />
            </button>
          </div>
        )}
      </div>
    </NoticeContext>
  )
}

export const useTell = (): Tell => use(NoticeContext)
