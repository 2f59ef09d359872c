/** A unit's life: its names, managers, areas and events, each with its decision; and the acts that change it. */
import { useRead } from '#ui/api.ts'
import { Go, useParam } from '#ui/Go.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { Facts, Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { showUnit } from '../contract.ts'
import { DecisionLine } from './Decision.tsx'
import { usePlace } from './place.ts'
import { UnitActs } from './UnitActs.tsx'

export function UnitPage() {
  const { say, work, day } = useWords()
  const unitId = useParam('unitId')
  const place = usePlace()
  const read = useRead(showUnit, { params: { unitId }, query: { on: place.asOf } })
  const back = { to: paths.units, label: say.units.title }
  if (!read.data) {
    return (
      <Page title={say.units.one} back={back}>
        {read.error ? <Trouble refusal={read.error} onRetry={() => void read.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  const spell = (from: string, to: string | null) =>
    to ? say.units.spell(day(from), day(to)) : say.units.spellOpen(day(from))
  const isGrassroots = read.data.kind === 'grassroots' || read.data.kind === 'occupational'
  return (
    <Loaded read={read}>
      {(unit) => (
        <Page
          title={unit.name}
          back={back}
          lead={
            <nav aria-label={say.units.path} className="crumbs">
              {unit.path.map((upper) => (
                <Go key={upper.id} to={paths.unit(upper.id)}>
                  {upper.name}
                </Go>
              ))}
            </nav>
          }
          acts={
            <>
              <Go className="link-button" to={paths.progress} search={{ unit: unit.id }}>
                {say.units.itsProgress}
              </Go>
              <Go className="link-button" to={paths.members} search={{ unit: unit.id }}>
                {say.units.itsMembers}
              </Go>
              {isGrassroots && (
                <Go className="link-button" to={paths.newAdmission} search={{ into: unit.id }}>
                  {say.units.admitHere}
                </Go>
              )}
            </>
          }
        >
          <Facts
            facts={[
              [say.units.kind, work.unitKinds[unit.kind]],
              [say.units.code, <code key="code">{unit.code}</code>],
              [
                say.units.sector,
                isGrassroots
                  ? unit.sector
                    ? work.sectors[unit.sector]
                    : work.unclassified
                  : unit.sector && work.sectors[unit.sector],
              ],
              [say.units.foundedOn, day(unit.foundedOn)],
              [say.units.endedOnLabel, day(unit.endedOn)],
            ]}
          />
          <UnitActs unit={unit} />
          <Part title={say.units.events}>
            <div className="scroll">
              <table className="ledger">
                <thead>
                  <tr>
                    <th scope="col">{say.units.day}</th>
                    <th scope="col">{say.units.event}</th>
                    <th scope="col">{say.units.decision}</th>
                  </tr>
                </thead>
                <tbody>
                  {unit.events.map((event) => (
                    <tr key={event.id}>
                      <td className="code">{day(event.occurredOn)}</td>
                      <td>
                        {say.units.eventKinds[event.kind as keyof typeof say.units.eventKinds] ?? event.kind}
                        {isTakenBack(event) ? ` (${say.units.takenBack})` : ''}
                      </td>
                      <td>
                        <DecisionLine decision={event.decision} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {unit.events.length === 0 && <p className="muted">{say.units.noEvents}</p>}
          </Part>
          <div className="columns">
            <Part title={say.units.names}>
              <ul className="spells">
                {unit.names.map((one) => (
                  <li key={one.from}>
                    {one.name} <small className="muted">{spell(one.from, one.to)}</small>
                  </li>
                ))}
              </ul>
            </Part>
            <Part title={say.units.managers}>
              <ul className="spells">
                {unit.managers.map((one) => (
                  <li key={one.from}>
                    <Go to={paths.unit(one.unit.id)}>{one.unit.name}</Go>{' '}
                    <small className="muted">{spell(one.from, one.to)}</small>
                    {one.decision && <DecisionLine decision={one.decision} />}
                  </li>
                ))}
                {unit.managers.length === 0 && <li className="muted">{say.units.noManager}</li>}
              </ul>
            </Part>
            {unit.areas.length > 0 && (
              <Part title={say.units.areas}>
                <ul className="spells">
                  {unit.areas.map((one) => (
                    <li key={one.from + one.area}>
                      {one.area} <small className="muted">{spell(one.from, one.to)}</small>
                    </li>
                  ))}
                </ul>
              </Part>
            )}
          </div>
        </Page>
      )}
    </Loaded>
  )
}

/** An opposite row: a founding counted down, or an ending counted up. */
const isTakenBack = (event: { kind: string; quantity: number }) =>
  event.kind === 'ended' ? event.quantity > 0 : event.kind !== 'reclassified' && event.quantity < 0
