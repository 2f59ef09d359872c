/** The Vietnamese catalogue: every phrase a person reads. English is its typed twin, so a missing phrase does not compile. */
import { commands } from './vi/commands.ts'
import { indicators } from './vi/indicators.ts'
import { papers } from './vi/papers.ts'
import { problems } from './vi/problems.ts'
import { screens } from './vi/screens.ts'
import { work } from './vi/work.ts'

export const vi = { problems, work, indicators, screens, papers, commands }
