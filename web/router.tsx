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
  createRoute({
    getParentRoute: () => root,
    path: '/card-check',
    component: lazyRouteComponent(() => import('#modules/members/screens/CheckCardPage.tsx'), 'CheckCardPage'),
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
    page('/members/completeness', () => import('#modules/members/screens/CompletenessPage.tsx'), 'CompletenessPage'),
    page('/members/imports', () => import('#modules/members/screens/imports/ImportsPage.tsx'), 'ImportsPage'),
    page('/members/imports/$importId', () => import('#modules/members/screens/imports/ImportPage.tsx'), 'ImportPage'),
    page('/members/labour', () => import('#modules/members/screens/labour/LabourPage.tsx'), 'LabourPage'),
    page(
      '/members/labour/$importId',
      () => import('#modules/members/screens/labour/LabourListPage.tsx'),
      'LabourListPage',
    ),
    page('/members/on-the-road', () => import('#modules/members/screens/OnTheRoadPage.tsx'), 'OnTheRoadPage'),
    page('/members/twins', () => import('#modules/members/screens/twins/TwinsPage.tsx'), 'TwinsPage'),
    page(
      '/members/twins/$personId/$otherId',
      () => import('#modules/members/screens/twins/TwinPairPage.tsx'),
      'TwinPairPage',
    ),
    page('/members/$personId/record', () => import('#modules/members/screens/RecordForm.tsx'), 'RecordForm'),
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
