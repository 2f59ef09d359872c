/** Access answers. */
import { serve, serveOpen } from '#platform/serve.ts'
import { signIn, signOut } from './actions.ts'
import * as promise from './contract.ts'
import { listDemoAccounts, listOfficers, meOf } from './queries.ts'

export const accessRoutes = [
  serveOpen(promise.signIn, (door, { body }) => signIn(door, body)),
  serveOpen(promise.signOut, (door) => signOut(door)),
  serveOpen(promise.listDemoAccounts, (door) => listDemoAccounts(door.house)),
  serve(promise.showSession, async (ctx) => meOf(ctx.actor, ctx.today)),
  serve(promise.listOfficers, (ctx, { params }) => listOfficers(ctx, params.unitId)),
]
