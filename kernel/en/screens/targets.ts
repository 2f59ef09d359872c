/** The English twin: targets. */
import type { Twin } from '../../twin.ts'
import type { targets as vi } from '../../vi/screens/targets.ts'

export const targets: Twin<typeof vi> = {
  title: 'Targets',
  lead: (unit, year) => `${unit}, ${year}`,
  year: 'Year',
  yearBefore: 'Year before',
  yearAfter: 'Year after',
  none: (year) => `No target for ${year} yet`,
  noneHint: "Set the first below: the target assigned from above and the unit's own stand side by side.",
  indicator: 'Indicator',
  period: 'Period',
  wholeYear: (year) => `All of ${year}`,
  by: { assigned: 'Assigned', own: "The unit's own" },
  version: (n) => `Version ${n}`,
  earlier: (n) => `${n} earlier`,
  adjustThis: 'Adjust',
  adjust: 'Adjust the target',
  set: 'Set a target',
  whose: 'Set by',
  value: 'Value',
  paper: 'Paper',
  paperHint: '12/KH-LĐLĐ',
  setOn: 'Day of the paper',
  from: 'From',
  to: 'To',
  needsValue: 'Enter the value.',
  needsPaper: 'Enter the paper that sets it.',
  needsDays: 'Enter the days.',
  isSet: (value, version) => `The target is ${value} (version ${version}).`,
}
