/** The house tests itself: the import lines keep the map of the style guide true, each outside package enters by its one
 *  door, every file says what it is for, and Vietnamese stands only where words live. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { rooms } from '#modules/order.ts'

const folders = 'bench,cli,database,demo,kernel,modules,platform,scripts,server,tests,ui,web'
const sources = globSync(`{${folders}}/**/*.{ts,tsx,mjs}`).concat(globSync('*.{ts,mjs}'))
const textOf = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]))

type Line = { from: string; to: string; isOurs: boolean }

/** Every import, export-from and import() of the house; ours as a path from the root. */
const lines: Line[] = [...textOf].flatMap(([from, text]) =>
  [...text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g)].map(([, , to]) =>
    to!.startsWith('.')
      ? { from, to: join(dirname(from), to!), isOurs: true }
      : { from, to: to!.replace(/^#/, ''), isOurs: to!.startsWith('#') },
  ),
)

/** Pure files of a room, which run in the browser too. */
const promises = [
  'contract.ts',
  'rules.ts',
  'sentence.ts',
  'identity.ts',
  'fields.ts',
  'header.ts',
  'headings.ts',
  'columns.ts',
  'rows.ts',
  'cardtext.ts',
]

/** Where a file stands in the house. Tests stand outside: they may see everything. */
function placeOf(file: string): string {
  const [top, , third] = file.split('/') as [string, string, string]
  const last = file.split('/').at(-1)!
  if (/\.test\.tsx?$/.test(file) || top === 'tests' || top === 'bench' || top === 'scripts') return 'outside'
  if (top !== 'modules') return top.includes('.') ? 'outside' : top
  if (!third) return 'order'
  if (file.includes('/screens/')) return 'screens'
  if (promises.includes(last)) return 'promise'
  return last === 'routes.ts' ? 'routes' : 'inside'
}

/** Who may use whom. `promise`: contracts and rules, pure. `inside`: a room's queries, actions and the files that stand for them. */
const mayUse: Record<string, readonly string[]> = {
  kernel: ['kernel'],
  database: [],
  platform: ['kernel', 'database', 'platform'],
  ui: ['kernel', 'ui'],
  promise: ['kernel', 'promise'],
  inside: ['kernel', 'platform', 'promise', 'inside', 'order'],
  routes: ['kernel', 'platform', 'promise', 'inside', 'routes'],
  screens: ['kernel', 'ui', 'promise', 'screens'],
  order: [],
  web: ['kernel', 'ui', 'promise', 'screens', 'order', 'web'],
  server: ['kernel', 'platform', 'promise', 'inside', 'routes', 'order', 'server'],
  cli: ['kernel', 'platform', 'promise', 'inside', 'order', 'server', 'demo', 'cli', 'outside'],
  demo: ['kernel', 'platform', 'database', 'promise', 'inside', 'order', 'demo'],
}

test('everything used is there, and is used by whoever may', () => {
  expect(lines.length).toBeGreaterThan(500)
  expect(lines.filter(({ to, isOurs }) => isOurs && !existsSync(to))).toEqual([])
  const wrong = lines
    .filter((line) => line.isOurs && placeOf(line.from) !== 'outside')
    .filter(({ from, to }) => !mayUse[placeOf(from)]?.includes(placeOf(to)))
  expect(wrong.map(({ from, to }) => `${from} may not use ${to}`)).toEqual([])
})

const roomOf = (file: string) =>
  file.startsWith('modules/') ? rooms.findIndex((room) => room === file.split('/')[1]) : -1

test('the order names every room, and a room uses only rooms before it', () => {
  const built = new Set(sources.flatMap((file) => /^modules\/([^/]+)\//.exec(file)?.[1] ?? []))
  expect([...built].sort()).toEqual([...rooms].sort())
  const wrong = lines
    .filter(({ from }) => roomOf(from) >= 0 && placeOf(from) !== 'outside')
    .filter(({ from, to }) => roomOf(to) > roomOf(from) || (placeOf(to) === 'routes' && roomOf(to) !== roomOf(from)))
    .map(({ from, to }) => `${from} may not use ${to}`)
  expect(wrong).toEqual([])
})

/** Outside packages and who may import them; a path that ends in / is a folder. */
const doors: Record<string, readonly string[]> = {
  pg: ['platform/database.ts', 'platform/migrate.ts'],
  'pg-copy-streams': [],
  hucre: ['platform/excel.ts', 'platform/excel-reader.ts'],
  docx: ['platform/word.ts', 'platform/form.ts'],
  '@myriaddreamin/typst-ts-node-compiler': ['platform/pdf-writer.ts'],
  uqr: ['platform/qr.ts'],
  papaparse: ['modules/members/lists.ts', 'platform/table-csv.ts'],
  fastify: ['server/app.ts'],
  '@fastify/cookie': ['server/app.ts'],
  '@fastify/helmet': ['server/app.ts'],
  '@fastify/multipart': ['server/app.ts'],
  '@fastify/rate-limit': ['server/app.ts'],
  '@fastify/static': ['server/app.ts'],
  '@node-rs/argon2': ['platform/secret.ts'],
  vite: ['web/vite.config.ts'],
  '@vitejs/plugin-react': ['web/vite.config.ts'],
  kysely: ['modules/', 'platform/', 'server/', 'cli/', 'demo/', 'database/'],
  zod: ['kernel/', 'modules/', 'server/', 'demo/', 'platform/', 'cli/'],
  react: ['ui/', 'web/', 'modules/'],
  'react-dom': ['web/'],
  '@mantine/core': ['ui/', 'web/', 'modules/'],
  '@mantine/hooks': ['ui/', 'web/', 'modules/'],
  '@tanstack/react-query': ['ui/', 'web/', 'modules/'],
  '@tanstack/react-router': ['ui/', 'web/', 'modules/'],
  '@fontsource-variable/inter': ['web/'],
}

const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

test('an outside package enters by its one door', () => {
  const wrong = lines
    .filter(({ from, to, isOurs }) => !isOurs && !to.startsWith('node:') && placeOf(from) !== 'outside')
    .filter(({ from, to }) => {
      const allowed = doors[packageOf(to)] ?? []
      return !allowed.some((place) => (place.endsWith('/') ? from.startsWith(place) : from === place))
    })
  expect(wrong.map(({ from, to }) => `${from} may not import ${to}`)).toEqual([])
})

test('contracts, rules and screens run in a browser: no SQL, no server, no Node', () => {
  const browser = new Set(['kernel', 'ui', 'promise', 'screens', 'web'])
  const wrong = lines
    .filter(({ from }) => browser.has(placeOf(from)) && !from.endsWith('vite.config.ts'))
    .filter(({ to, isOurs }) => !isOurs && (to.startsWith('node:') || ['kysely', 'pg'].includes(packageOf(to))))
  expect(wrong.map(({ from, to }) => `${from} may not import ${to}`)).toEqual([])
})

/** Files whose first line is written by a tool. */
const generated = new Set(['database/types.ts', 'web/vite-env.d.ts'])

test('every file opens with what it is for, and exports by name', () => {
  const ours = [...textOf].filter(([file]) => !generated.has(file))
  expect(ours.filter(([, text]) => !/^(#!.*\n)?(\/\*\* |\/\/ )\S/.test(text)).map(([file]) => file)).toEqual([])
  const isConfig = (file: string) => file.endsWith('config.ts')
  expect(ours.filter(([file, text]) => !isConfig(file) && /^export default/m.test(text)).map(([file]) => file)).toEqual(
    [],
  )
  const anyType = /(?::|as|<|,)\s*any\b(?!\()/
  expect(
    ours
      .filter(([, text]) => anyType.test(withoutComments(text).replace(/'[^'\n]*'|`[^`]*`/g, '')))
      .map(([file]) => file),
  ).toEqual([])
})

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

/** Where Vietnamese may stand outside the catalogue, and why. */
const spoken: Record<string, string> = {
  'kernel/en/': 'names and numbers of papers, which are not translated',
  'kernel/fold.ts': 'the letter that has no decomposition',
  'modules/progress/report.ts': 'the abbreviations and kinds of places that a paper is signed with',
  'modules/progress/contract.ts': 'the number of the decision that fixes the layout',
  'platform/folder.ts': 'said at the terminal before any catalogue is chosen, in both languages',
  'platform/migrate.ts': 'said at the terminal before any catalogue is chosen, in both languages',
  'scripts/': 'said at the terminal before anything is installed, in both languages',
}
const speaks = (file: string) =>
  /[ăâđêôơưĂÂĐÊÔƠƯ\u00c0-\u00d5\u00d9-\u00dd\u00e0-\u00f5\u00f9-\u00fd\u1ea0-\u1ef9]/.test(
    withoutComments(textOf.get(file)!).normalize('NFC').replaceAll('Kết Đoàn', ''),
  )

test('Vietnamese stands in the catalogue, the demo, the tests, and a few named places', () => {
  const free = (file: string) =>
    /^(kernel\/vi|demo\/|tests\/|bench\/)/.test(file) || /\.test\.tsx?$/.test(file) || /\/letters\//.test(file)
  const listed = (file: string) => Object.keys(spoken).some((place) => file.startsWith(place))
  expect(sources.filter((file) => !free(file) && !listed(file) && speaks(file))).toEqual([])
  const silent = Object.keys(spoken).filter((place) => !sources.some((file) => file.startsWith(place) && speaks(file)))
  expect(silent, 'a place that no longer speaks leaves the list').toEqual([])
})
