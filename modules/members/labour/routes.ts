/** Staff lists answer. */
import { listImports } from '#modules/imports/states.ts'
import { getUnit } from '#modules/units/queries.ts'
import { serve } from '#platform/serve.ts'
import { acceptRows } from './accepting.ts'
import {
  closeList,
  discardStaffList,
  readStaffList,
  receiveStaffList,
  settleRow,
  showStaffList,
  undoStaffList,
} from './actions.ts'
import * as promise from './contract.ts'
import { employersOf } from './judge.ts'
import { declineInvitation, openInvitations } from './inviting.ts'
import { listInvitations, listStaffRows, listStaffUndoLines } from './queries.ts'

export const labourRoutes = [
  serve(promise.uploadStaffList, (ctx, { params }, upload) => receiveStaffList(ctx, params.unitId, upload)),
  serve(promise.listStaffEmployers, async (ctx, { params, query }) => {
    const unit = await getUnit(ctx, params.unitId)
    return { employers: await employersOf(ctx, Number(unit.id), query.on ?? ctx.today) }
  }),
  serve(promise.listStaffLists, (ctx, { query }) => listImports(ctx, query.unitId, 'staff_list')),
  serve(promise.showStaffList, (ctx, { params }) => showStaffList(ctx, params.importId)),
  serve(promise.readStaffList, (ctx, { params, body }) => readStaffList(ctx, params.importId, body)),
  serve(promise.listStaffRows, (ctx, { params, query }) => listStaffRows(ctx, params.importId, query)),
  serve(promise.settleStaffRow, (ctx, { params, body }) => settleRow(ctx, params.importId, params.line, body)),
  serve(promise.acceptStaffRows, (ctx, { params, body }) => acceptRows(ctx, params.importId, body)),
  serve(promise.closeStaffList, (ctx, { params }) => closeList(ctx, params.importId)),
  serve(promise.undoStaffList, (ctx, { params, body }) => undoStaffList(ctx, params.importId, body.reason)),
  serve(promise.discardStaffList, (ctx, { params }) => discardStaffList(ctx, params.importId)),
  serve(promise.listStaffUndoLines, (ctx, { params, query }) => listStaffUndoLines(ctx, params.importId, query)),
  serve(promise.listInvitations, (ctx, { query }) => listInvitations(ctx, query)),
  serve(promise.openInvitations, (ctx, { params, body }) => openInvitations(ctx, params.unitId, body.invitationIds)),
  serve(promise.declineInvitation, (ctx, { params, body }) =>
    declineInvitation(ctx, params.invitationId, body.reason ?? null),
  ),
]
