/** The English catalogue, twin of the Vietnamese one. */
import { commands } from './en/commands.ts'
import { indicators } from './en/indicators.ts'
import { papers } from './en/papers.ts'
import { problems } from './en/problems.ts'
import { screens } from './en/screens.ts'
import { work } from './en/work.ts'
import type { Phrases } from './phrases.ts'

export const en: Phrases = { problems, work, indicators, screens, papers, commands }
