/** Shapes every room shares: what an id, a day, an instant and a name look like on the wire. */
import { z } from 'zod'
import { isDay } from './day.ts'
import { tidy } from './fold.ts'

/** A row's id: a positive integer, as text, since a national ledger outgrows a JavaScript number's comfort. */
export const Id = z.string().regex(/^[1-9]\d{0,17}$/)
export const Day = z.string().refine(isDay, { error: 'not-a-day' }).meta({ format: 'date' })
/** Of our times: PostgreSQL knows no year 0. */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => text >= '1900')
export const Text = (max: number) => z.string().transform(tidy).pipe(z.string().min(1).max(max))
export const Sex = z.enum(['male', 'female'])
export const Limit = z.coerce.number().int().min(1).max(200).default(50)
/** Where the next page starts; opaque to the caller. */
export const Cursor = z.string().max(200).optional()
/** One value or several in a query string, always read as a list. */
export const List = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item)).default([])

export type Day = string
export type Instant = string
export type Id = string
