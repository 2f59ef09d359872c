/** A member's papers, filled from the record: the joining form as Word or PDF, and the member card once it has a number. */
import { useState } from 'react'
import type { Reply } from '#kernel/endpoint.ts'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Part } from '#ui/Page.tsx'
import { fileOf } from '#ui/paths.ts'
import { ReasonDialog } from '#ui/ReasonDialog.tsx'
import { useWords } from '#ui/words.tsx'
import type { showMember } from '../contract.ts'
import { joiningFormPdfFile, joiningFormWord, memberCard } from '../papers/contract.ts'
import { IssueCardForm } from './IssueCardForm.tsx'

type MemberPapersProps = { member: Reply<typeof showMember>; cardNumber: string | undefined }

export function MemberPapers({ member, cardNumber }: MemberPapersProps) {
  const { say } = useWords()
  const [issuing, setIssuing] = useState(false)
  const [asking, setAsking] = useState(false)
  const params = { personId: member.id }
  const dotted = { params, query: { reason: undefined } }
  return (
    <Part title={say.person.papers}>
      <ul className="papers">
        <li>
          <span>{say.person.joiningForm}</span>
          <div className="act-row">
            <PaperLink href={fileOf(joiningFormWord, dotted)} label={say.person.word} of={say.person.joiningForm} />
            <PaperLink href={fileOf(joiningFormPdfFile, dotted)} label={say.person.pdf} of={say.person.joiningForm} />
            <ActButton act="read-identity" variant="default" onClick={() => setAsking(true)}>
              {say.person.withNumber}
            </ActButton>
          </div>
        </li>
        <li>
          <span>
            {say.person.card}
            {cardNumber && <small className="block muted">{say.person.cardNumber(cardNumber)}</small>}
          </span>
          <div className="act-row">
            {cardNumber ? (
              <PaperLink href={fileOf(memberCard, { params })} label={say.person.pdf} of={say.person.card} />
            ) : (
              <ActButton
                act="admit"
                variant="default"
                refused={member.state.where === 'union' ? null : say.person.cardForMembers}
                onClick={() => setIssuing(true)}
              >
                {say.person.issueCard}
              </ActButton>
            )}
          </div>
        </li>
      </ul>
      {issuing && <IssueCardForm personId={member.id} name={member.fullName} onClose={() => setIssuing(false)} />}
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={say.person.withNumber}
        confirm={say.person.pdf}
        pending={false}
        refusal={null}
        onReason={(reason) => {
          window.location.assign(fileOf(joiningFormPdfFile, { params, query: { reason } }))
          setAsking(false)
        }}
      >
        {say.members.showNumberText}
      </ReasonDialog>
    </Part>
  )
}

function PaperLink({ href, label, of }: { href: string; label: string; of: string }) {
  return (
    <a className="link-button" href={href} download aria-label={`${of}: ${label}`}>
      <Icon name="download" size={16} />
      {label}
    </a>
  )
}
