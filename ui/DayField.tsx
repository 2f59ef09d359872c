/** A day as officers type it: dd/mm/yyyy, also 1-2-90 or 2024-11-10. Says at once when the calendar has no such day. */
import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { readDay } from '#kernel/day.ts'
import { formatDay } from '#kernel/phrases.ts'
import { useWords } from './words.tsx'

type DayFieldProps = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  value: string
  /** A day, or '' when the field is emptied. Not called while the text is no day. */
  onDay: (day: string) => void
  /** Days one tap away. */
  quick?: { label: string; day: string }[]
}

export function DayField({ value, onDay, quick, error, onBlur, ...rest }: DayFieldProps) {
  const { say } = useWords()
  const [text, setText] = useState(value ? formatDay(value) : '')
  const [left, setLeft] = useState(false)
  const [known, setKnown] = useState(value)
  // A day set from outside replaces the text, unless the text already says that day in its own way.
  if (known !== value) {
    setKnown(value)
    if (readDay(text) !== value) setText(value ? formatDay(value) : '')
  }
  const wrong = text.trim() !== '' && readDay(text) === null

  function type(next: string) {
    setText(next)
    setLeft(false)
    const day = readDay(next)
    if (next.trim() === '') onDay('')
    // A two-digit year is complete only when the field is left: 1/2/20 may yet become 1/2/2024.
    else if (day && /\d{4}/.test(next)) onDay(day)
  }

  return (
    <div className="day-field">
      <TextInput
        {...rest}
        value={text}
        inputMode="numeric"
        placeholder="dd/mm/yyyy"
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={(event) => {
          setLeft(true)
          const day = readDay(text)
          if (day) {
            setText(formatDay(day))
            if (day !== value) onDay(day)
          }
          onBlur?.(event)
        }}
        error={wrong && left ? say.frame.noSuchDay : error}
      />
      {quick && (
        <div className="quick">
          {quick.map((choice) => (
            <button
              key={choice.label}
              type="button"
              aria-pressed={choice.day === value}
              onClick={() => onDay(choice.day)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
