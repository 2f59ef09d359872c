/** Days one tap away: those that officers are asked about. */
type QuickWords = { today: string; quarterEnd: string; yearEnd: (year: string) => string }

const quarterEnds = ['03-31', '06-30', '09-30', '12-31']

/** Today, the last quarter's end, 30/6 and 10/11 of the year looked at, and the two year ends before today. */
export function quickDays(today: string, asOf: string, words: QuickWords): { label: string; day: string }[] {
  const year = Number(today.slice(0, 4))
  const lastQuarter = [...quarterEnds.map((end) => `${year - 1}-${end}`), ...quarterEnds.map((end) => `${year}-${end}`)]
    .filter((day) => day <= today)
    .at(-1)!
  const looked = asOf.slice(0, 4)
  const days = [
    { label: words.today, day: today },
    { label: words.quarterEnd, day: lastQuarter },
    { label: `30/6/${looked}`, day: `${looked}-06-30` },
    { label: `10/11/${looked}`, day: `${looked}-11-10` },
    { label: words.yearEnd(String(year - 1)), day: `${year - 1}-12-31` },
    { label: words.yearEnd(String(year - 2)), day: `${year - 2}-12-31` },
  ]
  return days.filter(
    (choice, index) => choice.day <= today && days.findIndex((other) => other.day === choice.day) === index,
  )
}
