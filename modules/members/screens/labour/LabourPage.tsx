/** Staff lists of a union or a branch, month by month; the place to drop the next one; and the workers who were invited. */
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { listStaffLists } from '../../labour/contract.ts'
import { Invited } from './Invited.tsx'
import { LabourHistory } from './LabourHistory.tsx'
import { LabourUpload } from './LabourUpload.tsx'
import '../imports/imports.css'
import '../member.css'
import './labour.css'

export function LabourPage() {
  const { say } = useWords()
  const place = usePlace()
  const read = useRead(listStaffLists, { query: { unitId: place.unitId } })
  return (
    <Page title={say.labour.title} lead={say.labour.lead} back={{ to: paths.members, label: say.members.title }}>
      <LabourUpload />
      <Part title={say.labour.history}>
        <Loaded read={read} lines={5}>
          {({ imports }) => <LabourHistory imports={imports} />}
        </Loaded>
      </Part>
      <Invited key={place.unitId} unitId={place.unitId} />
    </Page>
  )
}
