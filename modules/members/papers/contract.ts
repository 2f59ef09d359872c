/** A member's papers: joining form and card; and the checking of a card, open to everybody. */
import { z } from 'zod'
import { endpoint } from '#kernel/endpoint.ts'
import { Day, Id, Text } from '#kernel/shapes.ts'

export const cardKey = endpoint('GET', '/card-key', {
  summary: 'The public key (Ed25519, base64url) that member cards are signed with; checks them without a network',
  returns: z.object({ publicKey: z.string() }),
  open: true,
})

export const checkCardHere = endpoint('POST', '/card-checks', {
  summary: 'Check the text of a member card for somebody whose browser cannot; keeps nothing',
  body: z.object({ text: z.string().max(2000) }),
  returns: z.object({
    verdict: z.enum(['genuine', 'forged', 'unreadable']),
    /** What the card says; null unless it is genuine. */
    card: z
      .object({
        personId: z.string(),
        cardNumber: z.string(),
        fullName: z.string(),
        birthYear: z.number().int().nullable(),
        unionName: z.string(),
        issuedOn: z.string(),
      })
      .nullable(),
  }),
  open: true,
})

export const issueCard = endpoint('POST', '/members/:personId/cards', {
  summary: 'Give a member a card number from a day on, as a statement of their record that can be taken back',
  params: z.object({ personId: Id }),
  body: z.object({ cardNumber: Text(40).nullish(), on: Day }),
  returns: z.object({ cardNumber: z.string() }),
  refuses: ['not-allowed', 'not-found', 'not-a-member', 'day-in-future', 'card-number-taken'],
})

export const memberCard = endpoint('GET', '/members/:personId/card.pdf', {
  summary: 'The member card, with a QR code that is checked offline against the federation’s public key',
  params: z.object({ personId: Id }),
  file: 'application/pdf',
  refuses: ['not-found', 'no-card'],
})

export const unionCards = endpoint('GET', '/units/:unitId/cards.pdf', {
  summary: 'The cards of a union’s members on A4 sheets, ten a page, five hundred at most from a place in the list',
  params: z.object({ unitId: Id }),
  query: z.object({ from: z.coerce.number().int().min(0).max(1_000_000).default(0) }),
  file: 'application/pdf',
  refuses: ['not-found', 'not-a-grassroots-union', 'no-card'],
})

/** With a reason the whole identity number is printed, and who asked and why is kept; without, dots stand there. */
const formQuery = z.object({ reason: z.string().max(300).optional() })

export const joiningFormWord = endpoint('GET', '/members/:personId/joining-form.docx', {
  summary: 'The joining form (form 5a of guidance 38 of 2024) filled from the record, as Word',
  params: z.object({ personId: Id }),
  query: formQuery,
  file: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  refuses: ['not-allowed', 'not-found'],
})

export const joiningFormPdfFile = endpoint('GET', '/members/:personId/joining-form.pdf', {
  summary: 'The joining form (form 5a of guidance 38 of 2024) filled from the record, as PDF',
  params: z.object({ personId: Id }),
  query: formQuery,
  file: 'application/pdf',
  refuses: ['not-allowed', 'not-found'],
})
