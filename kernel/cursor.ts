/** Where the next page starts: the sort key of the last row, opaque to the caller. */

export const writeCursor = (key: readonly (string | number)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(key))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

/** The key of a cursor; null for none or one that is no cursor of ours. */
export function readCursor<K extends readonly (string | number)[]>(cursor: string | undefined): K | null {
  if (!cursor) return null
  try {
    const bytes = Uint8Array.from(atob(cursor.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
    const key: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(key) ? (key as unknown as K) : null
  } catch {
    return null
  }
}
