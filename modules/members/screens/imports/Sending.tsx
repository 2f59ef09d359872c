/** A file on its way: how much of it is sent, that the line is slow, and the way to stop it. */
import { Button } from '@mantine/core'
import { useId } from 'react'
import { useWords } from '#ui/words.tsx'
import { useSizes } from './sizes.ts'

type SendingProps = { file: File; share: number; isSlow: boolean; onStop: () => void }

export function Sending({ file, share, isSlow, onStop }: SendingProps) {
  const { say, percent } = useWords()
  const { bytes } = useSizes()
  const id = useId()
  return (
    <div className="work">
      <strong id={id}>{file.name}</strong>
      <progress className="bar" aria-labelledby={id} max={1} value={share < 1 ? share : undefined} />
      <p role="status">
        {share < 1
          ? say.imports.uploading(percent(String(Math.floor(share * 100))), bytes(file.size))
          : say.imports.received}
      </p>
      {isSlow && (
        <p className="text-amber" role="status">
          {say.imports.slow}
        </p>
      )}
      <p className="muted">{say.imports.stay}</p>
      <div className="act-row">
        <Button variant="default" onClick={onStop}>
          {say.imports.stop}
        </Button>
      </div>
    </div>
  )
}
