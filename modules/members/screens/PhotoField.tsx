/** The portrait for the member card: shown, added, replaced. The one kept before stays in the ledger. */
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { useWrite } from '#ui/api.ts'
import { Icon } from '#ui/Icon.tsx'
import { useTell } from '#ui/notices.tsx'
import { fileOf } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { addPhoto, showPhoto } from '../record/contract.ts'

export function PhotoField({ personId, name, hasPhoto }: { personId: string; name: string; hasPhoto: boolean }) {
  const { say } = useWords()
  const id = useId()
  const tell = useTell()
  const why = useWhyNot('admit')
  const { run, pending, refusal, reply } = useWrite(addPhoto)
  // A new portrait has the same address as the old one.
  const [seen, setSeen] = useState(0)
  const address = fileOf(showPhoto, { params: { personId } })

  async function keep(file: File | undefined) {
    if (!file || !(await run({ params: { personId }, upload: file }))) return
    setSeen((now) => now + 1)
    tell({ text: say.person.photoKept })
  }

  return (
    <div className="photo-field">
      {hasPhoto || reply ? (
        <img key={seen} src={`${address}${seen > 0 ? `?${seen}` : ''}`} alt={say.person.photoOf(name)} />
      ) : (
        <span className="no-photo" role="img" aria-label={say.person.photo}>
          <Icon name="person" size={40} />
        </span>
      )}
      {!why && (
        <>
          <input
            id={`${id}-file`}
            className="sr-only"
            type="file"
            accept="image/jpeg,image/png"
            onChange={(event) => {
              void keep(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
          <Button
            variant="default"
            size="compact-sm"
            component="label"
            htmlFor={`${id}-file`}
            loading={pending}
            title={say.person.photoHint}
          >
            {hasPhoto ? say.person.newPhoto : say.person.addPhoto}
          </Button>
        </>
      )}
      <Trouble refusal={refusal} />
    </div>
  )
}
