/** Progress answers. */
import { formatDay, phrases } from '#kernel/phrases.ts'
import { listIndicators } from '#modules/targets/indicators.ts'
import { showUnit } from '#modules/units/queries.ts'
import { serve } from '#platform/serve.ts'
import { showProgress } from './board.ts'
import * as promise from './contract.ts'
import { declareFigure } from './declarations.ts'
import { listFigure } from './list.ts'
import { writeReport } from './report.ts'
import { boardSheet, listSheet } from './sheet.ts'
import { showYear } from './year.ts'

const dated = (name: string, day: string, ending: string) => `${name} ${formatDay(day).replaceAll('/', '-')}.${ending}`

export const progressRoutes = [
  serve(promise.showProgress, (ctx, { query }) => showProgress(ctx, query)),
  serve(promise.listFigure, (ctx, { query }) => listFigure(ctx, query)),
  serve(promise.showYear, (ctx, { query }) => showYear(ctx, query)),
  serve(promise.listIndicators, async (ctx) => ({ indicators: await listIndicators(ctx) })),
  serve(promise.declareFigure, (ctx, { body }) => declareFigure(ctx, body)),
  serve(promise.exportBoard, async (ctx, { query }) => {
    const board = await showProgress(ctx, query)
    const content = await boardSheet(ctx.language, board, await listIndicators(ctx))
    return { name: dated(`${phrases[ctx.language].papers.board} ${board.unit.code}`, board.asOf, 'xlsx'), content }
  }),
  serve(promise.exportList, async (ctx, { query }) => ({
    name: dated(`${phrases[ctx.language].papers.list} ${query.indicator}`, query.asOf ?? ctx.today, 'xlsx'),
    content: await listSheet(ctx, query),
  })),
  serve(promise.exportReport, async (ctx, { query }) => {
    const board = await showProgress(ctx, query)
    const unit = await showUnit(ctx, board.unit.id, board.structureOn)
    const content = await writeReport(
      ctx.language,
      board,
      await listIndicators(ctx),
      unit.path.at(-1)?.name ?? null,
      ctx.today,
    )
    return {
      name: dated(`${phrases[ctx.language].papers.reportTitle} ${board.unit.code}`, board.asOf, 'docx'),
      content,
    }
  }),
]
