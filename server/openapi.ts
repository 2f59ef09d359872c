/** OpenAPI 3.1, derived from the contracts: nothing here is written by hand, so nothing here can be stale. */
import { z } from 'zod'
import { sentenceOf } from '#kernel/phrases.ts'
import type { Endpoint } from '#kernel/endpoint.ts'
import { routes } from './routes.ts'

type Json = Record<string, unknown>

/** Shapes that name themselves stand once, under components, where a reference into the whole document finds them. */
const named: Record<string, Json> = {}

const schemaOf = (shape: z.ZodType, io: 'input' | 'output'): Json => {
  const made = z.toJSONSchema(shape, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  const told = JSON.parse(JSON.stringify(made).replaceAll('#/$defs/', '#/components/schemas/')) as Json
  const { $schema: _, $defs, ...schema } = told
  Object.assign(named, $defs)
  return schema
}

const problem = { $ref: '#/components/schemas/Problem' }

function parametersOf(endpoint: Endpoint): Json[] {
  return (['params', 'query'] as const).flatMap((part) => {
    const shape = endpoint[part]
    if (!shape) return []
    const schema = schemaOf(shape, 'input') as { properties?: Record<string, Json>; required?: string[] }
    return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
      name,
      in: part === 'params' ? 'path' : 'query',
      required: part === 'params' || (schema.required ?? []).includes(name),
      schema: property,
    }))
  })
}

function operationOf(endpoint: Endpoint): Json {
  const content = endpoint.file
    ? { [endpoint.file]: {} }
    : { 'application/json': { schema: endpoint.returns ? schemaOf(endpoint.returns, 'output') : {} } }
  const refusals = (endpoint.refuses ?? []).map((name) => `- \`${name}\`: ${sentenceOf('en', name)}`).join('\n')
  const upload = {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary', maxLength: endpoint.uploadBytesMax } },
      },
    },
  }
  const body = endpoint.body
    ? { 'application/json': { schema: schemaOf(endpoint.body, 'input') } }
    : endpoint.uploadBytesMax
      ? upload
      : null
  const isWrite = endpoint.method !== 'GET'
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', format: 'uuid' },
    description: 'A retry with the same key acts once.',
  }
  return {
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1]],
    ...(refusals && { description: `Refuses:\n${refusals}` }),
    ...(endpoint.open && { security: [] }),
    parameters: [...parametersOf(endpoint), ...(isWrite && !endpoint.open ? [key] : [])],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      200: { description: 'Done', content },
      default: { description: 'A refusal (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
    },
  }
}

export function describeApi(): Json {
  const paths: Record<string, Json> = {}
  for (const { endpoint } of routes) {
    const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kết Đoàn',
      version: '0.1.0',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'ket-doan' } },
      schemas: {
        ...named,
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            facts: { type: 'object' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  name: { type: 'string' },
                  title: { type: 'string' },
                  pointer: { type: 'string' },
                  line: { type: 'integer' },
                },
              },
            },
          },
        },
      },
    },
  }
}
