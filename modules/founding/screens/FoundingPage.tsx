/** One founding: its decision, union, employer, officer, members, and its cancellation. */
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Go, useParam } from '#ui/Go.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { Facts, Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { showFounding } from '../contract.ts'
import { CancelFounding } from './CancelFounding.tsx'

export function FoundingPage() {
  const { say, work, count, day, instant } = useWords()
  const place = usePlace()
  const foundingId = useParam('foundingId')
  const read = useRead(showFounding, { params: { foundingId } })
  const back = { to: paths.foundings, label: say.founding.title }
  if (!read.data) {
    return (
      <Page title={say.founding.one} back={back}>
        {read.error ? <Trouble refusal={read.error} onRetry={() => void read.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  return (
    <Loaded read={read}>
      {(founding) => (
        <Page
          title={founding.unit.name}
          back={back}
          lead={say.founding.foundedOnBy(day(founding.effectiveOn), founding.upperUnit.name)}
          acts={founding.cancelled ? null : <CancelFounding foundingId={founding.id} label={say.founding.cancel} />}
        >
          {founding.cancelled && (
            <div className="trouble">
              <div>
                <p>{say.founding.cancelledBy(founding.cancelled.recordedBy, instant(founding.cancelled.recordedAt))}</p>
                <p>{founding.cancelled.reason}</p>
              </div>
            </div>
          )}
          <Facts
            facts={[
              [say.units.decision, <strong key="number">{founding.decision.number}</strong>],
              [say.units.signedOnLabel, day(founding.decision.signedOn)],
              [say.units.effectiveOnLabel, day(founding.decision.effectiveOn)],
              [say.units.handedOverLabel, day(founding.decision.handedOverOn)],
              [say.units.signer, founding.decision.signer],
              [say.founding.issuer, founding.decision.issuer.name],
              [
                say.founding.union,
                <Go key="unit" to={paths.unit(founding.unit.id)}>
                  {founding.unit.name}
                </Go>,
              ],
              [say.founding.kind, work.unitKinds[founding.kind]],
              [say.units.sector, founding.sector ? work.sectors[founding.sector] : work.unclassified],
              [
                say.founding.employer,
                founding.employer && (
                  <Go key="employer" to={paths.employer(founding.employer.id)}>
                    {founding.employer.name} ({founding.employer.taxCode})
                  </Go>
                ),
              ],
              [
                say.founding.members,
                <Go
                  key="members"
                  to={paths.members}
                  search={{
                    unit: founding.unit.id,
                    asOf: place.asOf < founding.effectiveOn ? founding.effectiveOn : undefined,
                  }}
                >
                  {count(founding.members)}
                </Go>,
              ],
              [say.members.officer, founding.officer?.name],
              [say.frame.recordedAt, `${instant(founding.recordedAt)} · ${founding.recordedBy}`],
            ]}
          />
        </Page>
      )}
    </Loaded>
  )
}
