/** A value once it has stopped changing, so that a search asks after a word and not after each letter. */
import { useEffect, useState } from 'react'

export function useSettled<T>(value: T, ms = 180): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
