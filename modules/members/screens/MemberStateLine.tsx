/** One line under a name: the union they belong to, the road they are on, or that they are in none. */
import type { Reply } from '#kernel/endpoint.ts'
import { useMe } from '#modules/access/screens/session.ts'
import type { UnitRef } from '#modules/units/contract.ts'
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { showMember } from '../contract.ts'

const UnitLink = ({ unit }: { unit: UnitRef }) => <Go to={paths.unit(unit.id)}>{unit.name}</Go>

export function MemberStateLine({ member }: { member: Reply<typeof showMember> }) {
  const { say, day, count, work } = useWords()
  const me = useMe()
  const { state, memberships } = member
  if (state.where === 'union') {
    const rest = state.suspension
    return (
      <>
        <p>
          {say.members.memberOf} {member.unit && <UnitLink unit={member.unit} />}{' '}
          {say.members.sinceDay(day(state.since))}
        </p>
        {rest && (
          <p>
            <strong>{say.moves.state.suspended(day(rest.since))}</strong>
            {rest.cause && `: ${work.movementCauses[rest.cause as keyof typeof work.movementCauses]}`}
            {rest.until && `, ${say.moves.state.until(day(rest.until))}`}
            {rest.until && rest.until < me.today && (
              <span className="tag-red">{say.moves.state.overdue(day(rest.until))}</span>
            )}
          </p>
        )}
      </>
    )
  }
  if (state.where === 'road') {
    const nowhere = state.isToHidden ? say.moves.state.hidden : say.moves.state.unknown
    return (
      <p>
        {say.moves.state.onTheRoad} {state.from ? <UnitLink unit={state.from} /> : say.moves.state.hidden}{' '}
        {say.moves.state.to} {state.to ? <UnitLink unit={state.to} /> : nowhere},{' '}
        {state.days > 0 ? say.moves.state.since(day(state.since), count(state.days)) : say.moves.state.sinceToday}
      </p>
    )
  }
  const last = memberships.at(-1)
  return (
    <>
      <p>
        {state.receivedElsewhereOn
          ? say.moves.state.receivedElsewhere(day(state.receivedElsewhereOn))
          : say.members.noUnion}
      </p>
      {last?.to && <p>{say.moves.state.before(last.unit.name, day(last.from), day(last.to))}</p>}
    </>
  )
}
