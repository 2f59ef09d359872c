/** The main job as an officer does it, in a real browser: sign in, read the board, open 66 down to a member, found a union with
 *  five pasted people, see 67, cancel, see 66. On a desk and on a phone, in Vietnamese and in English; axe finds nothing serious. */
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildDemo } from '#demo/build.ts'
import { readFacts } from '#demo/facts.ts'
import { planDemo } from '#demo/plan.ts'
import { formatCount, phrases, type Language } from '#kernel/phrases.ts'
import { demoPassword } from '#modules/access/queries.ts'
import { openHouse, openOwner, type House } from '#platform/database.ts'
import { openApp } from '#server/app.ts'
import { openDatabase, people, secret } from '../world.ts'
import { openBrowser } from './browser.ts'

const today = '2026-11-20'
let browser: Browser
let app: FastifyInstance
let house: House
let drop: () => Promise<void>
let address: string
let tayHo: number

beforeAll(async () => {
  const database = await openDatabase()
  drop = database.drop
  const owner = openOwner(database.url)
  const facts = readFacts(JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/hanoi.json'), 'utf8')))
  // The busiest unit's story is the one walked; the others would only take time.
  const few = { units: facts.units, facts: facts.facts.filter((fact) => fact.unit === 'tay-ho') }
  await buildDemo(owner, secret, planDemo(few, 1, today), 1, today)
  tayHo = (await owner.selectFrom('units.unit').select('id').where('code', '=', 'tay-ho').executeTakeFirstOrThrow()).id
  await owner.destroy()
  house = openHouse(database.url, secret, { today: () => today })
  app = await openApp(house, { webFolder: join(import.meta.dirname, '../../dist/web'), requestsPerMinute: 100_000 })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await house?.close()
  await drop?.()
})

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const year = 'from=2024-01-01&asOf=2024-12-31'

/** A page signed in as the leader of Tây Hồ, and everything that went wrong in its console. */
async function signIn(language: Language, size: keyof typeof sizes): Promise<{ page: Page; troubles: string[] }> {
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: language === 'vi' ? 'vi-VN' : 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.setDefaultTimeout(20_000)
  const say = phrases[language].screens
  await page.goto(address)
  const other = page.getByText(language === 'vi' ? say.frame.vietnamese : say.frame.english, { exact: true })
  await other.first().click()
  const accounts = (await (await fetch(`${address}/api/demo-accounts`)).json()) as {
    accounts: { username: string; role: string }[]
  }
  const leader = accounts.accounts.find((account) => account.role === 'unit_leader')!
  await page.getByLabel(say.access.username).fill(leader.username)
  await page.locator('input[type=password]').fill(demoPassword)
  await expectNothingSerious(page)
  await page.getByRole('button', { name: say.access.signIn, exact: true }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, troubles }
}

async function expectNothingSerious(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([])
}

/** What the figure's cell of the whole unit says. */
async function founded(page: Page): Promise<string> {
  await page.goto(`${address}/progress?unit=${tayHo}&${year}`)
  const cell = page.locator('a.figure[data-at="0-0"]')
  await cell.waitFor()
  return (await cell.locator('.figure-line').first().innerText()).trim()
}

describe.each([
  ['vi', 'desk'],
  ['vi', 'phone'],
  ['en', 'desk'],
  ['en', 'phone'],
] as const)('in %s on a %s', (language, size) => {
  test('from 66 to a member, a founding to 67, and back to 66', async () => {
    const { page, troubles } = await signIn(language, size)
    const say = phrases[language].screens
    await expectNothingSerious(page)

    expect(await founded(page)).toBe('66/20')
    await expectNothingSerious(page)
    await page.locator('a.figure[data-at="0-0"]').click()
    await page
      .getByRole('heading', { level: 2, name: phrases[language].indicators.known.grassroots_founded.name })
      .waitFor()
    await expectNothingSerious(page)
    // From the list to a founding's papers, from there to its members, and to one of them.
    await page.locator('.panel a[href*="/foundings/"]').first().click()
    await page.getByRole('button', { name: say.founding.cancel }).waitFor()
    await expectNothingSerious(page)
    await page.locator('main a[href*="/members?"]').first().click()
    await page.locator('main').locator('tbody a[href*="/members/"], ul a[href*="/members/"]').first().click()
    await page.getByText('•••••••••', { exact: false }).first().waitFor()
    await expectNothingSerious(page)

    await foundWithFive(page, language, size)
    await page
      .locator('[role=status]')
      .filter({ hasText: say.founding.founded('', '').split(' ')[0]! })
      .first()
      .waitFor()
    await expectNothingSerious(page)
    expect(await founded(page)).toBe('67/20')

    await page.goto(`${address}/foundings?unit=${tayHo}`)
    await page
      .locator('main a[href*="/foundings/"]')
      .filter({ hasText: /Thử nghiệm|Thu nghiem/i })
      .first()
      .click()
    await page.getByRole('button', { name: say.founding.cancel }).click()
    await page.getByRole('dialog').getByLabel(say.frame.reason).fill('Nhập nhầm')
    await page.getByRole('dialog').getByRole('button', { name: say.founding.cancel }).click()
    await page.getByText(say.founding.isCancelled).first().waitFor()
    expect(await founded(page)).toBe('66/20')
    expect(troubles).toEqual([])
    await page.context().close()
  }, 240_000)
})

let founding = 0

async function foundWithFive(page: Page, language: Language, size: string) {
  const say = phrases[language].screens
  founding += 1
  await page.goto(`${address}/foundings/new?unit=${tayHo}`)
  await page.getByLabel(say.founding.name, { exact: false }).fill(`CĐCS Thử nghiệm ${language} ${size}`)
  await page.getByRole('button', { name: say.frame.next }).click()
  await page
    .getByLabel(say.employers.taxCode, { exact: false })
    .last()
    .fill(['0100047516', '0100233488', '0100109106', '0100686209'][founding - 1]!)
  await page.getByLabel(say.employers.name, { exact: false }).last().fill('Công ty TNHH Thử nghiệm')
  await page.getByRole('button', { name: say.frame.next }).click()
  await page.getByLabel(say.units.decisionNumber, { exact: false }).fill(`T${founding}/QĐ-LĐLĐ`)
  await page.getByLabel(say.units.signedOnLabel, { exact: false }).fill('18/12/2024')
  await page.getByLabel(say.units.effectiveOnLabel, { exact: false }).fill('20/12/2024')
  await page.getByRole('button', { name: say.frame.next }).click()
  const rows = people(9_000_000 + founding * 10, 5).map((one) =>
    [one.fullName, one.birthDate, one.sex, one.identityNumber].join('\t'),
  )
  await page
    .getByLabel(say.members.paste, { exact: false })
    .fill(['Họ và tên\tNgày sinh\tGiới tính\tSố CCCD', ...rows].join('\n'))
  await page.getByRole('button', { name: say.members.readList }).click()
  await page
    .getByText(say.members.peopleInList(formatCount(language, 5)))
    .first()
    .waitFor()
  await expectNothingSerious(page)
  await page.getByRole('button', { name: say.founding.checkAndNext }).click()
  await page.getByText(say.founding.willChange).waitFor()
  await expectNothingSerious(page)
  await page.getByRole('button', { name: say.founding.commit }).click()
}
