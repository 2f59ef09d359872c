/** Two people in one table, a row for each thing: what both say stands quiet, what differs is marked and said. */
import type { ReactNode } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { DecisionLine } from '#modules/units/screens/Decision.tsx'
import { Go } from '#ui/Go.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { showTwins, Side } from '../../twins/contract.ts'
import { useFieldWords } from '../fieldwords.ts'

type Pair = Reply<typeof showTwins>

export function TwinSides({ pair: { a, b, fields, suggestedId } }: { pair: Pair }) {
  const { say, work, day } = useWords()
  const { nameOf, valueOf } = useFieldWords()
  const birth = (text: string) => (text.length === 4 ? text : day(text))
  return (
    <table className="twin-sides">
      <caption className="sr-only">{say.twins.both}</caption>
      <thead>
        <tr>
          <th scope="col">{say.twins.field}</th>
          {[a, b].map((side) => (
            <th key={side.id} scope="col">
              <Go to={paths.member(side.id)}>{side.fullName}</Go>
              {side.id === suggestedId && <span className="tag">{say.twins.suggested}</span>}
              <small>{say.twins.number(side.id)}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row name={say.person.birthDate} a={birth(a.birthDate)} b={birth(b.birthDate)} />
        <Row name={say.person.sex} a={work.sexes[a.sex]} b={work.sexes[b.sex]} />
        <Row
          name={say.person.identityNumber}
          a={a.identityMasked || say.twins.noNumber}
          b={b.identityMasked || say.twins.noNumber}
        />
        {(a.citizenship !== 'VN' || b.citizenship !== 'VN') && (
          <Row
            name={say.twins.citizenship}
            a={valueOf('citizenship', a.citizenship)}
            b={valueOf('citizenship', b.citizenship)}
          />
        )}
        <Row
          name={say.twins.photo}
          a={a.hasPhoto ? say.twins.hasPhoto : say.twins.noPhoto}
          b={b.hasPhoto ? say.twins.hasPhoto : say.twins.noPhoto}
          isSame
        />
        {fields.map((field) => (
          <Row
            key={field.code}
            name={nameOf(field.code)}
            a={field.a === null ? '' : valueOf(field.code, field.a)}
            b={field.b === null ? '' : valueOf(field.code, field.b)}
            isSame={field.isSame || field.a === null || field.b === null}
          />
        ))}
        <Row name={say.twins.memberships} a={<Memberships side={a} />} b={<Memberships side={b} />} isSame />
        <Row name={say.twins.papers} a={<Movements side={a} />} b={<Movements side={b} />} isSame />
      </tbody>
    </table>
  )
}

function Row({ name, a, b, isSame = a === b }: { name: string; a: ReactNode; b: ReactNode; isSame?: boolean }) {
  const { say } = useWords()
  return (
    <tr className={isSame ? undefined : 'differs'}>
      <th scope="row">
        {name}
        {!isSame && <span className="sr-only">, {say.twins.differs}</span>}
      </th>
      <td>{a || <span className="muted">{say.twins.nothing}</span>}</td>
      <td>{b || <span className="muted">{say.twins.nothing}</span>}</td>
    </tr>
  )
}

function Memberships({ side }: { side: Side }) {
  const { say, day } = useWords()
  if (side.memberships.length === 0) return <span className="muted">{say.twins.nothing}</span>
  return (
    <ul>
      {side.memberships.map(({ unit, from, to }) => (
        <li key={from}>
          {unit.name}
          <small className="block muted">
            {day(from)} – {to ? day(to) : say.twins.untilNow}
          </small>
        </li>
      ))}
    </ul>
  )
}

function Movements({ side }: { side: Side }) {
  const { say, work, day, count } = useWords()
  const standing = side.movements.filter((one) => !one.reversedById && !one.reversesId)
  return (
    <details>
      <summary>{say.twins.moreMovements(count(standing.length))}</summary>
      <ul>
        {standing.map((one) => (
          <li key={one.id}>
            {day(one.occurredOn)} {work.movementKinds[one.kind]}, {one.unit.name}
            <DecisionLine decision={one.decision} />
          </li>
        ))}
      </ul>
    </details>
  )
}
