/** Moves answer. */
import { serve } from '#platform/serve.ts'
import { receiveMembers, resumeMember, sendMembers, suspendMember } from './actions.ts'
import * as promise from './contract.ts'
import { listOnTheRoad, listSuspended } from './queries.ts'
import { answerTransferRequest, askForTransfer, listTransferRequests } from './requests.ts'

export const moveRoutes = [
  serve(promise.sendMembers, (ctx, { body }) => sendMembers(ctx, body)),
  serve(promise.receiveMembers, (ctx, { params, body }) => receiveMembers(ctx, params.unitId, body)),
  serve(promise.suspendMember, (ctx, { params, body }) => suspendMember(ctx, params.personId, body)),
  serve(promise.resumeMember, (ctx, { params, body }) => resumeMember(ctx, params.personId, body)),
  serve(promise.listOnTheRoad, (ctx, { query }) => listOnTheRoad(ctx, query)),
  serve(promise.listSuspended, (ctx, { query }) => listSuspended(ctx, query)),
  serve(promise.askForTransfer, (ctx, { params, body }) => askForTransfer(ctx, params.unitId, body)),
  serve(promise.listTransferRequests, (ctx, { query }) => listTransferRequests(ctx, query.unitId)),
  serve(promise.answerTransferRequest, (ctx, { params, body }) => answerTransferRequest(ctx, params.requestId, body)),
]
