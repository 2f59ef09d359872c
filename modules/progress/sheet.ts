/** Boards and lists as spreadsheets: exactly what the screen shows, with the clocks in the title. */
import { formatDay, formatPercent, phrases, type Language } from '#kernel/phrases.ts'
import type { Indicator } from '#modules/targets/indicators.ts'
import type { Ctx } from '#platform/database.ts'
import { streamSheet, writeSheet, type Cell, type Column } from '#platform/excel.ts'
import { readClocks, type Question } from './clocks.ts'
import type { Board, Clocks, Figure } from './contract.ts'
import { listRows } from './list.ts'
import { indicatorName } from './sentence.ts'

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

/** One row a unit or officer, as the board shows them: each indicator's result, and its target and percent where somebody has one. */
export async function boardSheet(language: Language, board: Board, indicators: readonly Indicator[]): Promise<Buffer> {
  const words = wordsOf(language)
  const holders = [
    { name: board.unit.name, figures: board.figures },
    ...board.rows.map((row) => ({ name: row.unit?.name ?? row.officer!.name, figures: row.figures })),
  ].map(({ name, figures }) => ({
    name,
    figures: new Map(flatten(figures).map(({ figure }) => [figure.indicator, figure])),
  }))
  const blocks = flatten(board.figures).flatMap(({ depth, figure }) =>
    blockOf(language, depth, figure, holders, indicators),
  )
  const rows = holders.map(({ name, figures }): Cell[] => [
    name,
    ...blocks.map(({ cell, code }) => cell(figures.get(code))),
  ])
  const columns = [{ header: words.unit, width: 44 }, ...blocks.map(({ column }) => column)]
  return await writeSheet(words.board, titleOf(language, words.board, board), columns, rows)
}

type Holder = { name: string; figures: Map<string, Figure> }
type Block = { code: string; column: Column; cell: (figure: Figure | undefined) => Cell }

/** The columns of one indicator. */
function blockOf(
  language: Language,
  depth: number,
  { indicator: code, counted }: Figure,
  holders: Holder[],
  indicators: readonly Indicator[],
): Block[] {
  const words = wordsOf(language)
  const found = indicators.find((indicator) => indicator.code === code)
  const name = `${depth > 0 ? `${words.ofWhich}: ` : ''}${found ? indicatorName(language, found) : code}${counted ? '' : ` (${words.declaredMark})`}`
  const percent = (text: string | null | undefined) => (text ? formatPercent(language, text) : null)
  const of = (figure: Figure | undefined, by: 'assigned' | 'own') => figure?.targets.find((line) => line.by === by)
  const whole = { width: 14, format: '#,##0' }
  const result: Block = {
    code,
    column: { header: name, ...whole },
    cell: (figure) => figure?.result ?? percent(figure?.percent),
  }
  const targets = (['assigned', 'own'] as const).filter((by) =>
    holders.some(({ figures }) => of(figures.get(code), by)),
  )
  return [
    result,
    ...targets.flatMap((by): Block[] => [
      { code, column: { header: words[by], ...whole }, cell: (figure) => of(figure, by)?.value ?? null },
      { code, column: { header: words.percent, width: 12 }, cell: (figure) => percent(of(figure, by)?.percent) },
    ]),
  ]
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
