/** One employer: what it is, its union, and its workforce over time with who said so. */
import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ActButton, useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { useRead, useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { Go, useParam } from '#ui/Go.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { useTell } from '#ui/notices.tsx'
import { Facts, Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { countWorkforce, showEmployer } from '../contract.ts'

export function EmployerPage() {
  const { say, work, count, day, instant } = useWords()
  const employerId = useParam('employerId')
  const read = useRead(showEmployer, { params: { employerId } })
  const back = { to: paths.employers, label: say.employers.title }
  if (!read.data) {
    return (
      <Page title={say.employers.one} back={back}>
        {read.error ? <Trouble refusal={read.error} onRetry={() => void read.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  return (
    <Loaded read={read}>
      {(employer) => (
        <Page
          title={employer.name}
          back={back}
          acts={
            employer.union ? null : (
              <ActButton act="found" icon="plus" to={paths.newFounding} search={{ taxCode: employer.taxCode }}>
                {say.founding.found}
              </ActButton>
            )
          }
        >
          <Facts
            facts={[
              [say.employers.taxCode, <code key="tax">{employer.taxCode}</code>],
              [say.employers.kind, work.employerKinds[employer.kind]],
              [say.employers.ownership, work.ownerships[employer.ownership]],
              [say.employers.industry, employer.industry],
              [say.employers.ward, employer.ward],
              [
                say.employers.workers,
                employer.workers === null ? null : `${count(employer.workers)} (${day(employer.workersOn)})`,
              ],
              [
                say.employers.union,
                employer.union ? (
                  <Go key="union" to={paths.unit(employer.union.id)}>
                    {employer.union.name}
                  </Go>
                ) : (
                  say.employers.noUnion
                ),
              ],
            ]}
          />
          <Part title={say.employers.workforce}>
            {employer.workforce.length === 0 ? (
              <p className="muted">{say.employers.noWorkforce}</p>
            ) : (
              <div className="scroll">
                <table className="ledger narrow">
                  <thead>
                    <tr>
                      <th scope="col">{say.units.day}</th>
                      <th scope="col" className="num">
                        {say.employers.workers}
                      </th>
                      <th scope="col">{say.employers.source}</th>
                      <th scope="col">{say.frame.recordedAt}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {employer.workforce.map((one) => (
                      <tr key={one.on + one.recordedAt}>
                        <td className="code">{day(one.on)}</td>
                        <td className="num">{count(one.workers)}</td>
                        <td>{one.source}</td>
                        <td className="code muted">{instant(one.recordedAt)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <CountForm employerId={employer.id} />
          </Part>
        </Page>
      )}
    </Loaded>
  )
}

function CountForm({ employerId }: { employerId: string }) {
  const { say } = useWords()
  const me = useMe()
  const tell = useTell()
  const why = useWhyNot('manage-employers')
  const { run, pending, refusal } = useWrite(countWorkforce)
  const [on, setOn] = useState(me.today)
  const [workers, setWorkers] = useState<number | ''>('')
  const [source, setSource] = useState('')
  if (why) return <p className="muted why">{why}</p>
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (workers === '') return
        void run({ params: { employerId }, body: { on, workers, source } }).then((done) => {
          if (!done) return
          tell({ text: say.employers.counted })
          setWorkers('')
        })
      }}
    >
      <DayField label={say.units.day} value={on} onDay={setOn} required />
      <NumberInput
        label={say.employers.workers}
        value={workers}
        onChange={(value) => setWorkers(typeof value === 'number' ? value : '')}
        min={0}
        max={10_000_000}
        allowDecimal={false}
        hideControls
        required
      />
      <TextInput
        label={say.employers.source}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        placeholder={say.employers.sourceHint}
        maxLength={200}
        required
      />
      <Button type="submit" loading={pending} disabled={!on || workers === '' || !source.trim()}>
        {say.employers.count}
      </Button>
      <Trouble refusal={refusal} />
    </form>
  )
}
