/** Names for millions: the demo's own, drawn once, some with one more middle word, each with its folded keys. */
import { openChance } from '#demo/chance.ts'
import { inventName } from '#demo/names.ts'
import { fold } from '#kernel/fold.ts'

export type Named = { fullName: string; nameKey: string; givenKey: string; nameId: number }

type Drawn = { start: string; startKey: string; startReversed: string; given: string; givenKey: string }

/** `nameOf` draws a name; `distinct` are the folded names drawn so far, in the order of their ids. */
export function openNames(seed: number) {
  const chance = openChance(seed, 'names')
  const pools = { male: draw('male'), female: draw('female') }
  const ids = new Map<string, number>()

  function draw(sex: 'male' | 'female'): Drawn[] {
    return Array.from({ length: 60_000 }, () => {
      const words = inventName(chance, sex).split(' ')
      const given = words.pop()!
      const start = words.join(' ')
      return {
        start,
        startKey: fold(start),
        startReversed: fold(start).split(' ').reverse().join(' '),
        given,
        givenKey: fold(given),
      }
    })
  }

  function nameOf(sex: 'male' | 'female'): Named {
    const drawn = chance.pick(pools[sex])
    const more = chance.happens(0.3) ? chance.pick(pools[sex]) : null
    const fullName = more ? `${drawn.start} ${more.given} ${drawn.given}` : `${drawn.start} ${drawn.given}`
    const nameKey = more
      ? `${drawn.startKey} ${more.givenKey} ${drawn.givenKey}`
      : `${drawn.startKey} ${drawn.givenKey}`
    const givenKey = more
      ? `${drawn.givenKey} ${more.givenKey} ${drawn.startReversed}`
      : `${drawn.givenKey} ${drawn.startReversed}`
    let nameId = ids.get(nameKey)
    if (nameId === undefined) ids.set(nameKey, (nameId = ids.size + 1))
    return { fullName, nameKey, givenKey, nameId }
  }

  return { nameOf, distinct: () => ids.keys() }
}
