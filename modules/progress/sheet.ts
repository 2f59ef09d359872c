/** Boards and lists as spreadsheets: exactly what the screen shows, with the clocks in the title. */
import { formatDay, formatPercent, phrases, type Language } from '#kernel/phrases.ts'
import type { Indicator } from '#modules/targets/indicators.ts'
import type { Ctx } from '#platform/database.ts'
import { streamSheet, writeSheet, type Cell, type Column } from '#platform/excel.ts'
import { readClocks, type Question } from './clocks.ts'
import type { Board, Clocks, Figure } from './contract.ts'
import { listRows } from './list.ts'

const wordsOf = (language: Language) => phrases[language].papers

/** The lines over a table: unit, period, and the clocks that are not today's. */
function titleOf(
  language: Language,
  heading: string,
  board: Pick<Board, 'unit' | 'from' | 'asOf' | 'knownAt' | 'structureOn'>,
): string[] {
  const words = wordsOf(language)
  const lines = [`${heading} - ${board.unit.name}`, words.period(formatDay(board.from), formatDay(board.asOf))]
  if (board.knownAt) lines.push(words.knownAt(board.knownAt))
  if (board.structureOn !== board.asOf) lines.push(words.structureOn(formatDay(board.structureOn)))
  return lines
}

type Line = { depth: number; figure: Figure }
export const flatten = (figures: readonly Figure[], depth = 0): Line[] =>
  figures.flatMap((figure) => [{ depth, figure }, ...flatten(figure.ofWhich, depth + 1)])

export async function boardSheet(language: Language, board: Board, indicators: readonly Indicator[]): Promise<Buffer> {
  const words = wordsOf(language)
  const nameOf = (code: string) => {
    const found = indicators.find((indicator) => indicator.code === code)
    return found ? (language === 'vi' ? found.nameVi : found.nameEn) : code
  }
  const columns: Column[] = [
    { header: words.unit, width: 38 },
    { header: words.indicator, width: 48 },
    { header: words.result, width: 12, format: '#,##0' },
    { header: words.assigned, width: 14, format: '#,##0' },
    { header: words.percent, width: 12 },
    { header: words.own, width: 12, format: '#,##0' },
    { header: words.percent, width: 12 },
    { header: '', width: 14 },
  ]
  const rowOf = (holder: string, { depth, figure }: Line): Cell[] => {
    const target = (by: 'assigned' | 'own') => figure.targets.find((line) => line.by === by)
    const percent = (text: string | null | undefined) => (text ? formatPercent(language, text) : null)
    return [
      holder,
      `${'   '.repeat(depth)}${depth > 0 ? `${words.ofWhich}: ` : ''}${nameOf(figure.indicator)}`,
      figure.result,
      target('assigned')?.value ?? null,
      percent(target('assigned')?.percent ?? figure.percent),
      target('own')?.value ?? null,
      percent(target('own')?.percent),
      figure.counted ? null : words.declaredMark,
    ]
  }
  const rows = [
    ...flatten(board.figures).map((line) => rowOf(board.unit.name, line)),
    ...board.rows.flatMap((row) =>
      flatten(row.figures).map((line) => rowOf(row.unit?.name ?? row.officer!.name, line)),
    ),
  ]
  return await writeSheet(words.board, titleOf(language, words.board, board), columns, rows)
}

/** The whole list behind a figure; read page by page inside the caller's transaction. */
export async function listSheet(
  ctx: Ctx,
  ask: Clocks & { indicator: string; officerId?: string | undefined },
): Promise<Buffer> {
  const words = wordsOf(ctx.language)
  const question = await readClocks(ctx, ask)
  const columns = [
    words.subject,
    words.unit,
    words.day,
    words.quantity,
    words.decision,
    words.signedOn,
    words.credited,
    words.recordedAt,
    words.recordedBy,
  ]
  const widths = [34, 40, 14, 10, 22, 14, 26, 22, 26]
  const chunks: Buffer[] = []
  const sheet = streamSheet(
    words.list,
    columns.map((header, index) => ({ header, width: widths[index]! })),
    sheetRows(ctx, question, ask),
  )
  for await (const chunk of sheet) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function* sheetRows(
  ctx: Ctx,
  question: Question,
  ask: { indicator: string; officerId?: string | undefined },
): AsyncGenerator<Cell[]> {
  let cursor: string | undefined
  do {
    const page = await listRows(ctx, question, { ...ask, cursor, limit: 1000 })
    for (const row of page.rows) {
      yield [
        row.title,
        row.unit.name,
        formatDay(row.occurredOn),
        row.quantity,
        row.decision?.number ?? null,
        row.decision ? formatDay(row.decision.signedOn) : null,
        row.officer?.name ?? null,
        row.recordedAt,
        row.recordedBy,
      ]
    }
    cursor = page.next ?? undefined
  } while (cursor)
}
