/** Pairs an endpoint with what answers it. An action that does not return what the contract promises does not compile. */
import type { Readable } from 'node:stream'
import type { Endpoint, Input, Reply } from '#kernel/endpoint.ts'
import type { Language } from '#kernel/phrases.ts'
import type { Ctx, House } from './database.ts'

/** Runs one more act as the same person. */
export type Again = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

/** A file as an answer. `name` is what the reader's download is called. A long one is made while it is sent, after its act has
 *  ended, page by page in acts of their own: a slow reader must not hold a transaction, nor a connection of the pool. */
export type FileAnswer = { name: string; content: Buffer | Readable | ((again: Again) => Readable) }

/** What an open endpoint gets: no person yet, only the door they knock at. */
export type Door = {
  house: House
  language: Language
  address: string
  token: string | undefined
  setToken: (token: string, hours: number) => void
  clearToken: () => void
}

/** A file as it came. A large one lies on disk at `path` until the request is answered, and `content` is empty. */
export type Upload = { fileName: string; content: Buffer; path: string; bytes: number; digest: Buffer }

type Answered<E> = E extends { file: string } ? FileAnswer : Reply<E>

export type Route =
  | { endpoint: Endpoint; open: false; answer: (ctx: Ctx, input: never, upload: Upload) => Promise<unknown> }
  | { endpoint: Endpoint; open: true; answer: (door: Door, input: never) => Promise<unknown> }

export const serve = <const E extends Endpoint>(
  endpoint: E,
  answer: (ctx: Ctx, input: Input<E>, upload: Upload) => Promise<Answered<E>>,
): Route => ({ endpoint, open: false, answer })

export const serveOpen = <const E extends Endpoint>(
  endpoint: E,
  answer: (door: Door, input: Input<E>) => Promise<Answered<E>>,
): Route => ({
  endpoint,
  open: true,
  answer,
})
