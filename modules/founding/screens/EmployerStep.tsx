/** Second step: the employer, found by tax code or name in the register, or entered new. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '#modules/access/screens/session.ts'
import { listEmployers, type Employer } from '#modules/employers/contract.ts'
import { EmployerFields, emptyEmployer } from '#modules/employers/screens/EmployerFields.tsx'
import { useRead } from '#ui/api.ts'
import { faultFinder } from '#ui/faults.ts'
import { useAddress, useChangeAddress } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import type { Refusal } from '#ui/refusal.ts'
import { useSettled } from '#ui/settled.ts'
import { useWords } from '#ui/words.tsx'
import type { FoundingDraft } from './draft.ts'

type EmployerStepProps = {
  draft: FoundingDraft
  set: (change: Partial<FoundingDraft>) => void
  refusal: Refusal | null
}

export function EmployerStep({ draft, set, refusal }: EmployerStepProps) {
  const { say, count } = useWords()
  const me = useMe()
  const address = useAddress()
  const change = useChangeAddress()
  const [typed, setTyped] = useState(address.taxCode ?? '')
  const q = useSettled(typed).trim()
  const read = useRead(listEmployers, q.length >= 2 && draft.kind === 'grassroots' ? { query: { q, limit: 8 } } : null)
  const found = read.data?.employers ?? []

  function choose(employer: Employer) {
    const { taxCode, name, kind, ownership } = employer
    set({
      employerKnown: true,
      employer: {
        taxCode,
        name,
        kind,
        ownership,
        industry: employer.industry ?? '',
        ward: employer.ward ?? '',
        workers: employer.workers ?? '',
        workersOn: employer.workersOn ?? '',
      },
      name: draft.name.trim() ? draft.name : say.founding.nameFrom(name),
    })
    setTyped('')
    if (address.taxCode) change({ taxCode: '' })
  }

  if (draft.kind === 'occupational') return <p className="muted">{say.founding.noEmployerNeeded}</p>
  return (
    <>
      <TextInput
        label={say.founding.findEmployer}
        description={say.founding.findEmployerHint}
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        type="search"
      />
      {q.length >= 2 && (
        <ul className="found-employers" aria-label={say.founding.foundEmployers}>
          {found.map((employer) => (
            <li key={employer.id}>
              <button type="button" disabled={employer.union !== null} onClick={() => choose(employer)}>
                <span>
                  <strong>{employer.name}</strong>
                  <small>
                    {employer.taxCode}
                    {employer.ward ? ` · ${employer.ward}` : ''}
                    {employer.workers === null ? '' : ` · ${say.employers.workersCount(count(employer.workers))}`}
                  </small>
                </span>
                {employer.union && <small className="text-red">{say.founding.hasUnion(employer.union.name)}</small>}
              </button>
            </li>
          ))}
          {found.length === 0 && !read.isFetching && <li className="muted">{say.founding.employerNotFound}</li>}
        </ul>
      )}
      {draft.employerKnown && (
        <p className="known">
          <Icon name="check" size={16} /> {say.founding.fromRegister}{' '}
          <button type="button" className="link" onClick={() => set({ employerKnown: false, employer: emptyEmployer })}>
            {say.founding.enterAnother}
          </button>
        </p>
      )}
      <EmployerFields
        draft={draft.employer}
        known={draft.employerKnown}
        today={me.today}
        onDraft={(employer) => set({ employer })}
        faultAt={faultFinder(refusal, '/employer')}
      />
    </>
  )
}
