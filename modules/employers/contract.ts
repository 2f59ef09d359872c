/** Employers: where people work, with a workforce that is dated and keeps its source. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Cursor, Day, Id, Limit, Text } from '#kernel/shapes.ts'

export const EmployerKind = z.enum([
  'enterprise',
  'cooperative',
  'household_business',
  'public_service_unit',
  'non_public_service_unit',
  'agency',
])
export type EmployerKind = z.infer<typeof EmployerKind>

export const Ownership = z.enum(['state_owned', 'private', 'foreign_invested'])
export type Ownership = z.infer<typeof Ownership>

export const EmployerEntry = z.object({
  taxCode: z.string().trim(),
  name: Text(300),
  kind: EmployerKind.default('enterprise'),
  ownership: Ownership.default('private'),
  industry: Text(200).nullish(),
  ward: Text(200).nullish(),
  workers: z.number().int().min(0).max(10_000_000).nullish(),
  workersOn: Day.nullish(),
})
export type EmployerEntry = z.infer<typeof EmployerEntry>

export const Employer = z.object({
  id: Id,
  taxCode: z.string(),
  name: z.string(),
  kind: EmployerKind,
  ownership: Ownership,
  industry: z.string().nullable(),
  ward: z.string().nullable(),
  workers: z.number().int().nullable(),
  workersOn: Day.nullable(),
  union: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
})
export type Employer = z.infer<typeof Employer>

export const listEmployers = endpoint('GET', '/employers', {
  summary: 'Employers of the branch, by name or tax code without tones',
  query: z.object({ q: z.string().max(120).default(''), cursor: Cursor, limit: Limit }),
  returns: z.object({ employers: z.array(Employer), next: z.string().nullable() }),
})

export const showEmployer = endpoint('GET', '/employers/:employerId', {
  summary: 'An employer with its workforce over time',
  params: z.object({ employerId: Id }),
  returns: Employer.extend({
    workforce: z.array(z.object({ on: Day, workers: z.number().int(), source: z.string(), recordedAt: z.string() })),
  }),
  refuses: ['not-found'],
})

export const registerEmployer = endpoint('POST', '/employers', {
  summary: 'Register an employer under the tax code it has',
  body: EmployerEntry.extend({ unitId: Id }),
  returns: z.object({ id: Id }),
  refuses: ['not-allowed', 'not-found', 'not-a-tax-code', 'tax-code-taken', 'day-in-future'],
})

export const countWorkforce = endpoint('POST', '/employers/:employerId/workforce-counts', {
  summary: 'Record how many people work for an employer on a day, and who says so',
  params: z.object({ employerId: Id }),
  body: z.object({ on: Day, workers: z.number().int().min(0).max(10_000_000), source: Text(200) }),
  returns: z.object({ id: Id }),
  refuses: ['not-allowed', 'not-found', 'day-in-future'],
})
