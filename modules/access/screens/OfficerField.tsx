/** Picks the officer an act is credited to; the caller when left alone. */
import { NativeSelect } from '@mantine/core'
import { useRead } from '#ui/api.ts'
import { useWords } from '#ui/words.tsx'
import { listOfficers } from '../contract.ts'
import { useMe } from './session.ts'

export function OfficerField({
  unitId,
  value,
  onOfficer,
}: {
  unitId: string
  value: string
  onOfficer: (id: string) => void
}) {
  const { say, work } = useWords()
  const me = useMe()
  const read = useRead(listOfficers, { params: { unitId } })
  const others = (read.data?.officers ?? []).filter((officer) => officer.id !== me.id)
  return (
    <NativeSelect
      label={say.access.creditedTo}
      value={value}
      onChange={(event) => onOfficer(event.currentTarget.value)}
      data={[
        { value: '', label: say.access.creditedToMe(me.name) },
        ...others.map((officer) => ({ value: officer.id, label: `${officer.name} (${work.roles[officer.role]})` })),
      ]}
    />
  )
}
