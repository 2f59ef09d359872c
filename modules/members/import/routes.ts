/** Imports of members answer. */
import { listImports } from '#modules/imports/states.ts'
import { serve } from '#platform/serve.ts'
import type { RawPerson } from '../rows.ts'
import { commitList, discardList, mendRow, readList, undoList } from './actions.ts'
import * as promise from './contract.ts'
import { receiveList, showImport } from './receive.ts'
import { listRows, listUndoLines, writeBadRows } from './waiting.ts'

export const importRoutes = [
  serve(promise.uploadMemberList, (ctx, { params }, upload) => receiveList(ctx, params.unitId, upload)),
  serve(promise.listMemberImports, (ctx, { query }) => listImports(ctx, query.unitId, 'members')),
  serve(promise.showMemberImport, (ctx, { params }) => showImport(ctx, params.importId)),
  serve(promise.readMemberImport, (ctx, { params, body }) => readList(ctx, params.importId, body)),
  serve(promise.listImportRows, (ctx, { params, query }) => listRows(ctx, params.importId, query)),
  serve(promise.mendImportRow, (ctx, { params, body }) =>
    mendRow(ctx, params.importId, params.line, { ...body, typed: body.typed as RawPerson | null | undefined }),
  ),
  serve(promise.commitMemberImport, (ctx, { params }) => commitList(ctx, params.importId)),
  serve(promise.undoMemberImport, (ctx, { params, body }) => undoList(ctx, params.importId, body.reason)),
  serve(promise.discardMemberImport, (ctx, { params }) => discardList(ctx, params.importId)),
  serve(promise.listUndoLines, (ctx, { params, query }) => listUndoLines(ctx, params.importId, query)),
  serve(promise.badRowsFile, (ctx, { params }) => writeBadRows(ctx, params.importId)),
]
