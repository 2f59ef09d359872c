/** The register answers. */
import { serve } from '#platform/serve.ts'
import { listMembers as promisedList } from '../contract.ts'
import { showCompleteness } from './completeness.ts'
import * as promise from './contract.ts'
import { exportList } from './export.ts'
import { listMembers } from './queries.ts'
import { chooseView, listViews, removeView, saveView } from './views.ts'

export const registerRoutes = [
  serve(promisedList, (ctx, { query }) => listMembers(ctx, query)),
  serve(promise.exportXlsx, (ctx, { query }) => exportList(ctx, query, 'xlsx')),
  serve(promise.exportCsv, (ctx, { query }) => exportList(ctx, query, 'csv')),
  serve(promise.listViews, (ctx) => listViews(ctx)),
  serve(promise.saveView, (ctx, { body }) => saveView(ctx, body)),
  serve(promise.removeView, (ctx, { params }) => removeView(ctx, params.viewId)),
  serve(promise.chooseView, (ctx, { body }) => chooseView(ctx, body.viewId)),
  serve(promise.showCompleteness, (ctx, { query }) => showCompleteness(ctx, query)),
]
