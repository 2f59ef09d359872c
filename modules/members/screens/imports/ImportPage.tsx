/** One import through its states: its columns, what it would do, done, taken back. Whoever comes back finds it where it is. */
import { useRead } from '#ui/api.ts'
import { Go, useAddress, useParam } from '#ui/Go.tsx'
import { Loaded } from '#ui/Loaded.tsx'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { Import } from '#modules/imports/contract.ts'
import { showMemberImport } from '../../import/contract.ts'
import { ColumnsStep } from './ColumnsStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { ImportSteps, stepOf } from './ImportSteps.tsx'
import { PreviewStep } from './PreviewStep.tsx'
import { useSizes } from './sizes.ts'
import { StateTag } from './StateTag.tsx'
import { Working } from './Working.tsx'
import '../member.css'
import './imports.css'

export function ImportPage() {
  const { say, instant } = useWords()
  const { bytes } = useSizes()
  const importId = useParam('importId')
  const { step: asked } = useAddress()
  const read = useRead(showMemberImport, { params: { importId } })
  const found = read.data
  const step = found && stepOf(found.state, asked)
  return (
    <Page
      title={found?.fileName ?? say.imports.title}
      wide={step === 'preview' || step === 'columns'}
      back={{ to: paths.imports, label: say.imports.history }}
      lead={
        found && (
          <>
            <StateTag state={found.state} /> · {say.imports.unit}{' '}
            <Go to={paths.unit(found.unit.id)}>{found.unit.name}</Go> ·{' '}
            {say.imports.by(found.recordedBy, instant(found.recordedAt))} · {bytes(found.fileBytes)}
          </>
        )
      }
    >
      <Loaded read={read} lines={10}>
        {(one) => (
          <>
            <ImportSteps importId={one.id} state={one.state} asked={asked} />
            <Now key={`${one.id} ${one.state}`} found={one} asked={asked} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Now({ found, asked }: { found: Import; asked: string | undefined }) {
  const { say } = useWords()
  if (found.progress) return <Working found={found} />
  if (found.state === 'discarded') {
    return (
      <div className="done">
        <p>{say.imports.discarded}</p>
        <Go to={paths.imports}>{say.imports.again}</Go>
      </div>
    )
  }
  const step = stepOf(found.state, asked)
  if (step === 'columns') return <ColumnsStep found={found} />
  if (step === 'preview') return <PreviewStep found={found} />
  return <DoneStep found={found} />
}
