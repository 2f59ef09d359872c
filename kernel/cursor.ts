/** Where the next page starts: the sort key of the last row, opaque to the caller. */
import { isDay } from './day.ts'

/** What stands at a place of a key: a small number, a day, a row's id, or any text. */
type Part = 'number' | 'day' | 'id' | 'text'
type Key<P extends readonly Part[]> = { -readonly [K in keyof P]: P[K] extends 'number' ? number : string }

const isPart: Record<Part, (value: unknown) => boolean> = {
  number: (value) => Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31,
  day: (value) => typeof value === 'string' && isDay(value),
  id: (value) => typeof value === 'string' && /^\d{1,18}$/.test(value),
  text: (value) => typeof value === 'string' && !value.includes('\u0000'),
}

export const writeCursor = (key: readonly (string | number)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(key))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

/** The key of a cursor; null for none, or for one that we did not write. */
export function readCursor<const P extends readonly Part[]>(cursor: string | undefined, parts: P): Key<P> | null {
  if (!cursor) return null
  try {
    const bytes = Uint8Array.from(atob(cursor.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
    const key: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const isOurs =
      Array.isArray(key) && key.length === parts.length && parts.every((part, index) => isPart[part](key[index]))
    return isOurs ? (key as Key<P>) : null
  } catch {
    return null
  }
}
