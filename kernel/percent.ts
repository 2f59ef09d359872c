/** Exact percentages: integers in, a decimal string out, rounded half up once. Binary floating point never takes part. */

/** `percentOf(4071, 4000, 1)` is '101.8'. Null where there is nothing to divide by. Decimals: 0 to 12. */
export function percentOf(result: number | bigint, target: number | bigint, decimals: number): string | null {
  const [above, below] = [BigInt(result), BigInt(target)]
  if (below <= 0n) return null
  return decimalText(roundHalfUp(above * 100n * 10n ** BigInt(decimals), below), decimals)
}

/** The same quotient cut off instead of rounded, to recognise how a printed figure was made. */
export function percentTruncated(result: number | bigint, target: number | bigint, decimals: number): string | null {
  const below = BigInt(target)
  if (below <= 0n) return null
  return decimalText((BigInt(result) * 100n * 10n ** BigInt(decimals)) / below, decimals)
}

/** Half away from zero: 2.5 → 3, -2.5 → -3, as a school rounds. */
function roundHalfUp(above: bigint, below: bigint): bigint {
  const sign = above < 0n ? -1n : 1n
  return sign * ((above * sign * 2n + below) / (below * 2n))
}

function decimalText(scaled: bigint, decimals: number): string {
  const sign = scaled < 0n ? '-' : ''
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
