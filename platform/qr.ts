/** QR codes: one matrix, drawn as one SVG path on the screen and on paper alike, so that no seams show between the squares. */
import { encode } from 'uqr'

/** Rows of dark (true) and light squares, without the quiet zone. Correction level M: a scratched card is still read. */
export const qrMatrix = (text: string): boolean[][] => encode(text, { ecc: 'M', border: 0 }).data

/** The matrix as a picture with its quiet zone of four squares. */
export function qrSvg(text: string): string {
  const matrix = qrMatrix(text)
  const side = matrix.length + 8
  const runs = matrix.flatMap((row, y) =>
    [
      ...row
        .map((isDark) => (isDark ? '#' : ' '))
        .join('')
        .matchAll(/#+/g),
    ].map(({ 0: run, index }) => `M${index + 4} ${y + 4}h${run.length}v1h-${run.length}z`),
  )
  const path = `<path d="${runs.join('')}" fill="#000" shape-rendering="crispEdges"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">${path}</svg>`
}
