/** The two clocks that stay folded until used: the tree of which day, and what was known at which moment. */
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { DayField } from '#ui/DayField.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words.tsx'
import { momentOf, usePlace } from './place.ts'

export function ClockFields() {
  const { say } = useWords()
  const place = usePlace()
  const [unfolded, setUnfolded] = useState(Boolean(place.structureOn ?? place.knownAt))
  const known = place.knownAt ? new Date(Date.parse(place.knownAt) + 7 * 3_600_000).toISOString() : ''
  const [knownDay, knownTime] = [known.slice(0, 10), known.slice(11, 16)]

  return (
    <>
      <button type="button" className="fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        <Icon name={unfolded ? 'down' : 'right'} size={14} /> {say.units.moreClocks}
      </button>
      {unfolded && (
        <>
          <DayField
            label={say.units.structureOn}
            description={say.units.structureHint}
            value={place.structureOn ?? ''}
            onDay={(structureOn) => place.change({ structureOn })}
          />
          <div className="pair">
            <DayField
              label={say.units.knownAt}
              description={say.units.knownHint}
              value={knownDay}
              onDay={(day) => place.change({ knownAt: day ? momentOf(day, knownTime, place.today) : '' })}
            />
            <TextInput
              type="time"
              label={say.units.knownTime}
              value={knownTime}
              disabled={!knownDay}
              onChange={(event) =>
                place.change({ knownAt: momentOf(knownDay, event.currentTarget.value, place.today) })
              }
            />
          </div>
        </>
      )}
      {place.past && (
        <Button variant="default" onClick={() => place.change({ asOf: '', from: '', knownAt: '', structureOn: '' })}>
          {say.units.backToToday}
        </Button>
      )}
    </>
  )
}

/** The plain sentence that stands under the bar while any clock is in the past. */
export function PastSentence() {
  const { say, day, instant } = useWords()
  const place = usePlace()
  if (!place.past) return null
  const parts = [
    place.asOf < place.today ? say.units.pastAsOf(day(place.asOf)) : null,
    place.structureOn ? say.units.pastStructure(day(place.structureOn)) : null,
    place.knownAt ? say.units.pastKnown(instant(place.knownAt)) : null,
  ]
  return (
    <p className="past-sentence" role="status">
      <Icon name="clock" size={16} />
      <span>{say.units.pastSentence(parts.filter(Boolean).join('; '))}</span>
      <button type="button" onClick={() => place.change({ asOf: '', from: '', knownAt: '', structureOn: '' })}>
        {say.units.backToToday}
      </button>
    </p>
  )
}
