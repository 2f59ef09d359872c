/** The progress report as a union paper: the sentences officers write, then the table by unit. */
import { formatCount, formatDay, formatPercent, phrases, type Language } from '#kernel/phrases.ts'
import type { Indicator } from '#modules/targets/indicators.ts'
import { writePaper, type Block } from '#platform/word.ts'
import type { Board, Figure } from './contract.ts'
import { figureSentence } from './sentence.ts'
import { flatten } from './sheet.ts'

/** `above`: the body over the one that reports; `writtenOn`: the date on the paper. */
export function writeReport(
  language: Language,
  board: Board,
  indicators: readonly Indicator[],
  above: string | null,
  writtenOn: string,
): Promise<Buffer> {
  const words = phrases[language].papers
  const [year, month, day] = writtenOn.split('-') as [string, string, string]
  const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]))
  const sentence = (figure: Figure) => figureSentence(language, byCode.get(figure.indicator)!, figure)
  const said = (figure: Figure) => figure.result !== null || figure.percent !== null
  const items = board.figures.filter(said).map((figure): Block => {
    const parts = flatten(figure.ofWhich)
      .filter((line) => line.figure.result)
      .map((line) => sentence(line.figure))
    const text = `- ${capital(sentence(figure))}${parts.length > 0 ? `, ${words.ofWhich}: ${parts.join('; ')}` : ''}.`
    return { kind: 'item', text }
  })
  const clocks: Block[] = board.knownAt
    ? [{ kind: 'text', text: `${words.knownAt(board.knownAt)}. ${words.structureOn(formatDay(board.structureOn))}.` }]
    : []
  const table = board.rows.length > 0 ? tableBlocks(language, board, byCode) : []
  return writePaper({
    issuer: {
      above: (above ?? words.confederation).toUpperCase(),
      body: board.unit.name.toUpperCase(),
      number: words.number + initials(board.unit.name),
    },
    nation: words.nation,
    motto: words.motto,
    placeAndDate: words.placeAndDate(placeOf(board.unit.name), day, month, year),
    title: words.reportTitle,
    subject: words.reportSubject(formatDay(board.asOf)),
    blocks: [
      { kind: 'text', text: words.opening(board.unit.name, formatDay(board.from), formatDay(board.asOf)) },
      ...clocks,
      { kind: 'heading', text: words.resultsHeading },
      ...items,
      ...table,
      { kind: 'text', text: words.closing },
    ],
    recipients: { heading: words.recipients, lines: [words.recipientAbove, words.archive] },
    signature: { onBehalf: words.onBehalf, place: words.signatory },
  })
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** `LĐLĐ quận Tây Hồ` → `LĐLĐ`; a union without an abbreviation signs as CĐ. */
const initials = (name: string) => /^(LĐLĐ|CĐ\w*)/u.exec(name)?.[0] ?? 'CĐ'
/** `LĐLĐ quận Tây Hồ` → `Tây Hồ`: where the paper is written. */
const placeOf = (name: string) => name.replace(/^.*?(thành phố|tỉnh|quận|huyện|thị xã|phường|xã)\s+/iu, '')

function tableBlocks(language: Language, board: Board, byCode: Map<string, Indicator>): Block[] {
  const words = phrases[language].papers
  const codes = board.figures
    .filter((figure) => figure.counted)
    .slice(0, 4)
    .map((figure) => figure.indicator)
  const cell = (figure: Figure | undefined) => {
    const target = figure?.targets.find((line) => line.by === 'assigned') ?? figure?.targets[0]
    if (!figure || figure.result === null) return figure?.percent ? formatPercent(language, figure.percent) : ''
    const result = formatCount(language, figure.result)
    return target
      ? `${result}/${formatCount(language, target.value)}${target.percent ? ` (${formatPercent(language, target.percent)})` : ''}`
      : result
  }
  const header = [
    words.unit,
    ...codes.map((code) => (language === 'vi' ? byCode.get(code)!.nameVi : byCode.get(code)!.nameEn)),
  ]
  const rows = board.rows.map((row) => [
    row.unit?.name ?? row.officer!.name,
    ...codes.map((code) => cell(row.figures.find((figure) => figure.indicator === code))),
  ])
  const widths = [100 - codes.length * 16, ...codes.map(() => 16)]
  return [
    { kind: 'heading', text: words.childrenHeading },
    { kind: 'table', header, rows, widths },
  ]
}
