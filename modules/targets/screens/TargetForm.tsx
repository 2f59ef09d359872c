/** Sets or adjusts a target. The earlier version stays readable; the button says why when the role may not. */
import { NativeSelect, NumberInput, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ActButton } from '#modules/access/screens/ActButton.tsx'
import { may } from '#modules/access/rules.ts'
import { useMe } from '#modules/access/screens/session.ts'
import { useWrite } from '#ui/api.ts'
import { DayField } from '#ui/DayField.tsx'
import { faultFinder } from '#ui/faults.ts'
import { useTell } from '#ui/notices.tsx'
import { Trouble } from '#ui/Trouble.tsx'
import { useWords } from '#ui/words.tsx'
import { TargetBy, setTarget, type Target } from '../contract.ts'
import type { NamedIndicator } from './TargetsPage.tsx'

type TargetFormProps = {
  indicators: NamedIndicator[]
  unitId: string
  year: number
  edited: Target | null
  onDone: () => void
}

export function TargetForm({ indicators, unitId, year, edited, onDone }: TargetFormProps) {
  const { say, work, language, count } = useWords()
  const me = useMe()
  const tell = useTell()
  const { run, pending, refusal } = useWrite(setTarget)
  const [indicator, setIndicator] = useState(edited?.indicator ?? 'grassroots_founded')
  const [by, setBy] = useState<TargetBy>(edited?.by ?? (may(me.role, 'assign-target') ? 'assigned' : 'own'))
  const [value, setValue] = useState<number | ''>(edited?.value ?? '')
  const [from, setFrom] = useState(edited?.from ?? `${year}-01-01`)
  const [to, setTo] = useState(edited?.to ?? `${year}-12-31`)
  const [setOn, setSetOn] = useState(me.today)
  const [paper, setPaper] = useState('')
  const faultAt = faultFinder(refusal, '')
  const backwards = from && to && from > to
  const missing =
    value === ''
      ? say.targets.needsValue
      : !paper.trim()
        ? say.targets.needsPaper
        : !setOn || !from || !to || backwards
          ? say.targets.needsDays
          : null
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (value === '') return
        void run({ body: { unitId, indicator, by, from, to, value, setOn, paper } }).then((done) => {
          if (!done) return
          tell({ text: say.targets.isSet(count(value), count(done.version)) })
          setPaper('')
          onDone()
        })
      }}
    >
      <div className="fields">
        <NativeSelect
          label={say.targets.indicator}
          value={indicator}
          onChange={(event) => setIndicator(event.currentTarget.value)}
          data={indicators.map(({ code, name }) => ({ value: code, label: name }))}
          error={faultAt('indicator')}
        />
        <Radio.Group label={say.targets.whose} value={by} onChange={(next) => setBy(next)}>
          <div className="radio-row">
            {TargetBy.options.map((one) => (
              <Radio key={one} value={one} label={work.targetsBy[one]} />
            ))}
          </div>
        </Radio.Group>
        <NumberInput
          label={say.targets.value}
          value={value}
          onChange={(next) => setValue(typeof next === 'number' ? next : '')}
          min={0}
          allowDecimal={false}
          hideControls
          thousandSeparator={language === 'vi' ? '.' : ','}
          decimalSeparator={language === 'vi' ? ',' : '.'}
          required
          error={faultAt('value')}
        />
        <TextInput
          label={say.targets.paper}
          placeholder={say.targets.paperHint}
          value={paper}
          onChange={(event) => setPaper(event.currentTarget.value)}
          maxLength={200}
          required
          error={faultAt('paper')}
        />
        <DayField label={say.targets.setOn} value={setOn} onDay={setSetOn} required error={faultAt('setOn')} />
        <DayField label={say.targets.from} value={from} onDay={setFrom} required error={faultAt('from')} />
        <DayField
          label={say.targets.to}
          value={to}
          onDay={setTo}
          required
          error={backwards ? say.units.backwards : faultAt('to')}
        />
      </div>
      <Trouble refusal={refusal} />
      <div className="act-row">
        <ActButton
          act={by === 'assigned' ? 'assign-target' : 'set-own-target'}
          type="submit"
          loading={pending}
          refused={missing}
        >
          {edited ? say.targets.adjust : say.targets.set}
        </ActButton>
        {edited && (
          <button type="button" className="link" onClick={onDone}>
            {say.frame.cancel}
          </button>
        )}
      </div>
    </form>
  )
}
