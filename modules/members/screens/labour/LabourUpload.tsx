/** Sends a staff list for one union: dropped or chosen, how far it is, and the server's sentence beside it when it is no list. */
import { useId, useState, type DragEvent } from 'react'
import { useWhyNot } from '#modules/access/screens/ActButton.tsx'
import { showUnit } from '#modules/units/contract.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { usePlace } from '#modules/units/screens/place.ts'
import { UnitPicker } from '#modules/units/screens/UnitPicker.tsx'
import { useRead } from '#ui/api.ts'
import { useAddress, useChangeAddress, useGo } from '#ui/Go.tsx'
import { Icon } from '#ui/Icon.tsx'
import { paths } from '#ui/paths.ts'
import { Trouble } from '#ui/Trouble.tsx'
import { useUpload } from '#ui/upload.ts'
import { useWords } from '#ui/words.tsx'
import { uploadStaffList } from '../../labour/contract.ts'
import { Sending } from '../imports/Sending.tsx'

const bytesMax = uploadStaffList.uploadBytesMax

export function LabourUpload() {
  const { say, count } = useWords()
  const { into } = useAddress()
  const change = useChangeAddress()
  const go = useGo()
  const place = usePlace()
  const id = useId()
  const unit = useRead(showUnit, { params: { unitId: into ?? place.unitId }, query: { on: undefined } })
  const { run, sending, refusal, stop, reset } = useUpload(uploadStaffList, say.imports.lost)
  const [isOver, setOver] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const mb = count(bytesMax / 1_000_000)
  const isUnion = unit.data !== undefined && isGrassroots(unit.data.kind)
  const why = useWhyNot('admit') ?? (unit.data && !isUnion ? say.labour.needsUnion : (unit.error?.message ?? null))

  async function take(files: FileList | null) {
    const [file, ...others] = files ?? []
    if (!file || why || !isUnion) return
    reset()
    const told = others.length > 0 ? say.imports.oneFile : file.size > bytesMax ? say.imports.tooLarge(mb) : null
    setWrong(told)
    if (told) return
    const reply = await run({ params: { unitId: unit.data!.id } }, file)
    if (reply) go(paths.labourList(reply.id))
  }

  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }

  return (
    <div className="upload">
      <div className="upload-unit">
        <UnitPicker
          label={say.labour.uploadFor}
          kinds="grassroots"
          name={isUnion ? unit.data.name : null}
          error={unit.error?.message ?? null}
          onPick={(picked) => change({ into: picked.id })}
        />
        <p className="field-hint">{say.labour.uploadHint}</p>
      </div>
      {sending ? (
        <Sending {...sending} onStop={stop} />
      ) : (
        <div
          className={isOver ? 'drop-zone over' : 'drop-zone'}
          onDragOver={over(true)}
          onDragLeave={over(false)}
          onDrop={(event) => {
            over(false)(event)
            void take(event.dataTransfer.files)
          }}
        >
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
              disabled={why !== null || !isUnion}
              aria-describedby={why ? `${id}-why` : undefined}
              onChange={(event) => {
                void take(event.currentTarget.files)
                event.currentTarget.value = ''
              }}
            />
            <label htmlFor={id} className="link-button filled" aria-disabled={why !== null || !isUnion}>
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
      {wrong && (
        <p className="trouble" role="alert">
          <Icon name="warning" /> {wrong}
        </p>
      )}
      <Trouble refusal={refusal} />
    </div>
  )
}
