/** The word somebody probably meant: the nearest by edits, if it is near at all. */

export function suggest(typed: string, words: readonly string[]): string | null {
  let best: string | null = null
  let least = Math.max(2, Math.ceil(typed.length / 2))
  for (const word of words) {
    const edits = editsBetween(typed.toLowerCase(), word.toLowerCase())
    if (edits < least || (edits === least && best === null)) [best, least] = [word, edits]
  }
  return best
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
