/** Sizes and times as the reader's language prints them. */
import { useWords } from '#ui/words.tsx'
import { leftOf } from './pace.ts'

export function useSizes() {
  const { say, count } = useWords()
  /** Three digits are enough for a size or a pace. */
  const short = (value: number) => count(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)
  const bytes = (value: number) =>
    value < 1_000_000
      ? say.imports.bytes.kb(count(Math.ceil(value / 1000)))
      : say.imports.bytes.mb(short(value / 1_000_000))
  function timeLeft(seconds: number): string {
    const left = leftOf(seconds)
    if (left.unit === 'moments') return say.imports.left.moments
    return left.unit === 'hours'
      ? say.imports.left.hours(count(left.hours), count(left.minutes))
      : say.imports.left[left.unit](count(left.n))
  }
  return { bytes, timeLeft }
}
