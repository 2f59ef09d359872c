/** Folding: how names are compared without tones and case. Search and duplicate checks use the same keys everywhere. */

/** `NGUYỄN Thị  Lan Anh` → `nguyen thi lan anh`. đ has no decomposition, so it is mapped by hand. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** One form for storing: NFC, single spaces, no spaces at the ends. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Given name first, for a search that starts with it: `Nguyễn Thị Lan Anh` → `anh lan thi nguyen`. */
export const givenFirst = (fullName: string): string => fold(fullName).split(' ').reverse().join(' ')

const collator = new Intl.Collator('vi')

/** The words of a name from the given name on, to be compared many times. */
export const wordsInOrder = (fullName: string): string[] => fullName.split(' ').reverse()

export function compareWords(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = a[index] === b[index] ? 0 : collator.compare(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Vietnamese order of names: by given name, then middle, then family name. */
export const compareNames = (left: string, right: string): number =>
  compareWords(wordsInOrder(left), wordsInOrder(right))
