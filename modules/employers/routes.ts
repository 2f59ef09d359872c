/** Employers answer. */
import { serve } from '#platform/serve.ts'
import { countWorkforce, registerEmployer } from './actions.ts'
import * as promise from './contract.ts'
import { listEmployers, showEmployer } from './queries.ts'

export const employerRoutes = [
  serve(promise.listEmployers, (ctx, { query }) => listEmployers(ctx, query)),
  serve(promise.showEmployer, (ctx, { params }) => showEmployer(ctx, params.employerId)),
  serve(promise.registerEmployer, (ctx, { body }) => registerEmployer(ctx, body)),
  serve(promise.countWorkforce, (ctx, { params, body }) => countWorkforce(ctx, params.employerId, body)),
]
