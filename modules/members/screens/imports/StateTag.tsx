/** The state of an import, in a word and a picture: waiting, at work, done, stopped. */
import type { ImportState } from '#modules/imports/contract.ts'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'

const looks: Record<ImportState, { icon: IconName; tone: string }> = {
  received: { icon: 'pencil', tone: 'amber' },
  reading: { icon: 'clock', tone: 'blue' },
  ready: { icon: 'pencil', tone: 'amber' },
  committing: { icon: 'clock', tone: 'blue' },
  done: { icon: 'check', tone: 'green' },
  undoing: { icon: 'clock', tone: 'blue' },
  undone: { icon: 'undo', tone: 'muted' },
  failed: { icon: 'warning', tone: 'red' },
  discarded: { icon: 'close', tone: 'muted' },
}

export function StateTag({ state }: { state: ImportState }) {
  const { say } = useWords()
  const { icon, tone } = looks[state]
  return (
    <span className={`state-tag ${tone}`}>
      <Icon name={icon} size={14} /> {say.imports.states[state]}
    </span>
  )
}
