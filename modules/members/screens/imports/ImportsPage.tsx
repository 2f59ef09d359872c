/** Imports of a unit and its branch: drop a file in, and find again every list that was ever taken in. */
import { usePlace } from '#modules/units/screens/place.ts'
import { useRead } from '#ui/api.ts'
import { Loaded } from '#ui/Loaded.tsx'
import { Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import { listMemberImports } from '../../import/contract.ts'
import { ImportList } from './ImportList.tsx'
import { UploadFile } from './UploadFile.tsx'
import '../member.css'
import './imports.css'

export function ImportsPage() {
  const { say } = useWords()
  const place = usePlace()
  const read = useRead(listMemberImports, { query: { unitId: place.unitId } })
  return (
    <Page title={say.imports.title} lead={say.imports.lead} back={{ to: paths.members, label: say.members.title }}>
      <UploadFile />
      <Part title={say.imports.history}>
        <Loaded read={read} lines={5}>
          {({ imports }) => <ImportList imports={imports} />}
        </Loaded>
      </Part>
    </Page>
  )
}
