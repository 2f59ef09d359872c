/** What the search finds: acts and rooms at once from what is known here, units, members and employers from the server. */
import { fold } from '#kernel/fold.ts'
import { may } from '#modules/access/rules.ts'
import { useMe } from '#modules/access/screens/session.ts'
import { listEmployers } from '#modules/employers/contract.ts'
import { listMembers } from '#modules/members/contract.ts'
import { useMemberWorks } from '#modules/members/screens/works.ts'
import { findUnits } from '#modules/units/contract.ts'
import { recentUnits } from '#modules/units/screens/recent.ts'
import { useRead } from '#ui/api.ts'
import type { IconName } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import type { Search } from '#ui/place.ts'
import { useWords } from '#ui/words.tsx'
import { useRooms } from './Rail.tsx'

export type Find = {
  kind: 'act' | 'room' | 'unit' | 'member' | 'employer'
  label: string
  beside?: string
  icon: IconName
  to: string
  search?: Search
}

const eachMax = 6

export function useFinds(q: string): { finds: Find[]; searching: boolean } {
  const { say, work, day } = useWords()
  const me = useMe()
  const rooms = useRooms()
  const works = useMemberWorks()
  const asked = q.length >= 2
  const units = useRead(findUnits, asked ? { query: { q } } : null)
  const members = useRead(listMembers, asked ? { query: { q, limit: eachMax } } : null)
  const employers = useRead(listEmployers, asked ? { query: { q, limit: eachMax } } : null)

  const acts: Find[] = [
    ...(may(me.role, 'found')
      ? [{ kind: 'act' as const, label: say.founding.found, icon: 'plus' as const, to: paths.newFounding }]
      : []),
    ...(may(me.role, 'admit')
      ? [{ kind: 'act' as const, label: say.members.admit, icon: 'plus' as const, to: paths.newAdmission }]
      : []),
    ...(may(me.role, 'manage-employers')
      ? [{ kind: 'act' as const, label: say.employers.register, icon: 'plus' as const, to: paths.newEmployer }]
      : []),
    ...works.map(({ to, label }) => ({ kind: 'room' as const, label, icon: 'members' as const, to })),
    ...rooms.map(({ to, icon, label }) => ({ kind: 'room' as const, label, icon, to })),
  ]
  const known = acts.filter((act) => fold(act.label).includes(fold(q)))
  if (!asked) {
    const recent = recentUnits().map((unit): Find => ({
      kind: 'unit',
      label: unit.name,
      icon: 'units',
      to: paths.unit(unit.id),
    }))
    return { finds: q ? known : [...acts, ...recent], searching: false }
  }
  return {
    finds: [
      ...known,
      ...(units.data?.units ?? []).slice(0, eachMax).map((unit): Find => ({
        kind: 'unit',
        label: unit.name,
        beside: [work.unitKinds[unit.kind], unit.parentName, unit.formerName && say.units.formerName(unit.formerName)]
          .filter(Boolean)
          .join(' · '),
        icon: 'units',
        to: paths.unit(unit.id),
      })),
      ...(members.data?.members ?? []).map((member): Find => ({
        kind: 'member',
        label: member.fullName,
        beside: [day(member.birthDate), member.unit?.name].filter(Boolean).join(' · '),
        icon: 'person',
        to: paths.member(member.id),
      })),
      ...(employers.data?.employers ?? []).map((employer): Find => ({
        kind: 'employer',
        label: employer.name,
        beside: [employer.taxCode, employer.ward].filter(Boolean).join(' · '),
        icon: 'employers',
        to: paths.employer(employer.id),
      })),
    ],
    searching: units.isFetching || members.isFetching || employers.isFetching,
  }
}
