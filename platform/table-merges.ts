/** Merged cells: one value that stands for many. Across and down among the headers, down over the rows below, where officers
 *  merge a company's name over its people. */
import { feed, attribute, nameOf, nextToken, startXml, token } from './table-xml.ts'
import type { Limits, Merge } from './table-limits.ts'

const mergeCell = nameOf('mergeCell')

/** `B3:D4` as a region; null when it is none. */
export function readRegion(text: string): Merge | null {
  const [, left, top, right, bottom] =
    /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(text) ?? []
  if (!left) return null
  const region = {
    fromLine: Number(top),
    toLine: Number(bottom ?? top),
    fromColumn: columnOf(left),
    toColumn: columnOf(right ?? left),
  }
  return region.toLine >= region.fromLine && region.toColumn >= region.fromColumn ? region : null
}

const columnOf = (letters: string) =>
  [...letters.toUpperCase()].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** The merges of a sheet that can still say something, by line. They stand after the rows, which are passed over unread. */
export async function readMerges(chunks: AsyncIterable<Buffer>, limits: Limits): Promise<Merge[] | 'not-read'> {
  const merges: Merge[] = []
  const xml = startXml()
  let [isFound, tail] = [false, Buffer.alloc(0)]
  for await (const chunk of chunks) {
    let rest = chunk
    if (!isFound) {
      const joined = Buffer.concat([tail, chunk])
      const at = joined.indexOf('mergeCell')
      isFound = at >= 0
      tail = Buffer.from(joined.subarray(-64))
      if (!isFound) continue
      rest = joined.subarray(Math.max(0, joined.lastIndexOf('<', at)))
    }
    feed(xml, rest)
    for (let kind = nextToken(xml); kind !== token.more; kind = nextToken(xml)) {
      if (kind === token.close || xml.name !== mergeCell) continue
      const merge = readRegion(attribute(xml, 'ref') ?? '')
      if (!merge || merge.fromColumn >= limits.keptColumns) continue
      const isUseful = merge.fromLine <= limits.headerLines || merge.toLine > merge.fromLine
      if (isUseful && merges.push(merge) > limits.merges) return 'not-read'
    }
  }
  return merges.sort((a, b) => a.fromLine - b.fromLine || a.fromColumn - b.fromColumn)
}

/** Fills the cells a merge covers, row after row from the top, and tells how many characters that took. Regions that overlap
 *  beyond any real sheet are let go. */
export function startFilling(merges: Merge[], limits: Limits): (line: number, cells: string[]) => number {
  let next = 0
  let open: { merge: Merge; value: string }[] = []
  let characters = 0
  const fill = ({ merge, value }: { merge: Merge; value: string }, line: number, cells: string[]) => {
    const isHeader = line <= limits.headerLines
    const last = isHeader ? Math.min(merge.toColumn, limits.keptColumns - 1) : merge.fromColumn
    for (let column = merge.fromColumn; column <= last; column++) {
      while (cells.length <= column) cells.push('')
      if (cells[column] !== '') continue
      cells[column] = value
      characters += value.length
    }
  }
  return (line, cells) => {
    characters = 0
    if (open.length > 0) open = open.filter(({ merge }) => merge.toLine >= line)
    for (const covering of open) fill(covering, line, cells)
    for (; next < merges.length && merges[next]!.fromLine <= line; next++) {
      const merge = merges[next]!
      const value = merge.fromLine === line ? (cells[merge.fromColumn] ?? '') : ''
      if (value === '') continue
      const opened = { merge, value }
      fill(opened, line, cells)
      if (merge.toLine > line && open.length < limits.keptColumns) open.push(opened)
    }
    return characters
  }
}
