/** Targets: what a unit should reach on an indicator in a period; versions with the day and the paper that set each. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Text } from '#kernel/shapes.ts'

/** Assigned from above, or the unit's own. Both may stand for one result. */
export const TargetBy = z.enum(['assigned', 'own'])
export type TargetBy = z.infer<typeof TargetBy>

export const Target = z.object({
  id: Id,
  unitId: Id,
  indicator: z.string(),
  by: TargetBy,
  from: Day,
  to: Day,
  value: z.number().int(),
  version: z.number().int(),
  setOn: Day,
  paper: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
})
export type Target = z.infer<typeof Target>

export const listTargets = endpoint('GET', '/targets', {
  summary: "A unit's targets of a year, every version, newest first",
  query: z.object({ unitId: Id, year: z.coerce.number().int().min(1990).max(2100) }),
  returns: z.object({ targets: z.array(Target) }),
  refuses: ['not-found'],
})

export const setTarget = endpoint('POST', '/targets', {
  summary: 'Set or adjust a target; the earlier version stays readable',
  body: z.object({
    unitId: Id,
    indicator: z.string().min(1).max(80),
    by: TargetBy,
    from: Day,
    to: Day,
    value: z.number().int().min(0).max(9_000_000_000_000),
    setOn: Day,
    paper: Text(200),
  }),
  returns: z.object({ id: Id, version: z.number().int() }),
  refuses: ['not-allowed', 'not-found', 'unknown-indicator', 'period-backwards', 'day-in-future'],
})
