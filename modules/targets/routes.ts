/** Targets answer. */
import { serve } from '#platform/serve.ts'
import { setTarget } from './actions.ts'
import * as promise from './contract.ts'
import { listTargets } from './queries.ts'

export const targetRoutes = [
  serve(promise.listTargets, (ctx, { query }) => listTargets(ctx, query.unitId, query.year)),
  serve(promise.setTarget, (ctx, { body }) => setTarget(ctx, body)),
]
