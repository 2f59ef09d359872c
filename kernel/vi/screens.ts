/** What the screens say, room by room. Words an officer would use; buttons are verbs. */
import { access } from './screens/access.ts'
import { employers } from './screens/employers.ts'
import { founding } from './screens/founding.ts'
import { frame } from './screens/frame.ts'
import { members } from './screens/members.ts'
import { progress, today } from './screens/progress.ts'
import { targets } from './screens/targets.ts'
import { units } from './screens/units.ts'

export const screens = { frame, access, units, employers, members, founding, targets, today, progress }
