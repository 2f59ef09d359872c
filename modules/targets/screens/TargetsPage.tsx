/** Targets of a unit and year: assigned and own side by side for each indicator, with every version's day and paper. */
import { useState } from 'react'
import { showUnit } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Empty, Page, Part } from '#ui/Page.tsx'
import { useWords } from '#ui/words.tsx'
import { TargetBy, listTargets, type Target } from '../contract.ts'
import { TargetForm } from './TargetForm.tsx'

/** Which indicators there are is known to a later room, so the door passes it in. */
export type NamedIndicator = { code: string; name: string }

export function TargetsPage({ indicators }: { indicators: NamedIndicator[] }) {
  const { say } = useWords()
  const nameOf = (code: string) => indicators.find((indicator) => indicator.code === code)?.name ?? code
  const place = usePlace()
  const address = useAddress()
  const change = useChangeAddress()
  const year = Number(address.year ?? place.asOf.slice(0, 4))
  const unit = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const read = useRead(listTargets, { query: { unitId: place.unitId, year } })
  const [edited, setEdited] = useState<Target | null>(null)
  return (
    <Page
      title={say.targets.title}
      lead={say.targets.lead(unit.data?.name ?? '', String(year))}
      acts={
        <div className="year-step" role="group" aria-label={say.targets.year}>
          <button
            type="button"
            className="plain"
            aria-label={say.targets.yearBefore}
            onClick={() => change({ year: String(year - 1) })}
          >
            <Icon name="left" />
          </button>
          <strong>{year}</strong>
          <button
            type="button"
            className="plain"
            aria-label={say.targets.yearAfter}
            onClick={() => change({ year: String(year + 1) })}
          >
            <Icon name="right" />
          </button>
        </div>
      }
    >
      <Loaded read={read} lines={6}>
        {({ targets }) => {
          const groups = [
            ...Map.groupBy(targets, (target) => `${target.indicator} ${target.from} ${target.to}`).values(),
          ]
          if (groups.length === 0) return <Empty title={say.targets.none(String(year))}>{say.targets.noneHint}</Empty>
          return (
            <div className="scroll">
              <table className="ledger targets cards">
                <thead>
                  <tr>
                    <th scope="col">{say.targets.indicator}</th>
                    <th scope="col">{say.targets.period}</th>
                    {TargetBy.options.map((by) => (
                      <th key={by} scope="col">
                        {say.targets.by[by]}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {groups.map((group) => (
                    <tr key={group[0]!.id}>
                      <th scope="row">{nameOf(group[0]!.indicator)}</th>
                      <td className="code">
                        <Period from={group[0]!.from} to={group[0]!.to} />
                      </td>
                      {TargetBy.options.map((by) => (
                        <td key={by} data-label={say.targets.by[by]}>
                          <Versions versions={group.filter((target) => target.by === by)} onAdjust={setEdited} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }}
      </Loaded>
      <Part title={edited ? say.targets.adjust : say.targets.set} id="set-target">
        <TargetForm
          key={`${place.unitId}-${year}-${edited?.id ?? ''}`}
          indicators={indicators}
          unitId={place.unitId}
          year={year}
          edited={edited}
          onDone={() => setEdited(null)}
        />
      </Part>
    </Page>
  )
}

function Period({ from, to }: { from: string; to: string }) {
  const { day, say } = useWords()
  const wholeYear = from.endsWith('-01-01') && to.endsWith('-12-31') && from.slice(0, 4) === to.slice(0, 4)
  return <>{wholeYear ? say.targets.wholeYear(from.slice(0, 4)) : `${day(from)} – ${day(to)}`}</>
}

function Versions({ versions, onAdjust }: { versions: Target[]; onAdjust: (target: Target) => void }) {
  const { say, count, day } = useWords()
  const [newest, ...older] = versions.toSorted((a, b) => b.version - a.version)
  if (!newest) return <span className="muted">–</span>
  return (
    <div className="versions">
      <strong className="figure-big">{count(newest.value)}</strong>
      <small className="block muted">
        {say.targets.version(count(newest.version))} · {day(newest.setOn)} · {newest.paper}
      </small>
      {older.length > 0 && (
        <details>
          <summary>{say.targets.earlier(count(older.length))}</summary>
          <ul>
            {older.map((version) => (
              <li key={version.id}>
                {count(version.value)}{' '}
                <small className="muted">{`${day(version.setOn)} · ${version.paper} · ${version.recordedBy}`}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
      <button
        type="button"
        className="link"
        onClick={() => {
          onAdjust(newest)
          document.getElementById('set-target')?.scrollIntoView({ block: 'nearest' })
        }}
      >
        {say.targets.adjustThis}
      </button>
    </div>
  )
}
