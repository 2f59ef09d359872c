/** A member's papers answer; checking a card needs no account. */
import { serve, serveOpen } from '#platform/serve.ts'
import { verifyCard } from './card.ts'
import * as promise from './contract.ts'
import { cardOf, cardsOf, issueCard, joiningForm } from './queries.ts'

export const paperRoutes = [
  serveOpen(promise.cardKey, async ({ house }) => ({ publicKey: house.secret.publicKey })),
  serveOpen(promise.checkCardHere, async ({ house }, { body }) => verifyCard(body.text, house.secret.publicKey)),
  serve(promise.issueCard, (ctx, { params, body }) => issueCard(ctx, params.personId, body)),
  serve(promise.memberCard, (ctx, { params }) => cardOf(ctx, params.personId)),
  serve(promise.unionCards, (ctx, { params, query }) => cardsOf(ctx, params.unitId, query.from)),
  serve(promise.joiningFormWord, (ctx, { params, query }) => joiningForm(ctx, params.personId, 'docx', query.reason)),
  serve(promise.joiningFormPdfFile, (ctx, { params, query }) => joiningForm(ctx, params.personId, 'pdf', query.reason)),
]
