/** Access: who is calling, in which role, and whose branch they may see. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Text } from '#kernel/shapes.ts'

export const Role = z.enum(['federation_leader', 'unit_leader', 'officer', 'read_only'])
export type Role = z.infer<typeof Role>

export const Me = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  role: Role,
  /** The unit whose branch this account may see. */
  unit: z.object({ id: Id, code: z.string(), name: z.string() }),
  /** Today in Vietnam, by the server's clock. */
  today: Day,
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint('POST', '/session', {
  summary: 'Sign in; the session is kept in an http-only cookie',
  body: z.object({ username: Text(80), password: z.string().min(1).max(200) }),
  returns: Me,
  refuses: ['wrong-credentials', 'too-many-tries'],
  open: true,
})

export const signOut = endpoint('DELETE', '/session', {
  summary: 'Sign out; the session ends on the server',
  returns: z.object({}),
  open: true,
})

export const showSession = endpoint('GET', '/session', { summary: 'Who am I', returns: Me })

/** A demo's sign-ins, so that a first visitor need not look for them; empty outside a demo. */
export const listDemoAccounts = endpoint('GET', '/demo-accounts', {
  summary: 'Sign-ins of the demo data set, if this is one',
  returns: z.object({
    password: z.string().nullable(),
    accounts: z.array(z.object({ username: z.string(), name: z.string(), role: Role, unitName: z.string() })),
  }),
  open: true,
})

export const listOfficers = endpoint('GET', '/units/:unitId/officers', {
  summary: 'Accounts of a unit and its branch that an act may be credited to',
  params: z.object({ unitId: Id }),
  returns: z.object({ officers: z.array(z.object({ id: Id, name: z.string(), role: Role, unitId: Id })) }),
})
