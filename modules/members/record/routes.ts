/** Records answer. */
import { serve } from '#platform/serve.ts'
import { addPhoto, editRecord, readSensitive, reverseStatement } from './actions.ts'
import * as promise from './contract.ts'
import { showPhoto, showRecord } from './queries.ts'

export const recordRoutes = [
  serve(promise.showRecord, (ctx, { params }) => showRecord(ctx, params.personId)),
  serve(promise.editRecord, (ctx, { params, body }) => editRecord(ctx, params.personId, body)),
  serve(promise.reverseStatement, (ctx, { params, body }) => reverseStatement(ctx, params.statementId, body.reason)),
  serve(promise.readSensitive, (ctx, { params, body }) => readSensitive(ctx, params.personId, body.reason)),
  serve(promise.addPhoto, (ctx, { params }, upload) => addPhoto(ctx, params.personId, upload)),
  serve(promise.showPhoto, (ctx, { params }) => showPhoto(ctx, params.personId)),
]
