/** One staff list through its states: its columns and day, what each group means and accepting it, finished, taken back. */
import { Go, useAddress, useParam } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useRead } from '#ui/api.ts'
import { useWords } from '#ui/words.tsx'
import type { Import } from '#modules/imports/contract.ts'
import { showStaffList, type StaffSettings } from '../../labour/contract.ts'
import { LabourColumns } from './LabourColumns.tsx'
import { LabourDone } from './LabourDone.tsx'
import { LabourGroups } from './LabourGroups.tsx'
import { LabourWorking } from './LabourWorking.tsx'
import '../imports/imports.css'
import '../member.css'
import './labour.css'

export function LabourListPage() {
  const { say, day, instant } = useWords()
  const importId = useParam('importId')
  const { step } = useAddress()
  const read = useRead(showStaffList, { params: { importId } })
  const found = read.data
  const on = (found?.settings as Partial<StaffSettings> | undefined)?.on
  return (
    <Page
      title={found ? (on ? say.labour.of(found.fileName, day(on)) : found.fileName) : say.labour.title}
      wide
      back={{ to: paths.labourLists, label: say.labour.title }}
      lead={
        found && (
          <>
            <Go to={paths.unit(found.unit.id)}>{found.unit.name}</Go> · {say.labour.states[found.state]} ·{' '}
            {say.imports.by(found.recordedBy, instant(found.recordedAt))}
          </>
        )
      }
    >
      <Loaded read={read} lines={10}>
        {(one) => <Now key={`${one.id} ${one.state}`} found={one} asksColumns={step === 'columns'} />}
      </Loaded>
    </Page>
  )
}

function Now({ found, asksColumns }: { found: Import; asksColumns: boolean }) {
  const { say } = useWords()
  if (found.progress) return <LabourWorking found={found} />
  if (found.state === 'discarded')
    return (
      <div className="done">
        <p>{say.imports.discarded}</p>
        <Go to={paths.labourLists}>{say.labour.again}</Go>
      </div>
    )
  const isLost = found.trouble?.name === 'import-interrupted'
  const mayRead = found.state === 'ready' && (found.committedAt === null || isLost)
  if (found.state === 'received' || found.state === 'failed' || (mayRead && (asksColumns || isLost)))
    return <LabourColumns found={found} />
  if (found.state === 'ready') return <LabourGroups found={found} />
  return <LabourDone found={found} />
}
