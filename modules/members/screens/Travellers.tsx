/** People on the road as a table, the longest wait first; those to be received can be ticked, one or all. */
import { Checkbox } from '@mantine/core'
import type { Reply } from '#kernel/endpoint.ts'
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { listOnTheRoad } from '../moves/contract.ts'

export type Traveller = Reply<typeof listOnTheRoad>['travellers'][number]

type TravellersProps = {
  people: readonly Traveller[]
  /** Left out: nobody can be ticked. */
  ticked?: readonly string[]
  onTick?: (people: readonly Traveller[], isTicked: boolean) => void
}

export function Travellers({ people, ticked, onTick }: TravellersProps) {
  const { say, day, count } = useWords()
  const birth = (text: string) => (text.length === 4 ? text : day(text))
  const tickedHere = people.filter((one) => ticked?.includes(one.personId)).length
  return (
    <div className="scroll">
      {onTick && (
        <Checkbox
          className="tick-all"
          size="sm"
          label={say.moves.selectAll}
          checked={tickedHere === people.length}
          indeterminate={tickedHere > 0 && tickedHere < people.length}
          onChange={(event) => onTick(people, event.currentTarget.checked)}
        />
      )}
      <table className={onTick ? 'ledger cards road ticked' : 'ledger cards road'}>
        <thead>
          <tr>
            {onTick && (
              <th scope="col" className="tick">
                <span className="sr-only">{say.moves.acts.receive}</span>
              </th>
            )}
            <th scope="col">{say.moves.person}</th>
            <th scope="col">{say.moves.birth}</th>
            <th scope="col">{say.moves.from}</th>
            <th scope="col">{say.moves.toWhere}</th>
            <th scope="col">{say.moves.sentDay}</th>
            <th scope="col" className="num">
              {say.moves.age}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.movementId}>
              {onTick && (
                <td className="tick">
                  <Checkbox
                    size="sm"
                    aria-label={say.moves.select(one.fullName)}
                    checked={ticked?.includes(one.personId) ?? false}
                    onChange={(event) => onTick([one], event.currentTarget.checked)}
                  />
                </td>
              )}
              <th scope="row">
                <Go to={paths.member(one.personId)}>{one.fullName}</Go>
              </th>
              <td className="code" data-label={say.moves.birth}>
                {birth(one.birth)}
              </td>
              <td data-label={say.moves.from}>{one.from?.name ?? say.moves.state.hidden}</td>
              <td data-label={say.moves.toWhere}>
                {one.to?.name ?? (one.isToHidden ? say.moves.state.hidden : say.moves.state.unknown)}
              </td>
              <td className="code" data-label={say.moves.sentDay}>
                {day(one.sentOn)}
              </td>
              <td className="num" data-label={say.moves.age}>
                {say.moves.days(count(one.days))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
