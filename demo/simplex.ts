/** Finds amounts, each between its bounds, that keep linear rules at least cost: the dual simplex method, kept warm, so that
 *  after a bound is changed or a row added the search goes on from where it stood. */
import { openChance } from './chance.ts'

export type Bounds = { min: number; max: number }
export type Row = Bounds & { terms: (readonly [column: number, factor: number])[] }

export type Simplex = {
  /** Bounds of columns first, then of rows; change them, then `settle` again. */
  bounds: Bounds[]
  /** True when all rules hold; the cost is then least. */
  settle: () => boolean
  /** Adds a row and gives its index. */
  add: (row: Row) => number
  valueOf: (column: number) => number
  /** After a failed `settle`: the rows that together cannot hold. */
  clash: () => number[]
}

const near = 1e-7
const roundsMax = 20_000

/** Every column begins at its cheaper bound. Each row gets an amount of its own, what its terms add up to, so that a rule is
 *  only a bound on that amount; a row whose amount is out of bounds is mended at the least cost, one after another. */
export function openSimplex(columns: (Bounds & { cost: number })[], rows: Row[], seed: number): Simplex {
  const n = columns.length
  const chance = openChance(seed, 'prices')
  const bounds: Bounds[] = [...columns, ...rows].map(({ min, max }) => ({ min, max }))
  // Costs that differ a little keep the search from going round between equals.
  const slope = new Float64Array(n)
  const value: number[] = bounds.map(() => 0)
  const kept: Row[] = [...rows]
  const table: Float64Array[] = []
  const basic: number[] = []
  const resting = columns.map((_, column) => column)
  let blame: number[] = []

  function begin(): void {
    table.length = basic.length = 0
    columns.forEach(({ cost }, column) => {
      resting[column] = column
      slope[column] = cost * (1 + chance.next() * (seed === 0 ? 1e-3 : 0.5))
      value[column] = slope[column]! < 0 ? bounds[column]!.max : bounds[column]!.min
    })
    kept.forEach(write)
  }

  /** A row that comes later is written in terms of whatever rests now. */
  function write({ terms }: Row): void {
    const line = new Float64Array(n)
    const at = new Map(resting.map((who, column) => [who, column]))
    for (const [column, factor] of terms) {
      const place = at.get(column)
      if (place !== undefined) line[place]! += factor
      else table[basic.indexOf(column)]!.forEach((part, index) => (line[index]! += factor * part))
    }
    basic.push(n + table.length)
    table.push(line)
  }
  begin()

  /** Puts what rests on a bound, the cheaper where it stands on none, and adds the others up anew. */
  function rest(): void {
    resting.forEach((who, column) => {
      const { min, max } = bounds[who]!
      if (value[who] === min || value[who] === max) return
      const cheaper = slope[column]! > 0 ? min : slope[column]! < 0 ? max : value[who]! > max ? max : min
      value[who] = Number.isFinite(cheaper)
        ? cheaper
        : Number.isFinite(min)
          ? min
          : Number.isFinite(max)
            ? max
            : value[who]!
    })
    table.forEach((line, row) => {
      let sum = 0
      for (let column = 0; column < n; column++) if (line[column] !== 0) sum += line[column]! * value[resting[column]!]!
      value[basic[row]!] = sum
    })
  }

  /** How far a row's amount is out of bounds: below is negative. */
  const offBy = (who: number): number => {
    const { min, max } = bounds[who]!
    const at = value[who]!
    return at < min - near ? at - min : at > max + near ? at - max : 0
  }

  function worstRow(): number {
    let [worst, most] = [-1, 0]
    for (let row = 0; row < table.length; row++) {
      const off = Math.abs(offBy(basic[row]!))
      if (off > most) [worst, most] = [row, off]
    }
    return worst
  }

  /** What mends a row at the least cost for its effect; of those nearly as cheap, what has most effect, since dividing by
   *  little is what spoils a table. */
  function cheapest(row: number, upward: boolean): number {
    const line = table[row]!
    const able: { column: number; effect: number; price: number }[] = []
    let ceiling = Infinity
    for (let column = 0; column < n; column++) {
      const effect = Math.abs(line[column]!)
      if (effect < near) continue
      const who = resting[column]!
      const { min, max } = bounds[who]!
      const rises = line[column]! > 0 === upward
      if (min === max || (rises ? value[who]! >= max : value[who]! <= min)) continue
      const price = Math.max(0, rises ? slope[column]! : -slope[column]!) / effect
      able.push({ column, effect, price })
      ceiling = Math.min(ceiling, price + 1e-5 / effect)
    }
    let [best, most] = [-1, 0]
    for (const { column, effect, price } of able) if (price <= ceiling && effect > most) [best, most] = [column, effect]
    return best
  }

  /** The amount of a row and one that rests change places. */
  function exchange(row: number, column: number): void {
    const line = table[row]!
    const by = line[column]!
    const filled: number[] = []
    for (let index = 0; index < n; index++) {
      if (index === column || line[index] === 0) continue
      line[index] = Math.abs(line[index]! / by) < 1e-11 ? 0 : -line[index]! / by
      if (line[index] !== 0) filled.push(index)
    }
    line[column] = 1 / by
    const carry = (target: Float64Array) => {
      const factor = target[column]!
      if (factor === 0) return
      for (const index of filled) {
        const sum = target[index]! + factor * line[index]!
        target[index] = Math.abs(sum) < 1e-11 ? 0 : sum
      }
      target[column] = factor / by
    }
    for (const target of table) if (target !== line) carry(target)
    carry(slope)
    ;[basic[row], resting[column]] = [resting[column]!, basic[row]!]
  }

  function settle(): boolean {
    rest()
    for (let round = 0; round < roundsMax; round++) {
      // After so many rounds rounding has spoilt the table: begin anew from the rows.
      if (round % 1_500 === 1_499) {
        begin()
        rest()
      }
      const row = worstRow()
      if (row < 0) return true
      const leaver = basic[row]!
      const off = offBy(leaver)
      const column = cheapest(row, off < 0)
      if (column < 0) {
        blame = [leaver, ...resting.filter((_, index) => Math.abs(table[row]![index]!) > near)]
        return false
      }
      const step = -off / table[row]![column]!
      value[resting[column]!]! += step
      table.forEach((line, index) => {
        if (line[column] !== 0 && index !== row) value[basic[index]!]! += step * line[column]!
      })
      value[leaver] = off < 0 ? bounds[leaver]!.min : bounds[leaver]!.max
      exchange(row, column)
    }
    throw new Error('The figures of this file are too tangled: the search for amounts does not end.')
  }

  return {
    bounds,
    settle,
    add: (row) => {
      bounds.push({ min: row.min, max: row.max })
      value.push(0)
      kept.push(row)
      write(row)
      return table.length - 1
    },
    valueOf: (column) => value[column]!,
    clash: () => blame.filter((who) => who >= n).map((who) => who - n),
  }
}
