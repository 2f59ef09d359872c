/** The contracts as promises: each refusal is thrown by some test, each endpoint is asked, and what is promised once is unique. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { vi } from '#kernel/vi.ts'
import { routes } from '#server/routes.ts'

const own = 'tests/contracts.test.ts'
const files = globSync('{kernel,platform,modules,server,tests,cli}/**/*.test.ts').filter((file) => file !== own)
const tested = files.map((file) => readFileSync(file, 'utf8')).join('\n')
const isTested = (name: string) =>
  [`'${name}'`, `/problems/${name}'`, `|${name}`, `${name}|`].some((form) => tested.includes(form))

test('each refusal that a contract lists is thrown by some test', () => {
  const promised = [...new Set(routes.flatMap(({ endpoint }) => endpoint.refuses ?? []))].sort()
  expect(promised.length).toBeGreaterThan(40)
  expect(promised.filter((name) => !isTested(name))).toEqual([])
})

test('every problem that the catalogue can say is said by somebody', () => {
  const sources = globSync('{kernel,platform,modules,server,cli}/**/*.{ts,tsx}').filter(
    (file) => !/\.test\.ts$|^kernel\/(vi|en)\//.test(file),
  )
  const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n')
  expect(Object.keys(vi.problems).filter((name) => !text.includes(`'${name}'`))).toEqual([])
})

test('an address and a method are promised once, and every endpoint says what it is for', () => {
  const addresses = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path.replace(/:\w+/g, ':')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
  expect(routes.filter(({ endpoint }) => endpoint.summary.length < 8)).toEqual([])
  expect(routes.filter(({ endpoint }) => !endpoint.returns && !endpoint.file)).toEqual([])
})
