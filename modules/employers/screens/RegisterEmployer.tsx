/** The form that enters an employer in the register. */
import { Group } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useMe } from '#modules/access/screens/session.ts'
import { showUnit, type UnitRef } from '#modules/units/contract.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useRead, useWrite } from '#ui/api.ts'
import { faultFinder } from '#ui/faults.ts'
import { useGo } from '#ui/Go.tsx'
import { useTell } from '#ui/notices.tsx'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { registerEmployer } from '../contract.ts'
import { EmployerFields, employerOf, emptyEmployer } from './EmployerFields.tsx'

export function RegisterEmployer() {
  const { say } = useWords()
  const me = useMe()
  const place = usePlace()
  const go = useGo()
  const tell = useTell()
  const here = useRead(showUnit, { params: { unitId: place.unitId }, query: { on: undefined } })
  const [picked, setPicked] = useState<UnitRef | null>(null)
  const [draft, setDraft] = useState(emptyEmployer)
  const { run, pending, refusal } = useWrite(registerEmployer)
  const unit = picked ?? here.data ?? null
  return (
    <Page title={say.employers.register} back={{ to: paths.employers, label: say.employers.title }}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!unit) return
          void run({ body: { ...employerOf(draft), unitId: unit.id } }).then((done) => {
            if (!done) return
            tell({ text: say.employers.registered })
            go(paths.employer(done.id))
          })
        }}
      >
        <UnitPicker label={say.employers.underUnit} name={unit?.name ?? null} onPick={setPicked} />
        <EmployerFields draft={draft} onDraft={setDraft} today={me.today} faultAt={faultFinder(refusal, '')} />
        <Trouble refusal={refusal} />
        <Group gap="xs">
          <ActButton
            act="manage-employers"
            type="submit"
            loading={pending}
            refused={draft.taxCode && draft.name.trim() ? null : say.employers.needs}
          >
            {say.employers.register}
          </ActButton>
        </Group>
      </form>
    </Page>
  )
}
