/** Twins answer. */
import { serve } from '#platform/serve.ts'
import { proposeTwins, tellApart, withdrawDecision } from './actions.ts'
import * as promise from './contract.ts'
import { mergePeople } from './merge.ts'
import { listMerges, listTwins, showTwins } from './queries.ts'
import { separatePeople } from './separate.ts'

export const twinRoutes = [
  serve(promise.listTwins, (ctx, { query }) => listTwins(ctx, query)),
  serve(promise.showTwins, (ctx, { params }) => showTwins(ctx, params.personId, params.otherId)),
  serve(promise.proposeTwins, (ctx, { body }) => proposeTwins(ctx, body)),
  serve(promise.tellApart, (ctx, { params, body }) => tellApart(ctx, params, body.reason)),
  serve(promise.withdrawDecision, (ctx, { params, body }) => withdrawDecision(ctx, params.decisionId, body.reason)),
  serve(promise.mergePeople, (ctx, { body }) => mergePeople(ctx, body)),
  serve(promise.separatePeople, (ctx, { params, body }) => separatePeople(ctx, params.mergeId, body.reason)),
  serve(promise.listMerges, (ctx, { params }) => listMerges(ctx, params.personId)),
]
