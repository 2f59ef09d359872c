/** A form's draft, kept in this tab so that a reload loses nothing. */
import { useEffect, useState } from 'react'

const keyOf = (name: string) => `ket-doan.draft.${name}`

/** Leaves a form's draft for the page that is opened next. */
export const leaveDraft = (name: string, draft: Record<string, unknown>) =>
  sessionStorage.setItem(keyOf(name), JSON.stringify(draft))

export function useDraft<T>(name: string, initial: T): [T, (next: T | ((now: T) => T)) => void, () => void] {
  const key = keyOf(name)
  const [draft, setDraft] = useState<T>(() => {
    try {
      const kept = sessionStorage.getItem(key)
      return kept ? { ...initial, ...(JSON.parse(kept) as T) } : initial
    } catch {
      return initial
    }
  })
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(draft))
    } catch {
      // A list of many thousand rows can exceed the browser's room; the form itself still holds it.
    }
  }, [key, draft])
  const forget = () => {
    sessionStorage.removeItem(key)
    setDraft(initial)
  }
  return [draft, setDraft, forget]
}
