/** Finds amounts, each between its bounds, that keep linear rules at least cost: the simplex method with bounds, kept warm
 *  so that a bound can be changed and the search goes on from where it stood. */
import { openChance } from './chance.ts'

export type Bounds = { min: number; max: number }
export type Row = Bounds & { terms: (readonly [column: number, factor: number])[] }

const near = 1e-7

export type Simplex = {
  /** Bounds of columns first, then of rows; change them, then `settle` again. */
  bounds: Bounds[]
  /** True when all rules hold; the cost is then least, or nearly: so many moves that gain nothing are made for its sake. */
  settle: (patience: number) => boolean
  /** Adds a row and gives its index. */
  add: (row: Row) => number
  valueOf: (column: number) => number
  /** After a failed `settle`: the rows that together cannot hold. */
  clash: () => number[]
}

/** Each row gets an amount of its own (what its terms add up to), so a rule is only a bound on that amount. */
export function openSimplex(columns: (Bounds & { cost: number })[], rows: Row[]): Simplex {
  const n = columns.length
  let m = rows.length
  const bounds: Bounds[] = [
    ...columns.map(({ min, max }) => ({ min, max })),
    ...rows.map(({ min, max }) => ({ min, max })),
  ]
  const costs = columns.map(({ cost }) => cost)
  const kept: Row[] = [...rows]
  const table: Float64Array[] = []
  const resting: number[] = [] // who stands outside the basis, by position
  const basic: number[] = []
  const chance = openChance(n, 'simplex')
  // To begin with, all that is wished is there.
  const value = bounds.map(({ max }, index) => ((costs[index] ?? 0) < 0 ? max : 0))
  let blame: number[] = []

  /** Every row's own amount is in the basis, and the columns rest. */
  function begin() {
    kept.forEach(({ terms }, row) => {
      table[row] = new Float64Array(n)
      for (const [column, factor] of terms) table[row]![column]! += factor
      basic[row] = n + row
    })
    for (let column = 0; column < n; column++) resting[column] = column
  }
  begin()

  /** Puts the resting amounts on their nearest bound and adds the others up anew. */
  function rest() {
    for (const who of resting) {
      const { min, max } = bounds[who]!
      value[who] = value[who]! <= min || (min > -Infinity && value[who]! - min <= max - value[who]!) ? min : max
      if (!Number.isFinite(value[who]!)) value[who] = Number.isFinite(min) ? min : Number.isFinite(max) ? max : 0
    }
    for (let row = 0; row < m; row++) {
      const line = table[row]!
      let sum = 0
      for (let column = 0; column < n; column++) if (line[column] !== 0) sum += line[column]! * value[resting[column]!]!
      value[basic[row]!] = sum
    }
  }

  const offBy = (who: number) => {
    const { min, max } = bounds[who]!
    const slack = near * Math.max(1, Math.abs(value[who]!) * 1e-3)
    return value[who]! < min - slack ? -1 : value[who]! > max + slack ? 1 : 0
  }

  /** How the cost changes with each resting amount; while rules are broken, the cost is how far they are broken. */
  function slopes(repairing: boolean): Float64Array {
    const slope = new Float64Array(n)
    if (!repairing) for (let column = 0; column < n; column++) slope[column] = costs[resting[column]!] ?? 0
    for (let row = 0; row < m; row++) {
      const weight = repairing ? offBy(basic[row]!) : (costs[basic[row]!] ?? 0)
      if (weight === 0) continue
      const line = table[row]!
      for (let column = 0; column < n; column++) if (line[column] !== 0) slope[column]! += weight * line[column]!
    }
    return slope
  }

  /** Which resting amount to move, and which way: the steepest, or, after many moves that changed nothing, any by chance. */
  function choose(slope: Float64Array, stuck: boolean): { column: number; way: 1 | -1 } | null {
    let best: { column: number; way: 1 | -1 } | null = null
    let steepest = 0
    for (let column = 0; column < n; column++) {
      if (Math.abs(slope[column]!) <= near) continue
      const who = resting[column]!
      const { min, max } = bounds[who]!
      const way = slope[column]! < 0 ? 1 : -1
      if (max - min < near || (way === 1 ? value[who]! >= max - near : value[who]! <= min + near)) continue
      const rank = stuck ? chance.next() : Math.abs(slope[column]!)
      if (rank > steepest) {
        best = { column, way }
        steepest = rank
      }
    }
    return best
  }

  /** How far the amount can move before one in the basis meets a bound, and which; of several, the one that counts most. */
  function reach(column: number, way: 1 | -1): { step: number; row: number } {
    const { min, max } = bounds[resting[column]!]!
    let [step, row, pivot] = [max - min, -1, 0]
    for (let index = 0; index < m; index++) {
      const speed = way * table[index]![column]!
      if (Math.abs(speed) < 1e-8) continue
      const who = basic[index]!
      const off = offBy(who)
      if (off !== 0 && Math.sign(speed) === off) continue
      const goal =
        off === -1 ? bounds[who]!.min : off === 1 ? bounds[who]!.max : speed > 0 ? bounds[who]!.max : bounds[who]!.min
      if (!Number.isFinite(goal)) continue
      const room = Math.max(0, (goal - value[who]!) / speed)
      const tie = Math.abs(room - step) <= 1e-9
      if (room < step - 1e-9 || (tie && row >= 0 && Math.abs(speed) > pivot)) {
        step = Math.min(step, room)
        row = index
        pivot = Math.abs(speed)
      }
    }
    return { step, row }
  }

  /** The leaving amount and the entering one change places, in every line and in the slope. */
  function pivot(row: number, column: number, slope: Float64Array) {
    const line = table[row]!
    const by = line[column]!
    const filled: number[] = []
    for (let index = 0; index < n; index++) {
      if (index === column || line[index] === 0) continue
      line[index] = -line[index]! / by
      if (Math.abs(line[index]!) < 1e-11) line[index] = 0
      else filled.push(index)
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

  function settle(patience: number): boolean {
    rest()
    let slope: Float64Array = new Float64Array(n)
    for (let round = 0, still = 0, repaired = true; round < 50_000; round++) {
      const repairing = basic.some((who) => offBy(who) !== 0)
      // Rounding has muddled the table, or the search goes round: begin anew from the rows. Cost alone is not worth that.
      if (still > patience && !repairing) return true
      if (still > 400) {
        begin()
        rest()
        still = 21
        repaired = true
        continue
      }
      // The slope of the cost is carried along, and drawn up anew now and then; what is to be repaired changes every round.
      if (repairing || repaired || round % 200 === 0) slope = slopes(repairing)
      repaired = repairing
      const move = choose(slope, still > 20)
      if (!move) {
        if (!repairing) return true
        const leaning = slope
        blame = [
          ...basic.filter((who) => offBy(who) !== 0),
          ...resting.filter((_, column) => Math.abs(leaning[column]!) > near),
        ]
        return false
      }
      const { step, row } = reach(move.column, move.way)
      if (!Number.isFinite(step)) throw new Error('The cost has no least value: a wished amount has no bound.')
      still = step < near ? still + 1 : 0
      const mover = resting[move.column]!
      value[mover]! += move.way * step
      for (let index = 0; index < m; index++) {
        const factor = table[index]![move.column]!
        if (factor !== 0) value[basic[index]!]! += move.way * step * factor
      }
      if (row < 0) continue
      const leaver = basic[row]!
      const { min, max } = bounds[leaver]!
      value[leaver] = Math.abs(value[leaver]! - min) < Math.abs(value[leaver]! - max) ? min : max
      pivot(row, move.column, slope)
    }
    throw new Error('The simplex search does not end.')
  }

  /** A row that comes later is written in terms of whatever rests now. */
  function add(added: Row): number {
    const { terms, min, max } = added
    kept.push(added)
    const line = new Float64Array(n)
    for (const [column, factor] of terms) {
      const at = resting.indexOf(column)
      if (at >= 0) line[at]! += factor
      else table[basic.indexOf(column)]!.forEach((part, index) => (line[index]! += factor * part))
    }
    table.push(line)
    basic.push(n + m)
    value.push(0)
    bounds.push({ min, max })
    return m++
  }

  return {
    bounds,
    settle,
    add,
    valueOf: (column) => value[column]!,
    clash: () => blame.filter((who) => who >= n).map((who) => who - n),
  }
}
