/** Every address in one place: pages of the app, and the API's addresses built from its contract. */
import type { Call, Endpoint } from '#kernel/endpoint.ts'

export const paths = {
  today: '/',
  signIn: '/sign-in',
  progress: '/progress',
  figureList: (indicator: string) => `/progress/list/${encodeURIComponent(indicator)}`,
  targets: '/targets',
  employers: '/employers',
  employer: (id: string) => `/employers/${id}`,
  newEmployer: '/employers/new',
  foundings: '/foundings',
  founding: (id: string) => `/foundings/${id}`,
  newFounding: '/foundings/new',
  members: '/members',
  member: (id: string) => `/members/${id}`,
  memberRecord: (id: string) => `/members/${id}/record`,
  onTheRoad: '/members/on-the-road',
  twins: '/members/twins',
  twinPair: (personId: string, otherId: string) => `/members/twins/${personId}/${otherId}`,
  newAdmission: '/members/new',
  completeness: '/members/completeness',
  imports: '/members/imports',
  import: (id: string) => `/members/imports/${id}`,
  labourLists: '/members/labour',
  labourList: (id: string) => `/members/labour/${id}`,
  cardCheck: '/card-check',
  units: '/units',
  unit: (id: string) => `/units/${id}`,
}

/** The page of whatever a listed row counts. */
export function pathOfSubject(subject: string, id: string): string | null {
  if (subject === 'person') return paths.member(id)
  if (subject === 'founding') return paths.founding(id)
  if (subject === 'unit') return paths.unit(id)
  return subject === 'employer' ? paths.employer(id) : null
}

type Parts = { params?: unknown; query?: unknown }
type Fields = Record<string, unknown>

/** An endpoint's address with its parameters and question in place. */
export function addressOf(endpoint: Endpoint, { params, query }: Parts): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String((params as Fields)[key])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries((query ?? {}) as Fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') search.append(key, String(item))
    }
  }
  const question = search.toString()
  return `/api${path}${question ? `?${question}` : ''}`
}

/** The address of a file, for a plain link. */
export const fileOf = <E extends Endpoint>(endpoint: E, input: Call<E>): string => addressOf(endpoint, input)
