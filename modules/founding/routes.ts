/** Foundings answer. */
import { describeFaults } from '#kernel/phrases.ts'
import { serve } from '#platform/serve.ts'
import { cancelFounding, checkFounding, foundUnion } from './actions.ts'
import * as promise from './contract.ts'
import { changesOf, listFoundings, showFounding } from './queries.ts'

export const foundingRoutes = [
  serve(promise.checkFounding, async (ctx, { body }) => {
    const { admissible, membersMin, faults } = await checkFounding(ctx, body)
    const changes = await changesOf(ctx, body.upperUnitId, body.decision.effectiveOn, admissible)
    return { admissible, membersMin, faults: describeFaults(ctx.language, faults), changes }
  }),
  serve(promise.foundUnion, (ctx, { body }) => foundUnion(ctx, body)),
  serve(promise.showFounding, (ctx, { params }) => showFounding(ctx, params.foundingId)),
  serve(promise.listFoundings, (ctx, { query }) => listFoundings(ctx, query.unitId ?? String(ctx.actor.unitId))),
  serve(promise.cancelFounding, (ctx, { params, body }) => cancelFounding(ctx, params.foundingId, body.reason)),
]
