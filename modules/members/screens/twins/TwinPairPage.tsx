/** Two people whom somebody chose, side by side, to decide now or to leave to whoever decides. */
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { useGo, useParam } from '#ui/Go.tsx'
import { useTell } from '#ui/notices.tsx'
import { Page } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { proposeTwins } from '../../twins/contract.ts'
import { TwinPair } from './TwinPair.tsx'

export function TwinPairPage() {
  const { say } = useWords()
  const [personId, otherId] = [useParam('personId'), useParam('otherId')]
  const go = useGo()
  const tell = useTell()
  const proposal = useWrite(proposeTwins)
  const toQueue = () => go(paths.twins)
  return (
    <Page
      title={say.twins.both}
      back={{ to: paths.twins, label: say.twins.title }}
      acts={
        <ActButton
          act="merge-people"
          variant="default"
          onClick={() =>
            void proposal.run({ body: { personId, otherId } }).then((done) => {
              if (!done) return
              tell({ text: say.twins.proposed })
              toQueue()
            })
          }
        >
          {say.twins.propose}
        </ActButton>
      }
    >
      <Trouble refusal={proposal.refusal} />
      <TwinPair personId={personId} otherId={otherId} onDone={toQueue} />
    </Page>
  )
}
