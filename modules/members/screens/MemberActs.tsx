/** What may be done with a member now. What may not be done says why, once for all buttons it concerns. */
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useGo } from '#ui/Go.tsx'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { useWords } from '#ui/words.tsx'
import type { showMember } from '../contract.ts'
import { DepartureForm } from './DepartureForm.tsx'
import { ReceiveForm } from './ReceiveForm.tsx'
import { SendForm } from './SendForm.tsx'
import { ResumeForm, SuspendForm } from './SuspendForm.tsx'

type Act = 'send' | 'receive' | 'suspend' | 'resume' | 'leave' | 'edit'

export function MemberActs({ member }: { member: Reply<typeof showMember> }) {
  const { say } = useWords()
  const go = useGo()
  const id = useId()
  const [act, setAct] = useState<Act | null>(null)
  const whyNot = useWhyNot('admit')
  const { state, unit } = member
  const isResting = state.where === 'union' && state.suspension !== null
  // Where the other end is hidden, whoever is there receives them.
  const isOurs = state.where === 'road' && !state.isToHidden
  const isFromHidden = state.where === 'road' && state.from === null
  const acts: Act[] = [
    ...(isOurs ? (['receive'] as const) : []),
    'send',
    isResting ? 'resume' : 'suspend',
    'leave',
    'edit',
  ]
  const barred: Record<typeof state.where, readonly Act[]> = {
    union: [],
    road: isFromHidden ? ['send', 'suspend', 'leave'] : ['send', 'suspend'],
    none: ['send', 'suspend', 'leave'],
  }
  const why = whyNot ?? (state.where === 'union' ? null : say.moves.whyNot[isFromHidden ? 'arriving' : state.where])
  const isBarred = (one: Act) => whyNot !== null || barred[state.where].includes(one)
  const icons: Partial<Record<Act, IconName>> = { receive: 'check', edit: 'pencil' }
  const form = { personId: member.id, name: member.fullName, onClose: () => setAct(null) }
  return (
    <div className="member-acts">
      <div className="act-row">
        {acts.map((one) => (
          <Button
            key={one}
            variant={one === 'receive' ? 'filled' : 'default'}
            disabled={isBarred(one)}
            aria-describedby={isBarred(one) ? id : undefined}
            leftSection={icons[one] && <Icon name={icons[one]} size={16} />}
            onClick={() => (one === 'edit' ? go(paths.memberRecord(member.id)) : setAct(one))}
          >
            {one === 'edit' ? say.person.edit : say.moves.acts[one]}
          </Button>
        ))}
      </div>
      {why && (
        <small className="why" id={id}>
          {why}
        </small>
      )}
      {act === 'send' && unit && <SendForm {...form} from={unit} />}
      {act === 'suspend' && <SuspendForm {...form} />}
      {act === 'resume' && <ResumeForm {...form} />}
      {act === 'leave' && <DepartureForm {...form} union={unit?.name ?? null} />}
      {act === 'receive' && state.where === 'road' && (
        <ReceiveForm
          people={[{ personId: member.id, fullName: member.fullName, to: state.to }]}
          onClose={() => setAct(null)}
        />
      )}
    </div>
  )
}
