/** Every page of the app and its address. Pages load when first visited; the frame stays. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { readSearch, writeSearch } from '#ui/place.ts'
import { Waiting } from '#ui/Loaded.tsx'
import { Broken, Lost } from './Broken.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: Lost, errorComponent: Broken })
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: lazyRouteComponent(() => import('./Frame.tsx'), 'Frame'),
  notFoundComponent: Lost,
  errorComponent: Broken,
})

const page = <M extends Record<string, unknown>>(path: string, load: () => Promise<M>, name: keyof M & string) =>
  createRoute({ getParentRoute: () => frame, path, component: lazyRouteComponent(load as never, name) as never })

const board = page('/progress', () => import('#modules/progress/screens/BoardPage.tsx'), 'BoardPage')
const list = createRoute({
  getParentRoute: () => board,
  path: '/list/$indicator',
  component: lazyRouteComponent(() => import('#modules/progress/screens/ListPanel.tsx'), 'ListPanel'),
})

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('#modules/access/screens/SignIn.tsx'), 'SignIn'),
  }),
  frame.addChildren([
    page('/', () => import('#modules/progress/screens/TodayPage.tsx'), 'TodayPage'),
    board.addChildren([list]),
    page('/targets', () => import('./Targets.tsx'), 'Targets'),
    page('/employers', () => import('#modules/employers/screens/EmployersPage.tsx'), 'EmployersPage'),
    page('/employers/new', () => import('#modules/employers/screens/RegisterEmployer.tsx'), 'RegisterEmployer'),
    page('/employers/$employerId', () => import('#modules/employers/screens/EmployerPage.tsx'), 'EmployerPage'),
    page('/foundings', () => import('#modules/founding/screens/FoundingsPage.tsx'), 'FoundingsPage'),
    page('/foundings/new', () => import('#modules/founding/screens/FoundUnion.tsx'), 'FoundUnion'),
    page('/foundings/$foundingId', () => import('#modules/founding/screens/FoundingPage.tsx'), 'FoundingPage'),
    page('/members', () => import('#modules/members/screens/MembersPage.tsx'), 'MembersPage'),
    page('/members/new', () => import('#modules/members/screens/AdmitMembers.tsx'), 'AdmitMembers'),
    page('/members/$personId', () => import('#modules/members/screens/MemberPage.tsx'), 'MemberPage'),
    page('/units', () => import('#modules/units/screens/UnitsPage.tsx'), 'UnitsPage'),
    page('/units/$unitId', () => import('#modules/units/screens/UnitPage.tsx'), 'UnitPage'),
  ]),
])

export const router = createRouter({
  routeTree,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
})
