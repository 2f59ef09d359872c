/** Every room's answers, in the rooms' order. */
import { accessRoutes } from '#modules/access/routes.ts'
import { employerRoutes } from '#modules/employers/routes.ts'
import { foundingRoutes } from '#modules/founding/routes.ts'
import { memberRoutes } from '#modules/members/routes.ts'
import { progressRoutes } from '#modules/progress/routes.ts'
import { targetRoutes } from '#modules/targets/routes.ts'
import { unitRoutes } from '#modules/units/routes.ts'
import type { Route } from '#platform/serve.ts'

export const routes: readonly Route[] = [
  ...accessRoutes,
  ...unitRoutes,
  ...employerRoutes,
  ...memberRoutes,
  ...foundingRoutes,
  ...targetRoutes,
  ...progressRoutes,
]
