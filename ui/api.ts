/** The typed client: an address, body and reply all come from the contract. A write carries one key for each attempt, so
 *  a double click or a lost reply cannot act twice. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Call, Endpoint, Reply } from '#kernel/endpoint.ts'
import { phrases } from '#kernel/phrases.ts'
import { addressOf } from './paths.ts'
import { Refusal, refusalFrom, refusalOf } from './refusal.ts'
import { currentLanguage } from './words.tsx'

type Ask<E> = Call<E> & (E extends { uploadBytesMax: number } ? { upload: File } : unknown)
type Loose = { params?: unknown; query?: unknown; body?: unknown; upload?: File }

/** Asks the server once. Throws a Refusal, also when no answer comes. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: Ask<E>,
  { key, signal }: { key?: string; signal?: AbortSignal } = {},
): Promise<Reply<E>> {
  const { body, upload, ...address } = input as Loose
  const language = currentLanguage()
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language }
  if (endpoint.method !== 'GET') headers['idempotency-key'] = key ?? freshKey()
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin', signal: signal ?? null }
  if (upload) {
    const form = new FormData()
    form.append('file', upload)
    init.body = form
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  const silence = phrases[language].screens.frame.noAnswer
  const response = await fetch(addressOf(endpoint, address), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refusal(0, 'no-answer', silence)
  })
  if (!response.ok) throw await refusalOf(response, silence)
  return (response.status === 204 ? {} : await response.json()) as Reply<E>
}

/** `crypto.randomUUID` is missing on plain http outside localhost, where many offices will run this. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const readKey = (endpoint: Endpoint, input: unknown) =>
  [endpoint.path, (input as Loose | null)?.params ?? null, input] as const

/** Reads, keeping the old answer on screen while a new question about the same thing is under way; null asks nothing. */
export function useRead<E extends Endpoint>(endpoint: E, input: Ask<E> | null) {
  const queryKey = readKey(endpoint, input)
  return useQuery<Reply<E>, Refusal>({
    queryKey,
    queryFn: ({ signal }) => call(endpoint, input!, { signal }),
    enabled: input !== null,
    placeholderData: (previous, query) =>
      JSON.stringify(query?.queryKey[1]) === JSON.stringify(queryKey[1]) ? previous : undefined,
  })
}

type Paged = { next: string | null }

/** Reads page after page of a list that answers with a cursor. */
export function usePages<E extends Endpoint & { returns: unknown }>(endpoint: E, input: Ask<E> | null) {
  return useInfiniteQuery({
    queryKey: [...readKey(endpoint, input), 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const asked = input as Loose
      const query = { ...(asked.query as object), ...(pageParam ? { cursor: pageParam } : {}) }
      return call(endpoint, { ...asked, query } as Ask<E>, { signal })
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last as Paged).next ?? undefined,
    enabled: input !== null,
    placeholderData: (previous) => previous,
  })
}

/** Acts. `run` throws nothing: it answers null when refused, and the reason stands in `refusal`. */
export function useWrite<E extends Endpoint>(endpoint: E, { keepsNothing = false }: { keepsNothing?: boolean } = {}) {
  const client = useQueryClient()
  const attempt = useRef<{ asked: string; key: string; answer: Promise<Reply<E>> | null } | null>(null)
  const mutation = useMutation<Reply<E>, Refusal, Ask<E>>({
    mutationFn: (input) => {
      const asked = JSON.stringify(input)
      if (attempt.current?.asked !== asked) attempt.current = { asked, key: freshKey(), answer: null }
      const now = attempt.current
      now.answer ??= call(endpoint, input, { key: now.key }).finally(() => (now.answer = null))
      return now.answer
    },
    // A definite answer ends the attempt; silence keeps its key for the next try.
    onError: (error) => {
      if (refusalFrom(error).status >= 400 && refusalFrom(error).status < 500) attempt.current = null
    },
    onSuccess: async () => {
      attempt.current = null
      if (!keepsNothing) await client.invalidateQueries()
    },
  })
  return {
    run: (input: Ask<E>): Promise<Reply<E> | null> => mutation.mutateAsync(input).catch(() => null),
    pending: mutation.isPending,
    refusal: mutation.error ? refusalFrom(mutation.error) : null,
    reply: mutation.data ?? null,
    reset: mutation.reset,
  }
}
