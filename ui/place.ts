/** Where and when a reader looks, as the address holds it. Links carry these keys from page to page. */
export const placeKeys = ['unit', 'from', 'asOf', 'knownAt', 'structureOn'] as const

export type Search = Record<string, string | undefined>

/** Only the part of an address that says where and when. */
export function placeOf(search: Search): Search {
  const place: Search = {}
  for (const key of placeKeys) if (search[key]) place[key] = search[key]
  return place
}

/** `?unit=5&asOf=2024-11-10` as a flat record: values stay text, so an address reads as an officer would write it. */
export const readSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))

export function writeSearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()
  return text ? `?${text}` : ''
}
