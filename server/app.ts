/** The API door: reads each request by its contract, asks who is calling, runs one act, and tells refusals in the reader's
 *  language (RFC 9457). It knows no room by name but the list of routes. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Endpoint } from '#kernel/endpoint.ts'
import { languageOf, sentenceOf, phrases, type Language } from '#kernel/phrases.ts'
import { Problem, type Fault, type ProblemName } from '#kernel/problem.ts'
import { findActor } from '#modules/access/queries.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'
import type { Again, FileAnswer, Route, Upload } from '#platform/serve.ts'
import { keepReply, keptReply } from './idempotency.ts'
import { routes } from './routes.ts'

export const cookieName = 'ket-doan'

const statusOf: Partial<Record<ProblemName, number>> = {
  'unreadable-request': 400,
  'not-a-day': 400,
  'period-backwards': 400,
  'known-at-in-future': 400,
  'unknown-indicator': 400,
  'list-unreadable': 400,
  'list-empty': 400,
  'list-too-long': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'not-allowed': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'file-too-large': 413,
  'too-many-tries': 429,
  'server-fault': 500,
}

/** `webFolder`: the built screens, when there are any. `requestsPerMinute`: by address, over everything. */
export async function openApp(
  house: House,
  options: { webFolder?: string; requestsPerMinute?: number; log?: boolean } = {},
) {
  const app = fastify({
    logger: options.log ? { level: 'warn' } : false,
    bodyLimit: 12_000_000,
    trustProxy: false,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error),
  })
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fields: 4 } })
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    errorResponseBuilder: (_, context) => new Problem('too-many-tries', { seconds: Math.ceil(context.ttl / 1000) }),
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false, // set by whoever terminates TLS
  })
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.addHook('onRequest', async (request) => refuseForeign(request))
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/'))
      reply.header('cache-control', 'no-store').header('vary', 'accept-language, cookie')
  })
  app.get('/api/health', async () => ({ ok: true }))
  for (const route of routes) {
    app.route({
      method: route.endpoint.method,
      url: `/api${route.endpoint.path}`,
      handler: (request, reply) => answer(house, route, request, reply),
    })
  }
  const web = options.webFolder
  if (web && existsSync(web)) {
    await app.register(files, {
      root: web,
      wildcard: false,
      immutable: true,
      maxAge: '30d',
      index: false,
      preCompressed: true,
    })
    app.setNotFoundHandler((request, reply) => {
      if (request.url.startsWith('/api/') || request.method !== 'GET')
        return sendProblem(request, reply, new Problem('not-found'))
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
    })
  } else app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not-found')))
  return app
}

/** A write must come from our own pages: browsers say where a request was made, and programs send no such header. */
async function refuseForeign(request: FastifyRequest) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') throw new Problem('foreign-origin')
  const origin = request.headers.origin
  // An opaque origin says `null`, which is nobody's address.
  if (origin && URL.parse(origin)?.host !== request.headers.host) throw new Problem('foreign-origin')
}

async function answer(house: House, route: Route, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language'])
  const { endpoint } = route
  const token = request.cookies[cookieName]
  if (route.open) {
    const secure = request.protocol === 'https'
    const door = {
      house,
      language,
      address: request.ip,
      token,
      setToken: (value: string, hours: number) =>
        void reply.setCookie(cookieName, value, {
          httpOnly: true,
          sameSite: 'lax',
          path: '/',
          maxAge: hours * 3600,
          secure,
        }),
      clearToken: () => void reply.clearCookie(cookieName, { path: '/' }),
    }
    return promised(endpoint, await route.answer(door, readInput(endpoint, request) as never))
  }
  const actor = token ? await findActor(house, token) : null
  if (!actor) throw new Problem('not-signed-in')
  const input = readInput(endpoint, request)
  const upload = endpoint.uploadBytesMax ? await readUpload(request, endpoint) : noUpload
  try {
    return await answerTo(actor, house, route, { input, upload, language, request, reply })
  } finally {
    if (upload.path) await rm(upload.path, { force: true })
  }
}

type Asked = { input: unknown; upload: Upload; language: Language; request: FastifyRequest; reply: FastifyReply }

/** One act of somebody who signed in. */
async function answerTo(
  actor: Actor,
  house: House,
  route: Extract<Route, { open: false }>,
  { input, upload, language, request, reply }: Asked,
) {
  const { endpoint } = route
  const run = (ctx: Ctx) => route.answer(ctx, input as never, upload)
  if (endpoint.file) {
    const { name, content } = (await act(house, actor, language, nameOf(endpoint), run)) as FileAnswer
    const again: Again = (work) => act(house, actor, language, nameOf(endpoint), work)
    return reply
      .type(endpoint.file)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(typeof content === 'function' ? content(again) : content)
  }
  const key = request.headers['idempotency-key']
  if (endpoint.method === 'GET' || typeof key !== 'string')
    return promised(endpoint, await act(house, actor, language, nameOf(endpoint), run))
  if (!z.uuid().safeParse(key).success)
    throw new Problem('unreadable-request', {}, [{ name: 'repeated-key', pointer: '/headers/idempotency-key' }])
  const digest = createHash('sha256').update(JSON.stringify(input)).update(upload.digest).digest()
  return await act(house, actor, language, nameOf(endpoint), async (ctx) => {
    const kept = await keptReply(ctx, key, nameOf(endpoint), digest)
    if (kept) return promised(endpoint, kept.reply)
    const fresh = promised(endpoint, await run(ctx))
    await keepReply(ctx, key, nameOf(endpoint), digest, fresh)
    return fresh
  })
}

const nameOf = (endpoint: Endpoint) => `${endpoint.method} ${endpoint.path}`
const noUpload: Upload = { fileName: '', content: Buffer.alloc(0), path: '', bytes: 0, digest: Buffer.alloc(0) }

/** Keeps what the contract promises and drops the rest; a promise broken is our fault. */
const promised = (endpoint: Endpoint, reply: unknown) => (endpoint.returns ? endpoint.returns.parse(reply) : reply)

function readInput(endpoint: Endpoint, request: FastifyRequest) {
  const faults: Fault[] = []
  const read = (part: 'params' | 'query' | 'body') => {
    const shape = endpoint[part]
    if (!shape) return undefined
    const unkeepable = findNul(request[part])
    if (unkeepable) faults.push({ name: 'unreadable-request', pointer: `/${[part, ...unkeepable].join('/')}` })
    const outcome = shape.safeParse(request[part] ?? {})
    if (outcome.success) return outcome.data
    for (const issue of outcome.error.issues.slice(0, 50)) {
      const name = issue.message === 'not-a-day' ? 'not-a-day' : 'unreadable-request'
      faults.push({ name, pointer: `/${[part, ...issue.path].join('/')}` })
    }
  }
  const input = { params: read('params'), query: read('query'), body: read('body') }
  if (faults.length > 0 && faults.every((fault) => fault.pointer?.startsWith('/params'))) throw new Problem('not-found')
  if (faults.length > 0) throw new Problem('unreadable-request', {}, faults)
  return input
}

/** Where a text holds the zero character, which no database text can; null where none does. */
function findNul(value: unknown): string[] | null {
  if (typeof value === 'string') return value.includes('\u0000') ? [] : null
  if (value === null || typeof value !== 'object') return null
  for (const [key, inner] of Object.entries(value)) {
    const path = findNul(inner)
    if (path) return [key, ...path]
  }
  return null
}

async function readUpload(request: FastifyRequest, endpoint: Endpoint): Promise<Upload> {
  const bytesMax = endpoint.uploadBytesMax!
  const tooLarge = new Problem('file-too-large', { mb: Math.floor(bytesMax / 1_000_000) })
  try {
    const part = await request.file({ limits: { fileSize: bytesMax } })
    if (!part) throw new Problem('list-unreadable')
    const taken = endpoint.uploadToDisk ? await putOnDisk(part.file) : hold(await part.toBuffer())
    if (part.file.truncated) {
      if (taken.path) await rm(taken.path, { force: true })
      throw tooLarge
    }
    return { fileName: part.filename, ...taken }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw (error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE' ? tooLarge : new Problem('list-unreadable')
  }
}

const hold = (content: Buffer) => ({
  content,
  path: '',
  bytes: content.length,
  digest: createHash('sha256').update(content).digest(),
})

/** Writes a file to disk as it comes, readable by this program alone. */
async function putOnDisk(stream: Readable): Promise<Omit<Upload, 'fileName'>> {
  const path = join(tmpdir(), `ket-doan-upload-${randomUUID()}`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(
      stream,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { content: Buffer.alloc(0), path, bytes, digest: hash.digest() }
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const language = languageOf(request.headers['accept-language'])
  const problem = problemOf(error, request)
  const status = statusOf[problem.problem] ?? 409
  if (problem.problem === 'too-many-tries') reply.header('retry-after', String(problem.facts['seconds'] ?? 60))
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, ...describeProblem(language, problem) }))
}

/** A problem as the reader sees it; commands print the same. */
export function describeProblem(language: Language, problem: Problem) {
  const facts =
    problem.problem === 'not-allowed'
      ? { roles: roleNames(language, String(problem.facts['roles'] ?? '')) }
      : problem.facts
  const errors = problem.faults.map(({ name, pointer, line, facts: own }) => ({
    name,
    title: sentenceOf(language, name, own),
    pointer,
    line,
  }))
  return {
    type: `/problems/${problem.problem}`,
    title: sentenceOf(language, problem.problem, facts),
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(errors.length > 0 && { errors }),
  }
}

const roleNames = (language: Language, roles: string) =>
  roles
    .split(', ')
    .map((role) => (phrases[language].work.roles as Record<string, string>)[role] ?? role)
    .join(', ')

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('file-too-large', { mb: 12 })
  if (statusCode && statusCode < 500) return new Problem('unreadable-request')
  const reference = randomUUID().slice(0, 8)
  request.log.error({ err: error, reference })
  if (process.env['KET_DOAN_SHOW_FAULTS']) process.stderr.write(`${reference} ${String((error as Error).stack)}\n`)
  return new Problem('server-fault', { reference })
}
