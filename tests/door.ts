/** The API over real HTTP, as a browser or a program meets it: cookies, headers, bytes. */
import type { AddressInfo } from 'node:net'
import { openApp } from '#server/app.ts'
import { password, type World } from './world.ts'

export type Told = { status: number; headers: Headers; text: string; body: Record<string, unknown>; bytes: Buffer }
type Sent = { body?: unknown; headers?: Record<string, string>; form?: FormData; cookie?: string }
export type Door = {
  ask: (method: string, path: string, sent?: Sent) => Promise<Told>
  /** The cookie of somebody who signed in. */
  signIn: (username: string) => Promise<string>
  close: () => Promise<void>
}

export async function openDoor(world: World, options: { requestsPerMinute?: number } = {}): Promise<Door> {
  const app = await openApp(world.house, { requestsPerMinute: 1_000_000, ...options })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const ask = async (method: string, path: string, { body, headers, form, cookie }: Sent = {}): Promise<Told> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const reply = await fetch(url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(cookie && { cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: text }),
      ...(form && { body: form }),
    })
    const bytes = Buffer.from(await reply.arrayBuffer())
    const isJson = /json/.test(reply.headers.get('content-type') ?? '')
    return {
      status: reply.status,
      headers: reply.headers,
      text: bytes.toString('utf8'),
      body: isJson ? (JSON.parse(bytes.toString('utf8')) as Record<string, unknown>) : {},
      bytes,
    }
  }
  const signIn = async (username: string) => {
    const told = await ask('POST', '/api/session', { body: { username, password } })
    return told.headers.getSetCookie()[0]!.split(';')[0]!
  }
  return { ask, signIn, close: () => app.close() }
}

/** A form with one file, as a browser sends it. */
export function formWith(name: string, content: Uint8Array): FormData {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)]), name)
  return form
}
