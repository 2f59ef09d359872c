/** Tax codes: what one looks like, and its check digit. */

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** The tenth digit that nine digits ask for; 10 where no valid code begins so. Two published implementations agree. */
export const checkDigit = (nine: string): number =>
  10 - (weights.reduce((sum, weight, index) => sum + weight * Number(nine[index]), 0) % 11)

/** A tax code as it is stored (10 digits, 10-3 for a branch, 12 for a household business), or null when it is none. */
export function readTaxCode(text: string): string | null {
  const digits = text.replace(/[\s.-]/g, '')
  if (/^\d{12}$/.test(digits)) return digits
  if (!/^\d{10}(\d{3})?$/.test(digits)) return null
  if (checkDigit(digits.slice(0, 9)) !== Number(digits[9])) return null
  return digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits
}
