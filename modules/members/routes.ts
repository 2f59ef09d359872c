/** Members answer. */
import { describeFaults } from '#kernel/phrases.ts'
import { serve } from '#platform/serve.ts'
import { admitMembers, checkAdmission, readIdentityNumber } from './actions.ts'
import * as promise from './contract.ts'
import { readListFile, readPastedList } from './lists.ts'
import { releaseMember, reverseMovement } from './moves/actions.ts'
import { importRoutes } from './import/routes.ts'
import { labourRoutes } from './labour/routes.ts'
import { moveRoutes } from './moves/routes.ts'
import { showMember } from './queries.ts'
import { paperRoutes } from './papers/routes.ts'
import { recordRoutes } from './record/routes.ts'
import { registerRoutes } from './register/routes.ts'
import { twinRoutes } from './twins/routes.ts'

export const memberRoutes = [
  ...importRoutes,
  ...labourRoutes,
  ...moveRoutes,
  ...paperRoutes,
  ...recordRoutes,
  ...registerRoutes,
  ...twinRoutes,
  serve(promise.readPastedList, (ctx, { body }) => readPastedList(ctx, body.text)),
  serve(promise.readListFile, (ctx, _, upload) => readListFile(ctx, upload)),
  serve(promise.showMember, (ctx, { params }) => showMember(ctx, params.personId)),
  serve(promise.readIdentityNumber, (ctx, { params, body }) => readIdentityNumber(ctx, params.personId, body.reason)),
  serve(promise.checkAdmission, async (ctx, { params, body }) => {
    const { admissible, faults } = await checkAdmission(ctx, params.unitId, body)
    return { admissible, faults: describeFaults(ctx.language, faults) }
  }),
  serve(promise.admitMembers, (ctx, { params, body }) => admitMembers(ctx, params.unitId, body)),
  serve(promise.releaseMember, (ctx, { params, body }) => releaseMember(ctx, params.personId, body)),
  serve(promise.reverseMovement, (ctx, { params, body }) => reverseMovement(ctx, params.movementId, body.reason)),
]
