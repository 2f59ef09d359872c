/** A figure as officers say it: `thành lập mới 66/20 Công đoàn cơ sở (đạt 330%)`. Pure: the board, the report in Word and
 *  the command all print this one sentence. */
import { formatCount, formatDay, formatPercent, phrases, type Language } from '#kernel/phrases.ts'
import type { Figure, Indicator } from './contract.ts'

/** What an indicator is called: by the catalogue, or by the name it was declared with. */
export function indicatorName(language: Language, indicator: Pick<Indicator, 'code' | 'nameVi' | 'nameEn'>): string {
  return knownWords(language, indicator.code)?.name ?? (language === 'vi' ? indicator.nameVi : indicator.nameEn)
}

/** Its name where there is little room, as over a column. */
export function indicatorShort(language: Language, indicator: Pick<Indicator, 'code' | 'nameVi' | 'nameEn'>): string {
  return knownWords(language, indicator.code)?.short ?? indicatorName(language, indicator)
}

/** 330.0 → 330%, 101.8 → 101,8%: officers write no empty decimals. */
export function saidPercent(language: Language, percent: string): string {
  return formatPercent(language, percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent)
}

export function figureSentence(language: Language, indicator: Indicator, figure: Figure): string {
  const words = phrases[language].indicators
  const known = knownWords(language, indicator.code)
  const name = indicatorName(language, indicator)
  const declared = figure.counted ? '' : words.declared(figure.declaredTo ? formatDay(figure.declaredTo) : '')
  if (figure.result === null) {
    return figure.percent === null
      ? words.nothing(name)
      : words.ratio(name, saidPercent(language, figure.percent)) + declared
  }
  const assigned = figure.targets.find((target) => target.by === 'assigned')
  const own = figure.targets.find((target) => target.by === 'own')
  const first = assigned ?? own
  const over = (value: number) => `${formatCount(language, figure.result!)}/${formatCount(language, value)}`
  const figures = first ? over(first.value) : formatCount(language, figure.result)
  const body = known && known.verb ? words.said(known.verb, figures, known.unit) : words.named(name, figures)
  const percent = first ? first.percent : figure.percent
  const reached = percent === null ? '' : words.reached(saidPercent(language, percent))
  const beside =
    assigned && own && own.percent !== null ? words.ownTarget(over(own.value), saidPercent(language, own.percent)) : ''
  return body + reached + beside + declared
}

function knownWords(language: Language, code: string) {
  const known: Record<string, { name: string; short: string; verb: string; unit: string }> =
    phrases[language].indicators.known
  return known[code]
}
