/** A person: where they stand, what may be done, every movement with its paper, their record and who looked at it. */
import { useParam } from '#ui/Go.tsx'
import { Loaded, Waiting } from '#ui/Loaded.tsx'
import { useRead } from '#ui/api.ts'
import { Facts, Page, Part } from '#ui/Page.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { showMember } from '../contract.ts'
import { showRecord } from '../record/contract.ts'
import { IdentityNumber } from './IdentityNumber.tsx'
import { MemberActs } from './MemberActs.tsx'
import { MemberMovements } from './MemberMovements.tsx'
import { MemberPapers } from './MemberPapers.tsx'
import { MemberRecord } from './MemberRecord.tsx'
import { MemberStateLine } from './MemberStateLine.tsx'
import { PhotoField } from './PhotoField.tsx'
import { RecordHistory } from './RecordHistory.tsx'
import { RecordLooks } from './RecordLooks.tsx'
import { MemberMerges } from './twins/MemberMerges.tsx'
import './member.css'

export function MemberPage() {
  const { say, work, day } = useWords()
  const personId = useParam('personId')
  const read = useRead(showMember, { params: { personId } })
  const record = useRead(showRecord, { params: { personId } })
  const back = { to: paths.members, label: say.members.title }
  if (!read.data) {
    return (
      <Page title={say.members.one} back={back}>
        {read.error ? <Trouble refusal={read.error} onRetry={() => void read.refetch()} /> : <Waiting />}
      </Page>
    )
  }
  return (
    <Loaded read={read}>
      {(member) => (
        <Page title={member.fullName} back={back} lead={<MemberStateLine member={member} />}>
          <MemberActs member={member} />
          <div className="member-top">
            <PhotoField personId={member.id} name={member.fullName} hasPhoto={record.data?.hasPhoto ?? false} />
            <Facts
              facts={[
                [say.members.birthDate, member.birthDate.length === 4 ? member.birthDate : day(member.birthDate)],
                [say.members.sex, work.sexes[member.sex]],
                [
                  record.data?.identityKind === 'passport' ? say.person.passport : say.person.identityNumber,
                  member.identityMasked ? (
                    <IdentityNumber key={member.id} personId={member.id} masked={member.identityMasked} />
                  ) : (
                    say.person.noNumber
                  ),
                ],
                [
                  say.person.citizenship,
                  record.data?.citizenship === 'VN' ? say.person.vietnam : record.data?.citizenship,
                ],
              ]}
            />
          </div>
          <MemberMovements movements={member.movements} />
          <MemberMerges key={member.id} personId={member.id} />
          <MemberPapers member={member} cardNumber={record.data?.values['cardNumber']} />
          <Part title={say.person.record} id="record">
            <Loaded read={record}>
              {(data) => <MemberRecord key={member.id} personId={member.id} record={data} />}
            </Loaded>
          </Part>
          {record.data && <RecordHistory statements={record.data.statements} />}
          {record.data && <RecordLooks looks={record.data.looks} />}
        </Page>
      )}
    </Loaded>
  )
}
