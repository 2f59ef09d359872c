/** The English twin of what the screens say. */
import type { Twin } from '../twin.ts'
import type { screens as vi } from '../vi/screens.ts'
import { access } from './screens/access.ts'
import { cards } from './screens/cards.ts'
import { employers } from './screens/employers.ts'
import { founding } from './screens/founding.ts'
import { frame } from './screens/frame.ts'
import { imports } from './screens/imports.ts'
import { labour } from './screens/labour.ts'
import { members } from './screens/members.ts'
import { moves } from './screens/moves.ts'
import { person } from './screens/person.ts'
import { progress, today } from './screens/progress.ts'
import { record } from './screens/record.ts'
import { register } from './screens/register.ts'
import { targets } from './screens/targets.ts'
import { twins } from './screens/twins.ts'
import { units } from './screens/units.ts'

export const screens: Twin<typeof vi> = {
  frame,
  access,
  units,
  employers,
  members,
  imports,
  labour,
  moves,
  person,
  record,
  cards,
  register,
  twins,
  founding,
  targets,
  today,
  progress,
}
