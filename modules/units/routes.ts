/** Units answer. */
import { serve } from '#platform/serve.ts'
import { endUnit, establishUnit, moveUnit, renameUnit } from './actions.ts'
import * as promise from './contract.ts'
import { findUnits, showUnit } from './queries.ts'

export const unitRoutes = [
  serve(promise.findUnits, (ctx, { query }) => findUnits(ctx, query)),
  serve(promise.showUnit, (ctx, { params, query }) => showUnit(ctx, params.unitId, query.on ?? ctx.today)),
  serve(promise.establishUnit, (ctx, { params, body }) => establishUnit(ctx, params.unitId, body)),
  serve(promise.renameUnit, (ctx, { params, body }) => renameUnit(ctx, params.unitId, body)),
  serve(promise.moveUnit, (ctx, { params, body }) => moveUnit(ctx, params.unitId, body)),
  serve(promise.endUnit, (ctx, { params, body }) => endUnit(ctx, params.unitId, body)),
]
