/** An endpoint is a value: what is asked, what is answered, what is refused. Server, screens, commands and openapi.json
 *  all read the same value, so none of them can drift. */
import type { z } from 'zod'
import type { ProblemName } from './problem.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Shape = z.ZodType

export type Endpoint = {
  method: Method
  path: string
  summary: string
  params?: Shape
  query?: Shape
  body?: Shape
  /** Absent when the answer is a file. */
  returns?: Shape
  /** The answer is a file of this media type. */
  file?: string
  /** The request is a form with one file, at most this many bytes; it reaches the action as `upload`. */
  uploadBytesMax?: number
  /** The file is too large to hold: it is put on disk, and the action gets its path. */
  uploadToDisk?: true
  refuses?: readonly ProblemName[]
  /** Answered without a signed-in account. */
  open?: boolean
}

/** Declares an endpoint and keeps its exact types. */
export function endpoint<const E extends Omit<Endpoint, 'method' | 'path'>>(method: Method, path: string, promise: E) {
  return { method, path, ...promise } as { method: Method; path: string } & E
}

type Read<E, K extends string> = E extends Record<K, infer S extends Shape> ? z.output<S> : undefined
type Sent<E, K extends string> = E extends Record<K, infer S extends Shape> ? z.input<S> : undefined

/** What an action receives: checked and converted. */
export type Input<E> = { params: Read<E, 'params'>; query: Read<E, 'query'>; body: Read<E, 'body'> }
/** What a caller sends; parts the endpoint does not declare may be left out. */
export type Call<E> = OptionalUndefined<{ params: Sent<E, 'params'>; query: Sent<E, 'query'>; body: Sent<E, 'body'> }>
/** What comes back. */
export type Reply<E> = E extends { returns: infer S extends Shape } ? z.output<S> : Blob

type OptionalUndefined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: T[K]
}
