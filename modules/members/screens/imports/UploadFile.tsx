/** Sends a list: for which union, dropped or chosen, how far it is, and the server's sentence beside it when it is no list. */
import { Button } from '@mantine/core'
import { useId, useState, type DragEvent } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { isGrassroots, isUpper } from '#modules/units/rules.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useRead } from '#ui/api.ts'
import { useAddress, useChangeAddress, useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useUpload } from '#ui/upload.ts'
import { useWords } from '#ui/words.tsx'
import { uploadMemberList } from '../../import/contract.ts'
import { Sending } from './Sending.tsx'
import { useSizes } from './sizes.ts'

const bytesMax = uploadMemberList.uploadBytesMax

export function UploadFile() {
  const { say, count } = useWords()
  const { into } = useAddress()
  const change = useChangeAddress()
  const go = useGo()
  const place = usePlace()
  const id = useId()
  const unitId = into ?? place.unitId
  const unit = useRead(showUnit, { params: { unitId }, query: { on: undefined } })
  const { run, sending, refusal, stop, reset } = useUpload(uploadMemberList, say.imports.lost)
  const { bytes } = useSizes()
  const [file, setFile] = useState<File | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [isOver, setOver] = useState(false)
  const mb = count(bytesMax / 1_000_000)
  const kind = unit.data?.kind
  const isPart = kind !== undefined && !isGrassroots(kind) && !isUpper(kind)
  const why = useWhyNot('admit') ?? (isPart ? say.imports.unitIsPart : (unit.error?.message ?? null))

  async function send(chosen: File) {
    const reply = await run({ params: { unitId } }, chosen)
    if (reply) go(paths.import(reply.id))
  }

  function take(files: FileList | null) {
    const [first, ...others] = files ?? []
    if (!first) return
    reset()
    setFile(first)
    const isTooLarge = first.size > bytesMax
    const told = why ?? (others.length > 0 ? say.imports.oneFile : isTooLarge ? say.imports.tooLarge(mb) : null)
    setWrong(told)
    if (!told) void send(first)
  }

  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer.files)
    },
  }

  return (
    <div className="upload">
      <div className="upload-unit">
        <UnitPicker
          label={say.imports.unit}
          name={unit.data?.name ?? null}
          error={unit.error?.message ?? null}
          onPick={(picked) => change({ into: picked.id })}
        />
        <p className="field-hint">{kind && isUpper(kind) ? say.imports.unitIsUpper : say.imports.unitHint}</p>
      </div>
      {sending ? (
        <Sending {...sending} onStop={stop} />
      ) : (
        <div className={isOver ? 'drop-zone over' : 'drop-zone'} {...drop}>
          <Icon name="paper" size={28} />
          <div>
            <p className="drop-title">{say.imports.drop}</p>
            <p className="field-hint">{say.imports.dropHint(mb)}</p>
          </div>
          <div className="file-button">
            <input
              id={id}
              className="sr-only"
              type="file"
              accept=".xlsx,.csv,.txt,.tsv"
              disabled={why !== null}
              aria-describedby={why ? `${id}-why` : undefined}
              onChange={(event) => {
                take(event.currentTarget.files)
                event.currentTarget.value = ''
              }}
            />
            <label htmlFor={id} className="link-button filled" aria-disabled={why !== null}>
              {say.imports.choose}
            </label>
            {why && (
              <small id={`${id}-why`} className="why">
                {why}
              </small>
            )}
          </div>
        </div>
      )}
      {(wrong || refusal) && file && (
        <div className="upload-trouble">
          <strong>
            {file.name} <span className="muted">{bytes(file.size)}</span>
          </strong>
          {wrong && (
            <p className="trouble" role="alert">
              <Icon name="warning" />
              {wrong}
            </p>
          )}
          <Trouble refusal={refusal} />
          {refusal && (refusal.status === 0 || refusal.status >= 500) && (
            <Button variant="default" onClick={() => void send(file)}>
              {say.imports.sendAgain}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
