/** A person's page and the worklists of moves, in a real browser: transfer somebody, see them on the road, receive them, take it
 *  back; say a field of their record, see it, take it back. On a phone in Vietnamese, on a desk in English; axe finds nothing serious. */
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatDay, phrases, type Language } from '#kernel/phrases.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers, showMember } from '#modules/members/contract.ts'
import { moreFields } from '#modules/members/screens/formfields.ts'
import { openApp } from '#server/app.ts'
import { done, foundingEntry, openSample, password, people, taxCode, today, type World } from '../world.ts'
import { openBrowser } from './browser.ts'

let world: World
let app: FastifyInstance
let browser: Browser
let address: string
let members: { id: string; fullName: string }[]
const unions = ['CĐCS May Sông Hồng', 'CĐCS Dệt Tây Hồ'] as const

beforeAll(async () => {
  world = await openSample()
  const found = async (name: string, number: number) =>
    await done(
      world.lan(foundUnion, {
        body: foundingEntry(world, {
          name,
          employer: { taxCode: taxCode(number), name: `Công ty ${number}`, workers: 90 },
          people: people(number * 100, 8),
        }),
      }),
    )
  const { unitId } = await found(unions[0], 1)
  await found(unions[1], 2)
  members = (await done(world.lan(listMembers, { query: { unitId } }))).members
  app = await openApp(world.house, {
    webFolder: join(import.meta.dirname, '../../dist/web'),
    requestsPerMinute: 100_000,
  })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await world?.close()
})

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** A page signed in as officer Lan, and everything that went wrong in its console. */
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
  await page
    .getByText(language === 'vi' ? say.frame.vietnamese : say.frame.english, { exact: true })
    .first()
    .click()
  await page.getByLabel(say.access.username).fill('lan')
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: say.access.signIn, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: say.today.title }).waitFor()
  return { page, troubles }
}

/** Axe finds nothing serious, and nothing stands outside the window's width. */
async function expectNothingSerious(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([])
  const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(inside).toBeLessThanOrEqual(window!)
}

const stateOf = async (personId: string) => {
  const { state, unit } = await done(world.lan(showMember, { params: { personId } }))
  return state.where === 'union' ? unit?.name : state.where
}

describe.each([
  ['vi', 'phone', 0],
  ['en', 'desk', 1],
] as const)('in %s on a %s', (language, size, at) => {
  const say = phrases[language].screens
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const dialog = (page: Page) => page.getByRole('dialog')
  let page: Page
  let troubles: string[]
  beforeAll(async () => ({ page, troubles } = await signIn(language, size)))
  afterAll(async () => {
    expect(troubles).toEqual([])
    await page.context().close()
  })

  test('a member is sent, stands on the road, is received, and both are taken back', async () => {
    const member = members[at]!
    await page.goto(`${address}/members/${member.id}`)
    await page.getByRole('heading', { level: 1, name: member.fullName }).waitFor()
    await expectNothingSerious(page)

    await button(page, say.moves.acts.send).click()
    await dialog(page).getByRole('button', { name: say.moves.toUnionField }).click()
    await page.getByPlaceholder(say.units.searchHint).last().fill('det tay ho')
    await page
      .getByRole('option', { name: new RegExp(unions[1]) })
      .first()
      .click()
    await dialog(page)
      .getByText(say.moves.willLeave(unions[0], formatDay(today)))
      .waitFor()
    await expectNothingSerious(page)
    await dialog(page).getByRole('button', { name: say.moves.acts.send, exact: true }).click()
    await page.getByText(say.moves.state.onTheRoad).waitFor()
    expect(await stateOf(member.id)).toBe('road')
    await expectNothingSerious(page)

    await page.goto(`${address}/`)
    await page.getByRole('link', { name: say.moves.openList }).click()
    await page.getByRole('checkbox', { name: say.moves.select(member.fullName) }).check()
    await expectNothingSerious(page)
    await button(page, say.moves.receiveSelected('1')).click()
    await dialog(page).getByRole('button', { name: say.moves.acts.receive, exact: true }).click()
    await page.getByText(say.moves.noneArriving, { exact: true }).waitFor()
    expect(await stateOf(member.id)).toBe(unions[1])

    // The notice takes the reception back; the sending is taken back on the person's page, with a reason.
    await button(page, say.frame.undo).click()
    await page.getByRole('link', { name: member.fullName }).click()
    await page.getByText(say.moves.state.onTheRoad).waitFor()
    await button(page, say.members.takeBack).last().click()
    await dialog(page).getByLabel(say.frame.reason).fill('Nhập nhầm')
    await button(page, say.members.takeBack).last().click()
    await page.getByText(say.members.takenBack).waitFor()
    expect(await stateOf(member.id)).toBe(unions[0])
  }, 120_000)

  test('a field is said, seen, cleared from nothing by an empty box, and taken back', async () => {
    const member = members[at + 2]!
    await page.goto(`${address}/members/${member.id}`)
    await button(page, say.person.edit).click()
    await page.getByRole('heading', { level: 1, name: say.person.editTitle(member.fullName) }).waitFor()
    await page.getByRole('textbox', { name: say.record.fields.phone }).fill('12')
    await button(page, say.person.save).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('textbox', { name: say.record.fields.phone }).getAttribute('aria-invalid')).toBe('true')
    await expectNothingSerious(page)
    await page.getByRole('textbox', { name: say.record.fields.phone }).fill('+84 912 345 678')
    await page.reload()
    expect(await page.getByRole('textbox', { name: say.record.fields.phone }).inputValue()).toBe('+84 912 345 678')
    await page.getByText(say.person.moreFields(String(moreFields.length))).click()
    await page.getByLabel(say.record.fields.religion).fill('Phật giáo')
    await expectNothingSerious(page)
    await button(page, say.person.save).click()

    await page.getByRole('heading', { level: 1, name: member.fullName, exact: true }).waitFor()
    await page.getByText('0912345678').first().waitFor()
    expect(await page.getByText('Phật giáo').count()).toBe(0)
    await button(page, say.person.showSensitive).click()
    await dialog(page).getByLabel(say.frame.reason).fill('Xét trợ cấp')
    await dialog(page).getByRole('button', { name: say.person.showSensitive }).click()
    await page.getByText('Phật giáo').waitFor()
    await page.getByText('Xét trợ cấp').waitFor()
    await expectNothingSerious(page)

    await button(page, say.person.edit).click()
    await page.getByRole('textbox', { name: say.record.fields.phone }).fill('')
    await page.getByText(say.person.nothingToSay).waitFor()
    await page.getByRole('link', { name: member.fullName }).click()
    await button(page, say.person.takeBack).click()
    await dialog(page).getByLabel(say.frame.reason).fill('Ghi nhầm người')
    await dialog(page).getByRole('button', { name: say.person.takeBack, exact: true }).click()
    await page.getByText(say.person.nothingYet).waitFor()
  }, 120_000)
})
