/** Month end in a real browser: a staff list is dropped in and compared, its groups are accepted, one unclear row is settled, all of it
 *  is taken back, and who was invited is admitted. On a desk and on a phone, in both languages; axe finds nothing serious. */
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phrases, type Language } from '#kernel/phrases.ts'
import { foundUnion } from '#modules/founding/contract.ts'
import { listMembers } from '#modules/members/contract.ts'
import { askForTransfer, receiveMembers } from '#modules/members/moves/contract.ts'
import { openApp } from '#server/app.ts'
import { done, foundingEntry, openSample, password, people, taxCode, type World } from '../world.ts'
import { openBrowser } from './browser.ts'

let world: World
let app: FastifyInstance
let browser: Browser
let address: string
let folder: string
const unions: string[] = []
let sister: string
const journeys = 4

beforeAll(async () => {
  world = await openSample()
  const found = async (number: number, name: string, count: number) => {
    const employer = { taxCode: taxCode(number), name: `Công ty ${name}`, workers: 90 }
    const entry = foundingEntry(world, { name: `CĐCS ${name}`, employer, people: people(number * 100, count) })
    return (await done(world.lan(foundUnion, { body: entry }))).unitId
  }
  for (let at = 0; at < journeys; at++) unions.push(await found(at + 1, `Cuối Tháng ${at + 1}`, 9))
  sister = await found(9, 'Chị Em', 5)
  folder = await mkdtemp(join(tmpdir(), 'ket-doan-labour-'))
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
  if (folder) await rm(folder, { recursive: true, force: true })
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

/** Nothing stands outside the window's width, and axe finds nothing serious; it is slow, so each width is asked once. */
async function expectNothingSerious(page: Page, asksAxe: boolean) {
  const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(inside).toBeLessThanOrEqual(window!)
  if (!asksAxe) return
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([])
}

const membersOf = async (unitId: string) =>
  (await done(world.lan(listMembers, { query: { unitId } }))).members.map((member) => member.fullName).sort()

describe.each([
  ['vi', 'desk', 0],
  ['vi', 'phone', 1],
  ['en', 'desk', 2],
  ['en', 'phone', 3],
] as const)('in %s on a %s', (language, size, at) => {
  const say = phrases[language].screens
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const dialog = (page: Page) => page.getByRole('dialog')
  /** Names of groups begin alike: hints tell them apart. */
  const group = (page: Page, name: keyof typeof say.labour.verdicts) =>
    page.locator('.labour-groups').getByRole('link').filter({ hasText: say.labour.hints[name] })
  const check = (page: Page) => expectNothingSerious(page, at === 0 || at === 3)

  test('a month is compared, accepted, and taken back but for one whom a colleague moved on', async () => {
    const unitId = unions[at]!
    const staff = people((at + 1) * 100, 9)
    const before = await membersOf(unitId)
    // Five stay (one with a number of hers, one under another birth day), one is a director now, two are gone, one was asked for.
    const [boss, moved] = [staff[5]!, staff[8]!]
    await done(
      world.hoa(askForTransfer, {
        params: { unitId: sister },
        body: { identityNumber: moved.identityNumber, fullName: moved.fullName, on: '2025-03-20' },
      }),
    )
    const line = (one: (typeof staff)[number], job = '', phone = '') =>
      [one.fullName, one.birthDate, one.sex, one.identityNumber, job, phone].join(',')
    const fresh = [1, 2].map((number) => ({
      fullName: `Đinh Thị Tân ${'AB'[number - 1]}`,
      birthDate: '02/02/2000',
      sex: 'Nữ',
      identityNumber: `0013000${String(at * 10 + number).padStart(5, '0')}`,
    }))
    const path = join(folder, `nhan-su-${at}.csv`)
    const list = [
      ...staff.slice(0, 3).map((one) => line(one)),
      line(staff[3]!, '', '0912000333'),
      line({ ...staff[4]!, birthDate: '09/09/1960', identityNumber: '' }),
      line(boss, 'Giám đốc'),
      ...fresh.map((one) => line(one)),
    ]
    writeFileSync(path, ['Họ và tên,Ngày sinh,Giới tính,CCCD,Chức danh,Điện thoại', ...list, ''].join('\n'))

    const { page, troubles } = await signIn(language, size)
    await page.goto(`${address}/members/labour?unit=${unitId}`)
    await page.getByText(say.labour.noHistory).waitFor()
    await check(page)
    await page.locator('input[type=file]:enabled').setInputFiles(path)
    await button(page, say.labour.read).waitFor()
    expect(await page.getByLabel(say.labour.day, { exact: false }).inputValue()).toBe('31/03/2025')
    await check(page)
    await button(page, say.labour.read).click()
    await group(page, 'unclear').waitFor()
    for (const [name, n] of [
      ['unclear', 1],
      ['gone', 2],
      ['moved', 1],
      ['ineligible', 1],
      ['new', 2],
      ['changed', 1],
      ['same', 3],
    ] as const)
      expect(await group(page, name).innerText()).toMatch(new RegExp(`^${n}\\s`))

    // The unclear row first: it is the member of that name.
    await page.getByRole('button', { name: say.labour.settleTitle(staff[4]!.fullName) }).click()
    await check(page)
    await button(page, say.labour.isThis(staff[4]!.fullName)).click()
    await group(page, 'changed').getByText('2', { exact: true }).waitFor()
    await group(page, 'changed').click()
    await page
      .getByRole('cell', { name: /09\/09\/1960/ })
      .first()
      .waitFor()
    await check(page)

    // One of the two gone by itself; then every group at once.
    await group(page, 'gone').click()
    await page.getByRole('button', { name: say.labour.dealWith(staff[6]!.fullName) }).click()
    await dialog(page).getByText(say.labour.will.leave('1', '31/03/2025')).waitFor()
    await check(page)
    await dialog(page).getByRole('button', { name: say.labour.acts.none, exact: true }).click()
    await dialog(page).getByRole('button', { name: say.labour.acts.leave, exact: true }).click()
    await dialog(page).getByRole('button', { name: say.labour.accept, exact: true }).click()
    await page.getByText(say.labour.accepted('1')).waitFor()
    await button(page, say.labour.acceptGroup.leave('1')).waitFor()
    await check(page)
    await button(page, say.labour.acceptAll('7')).click()
    await dialog(page).getByText(say.labour.will.end('1', '31/03/2025')).waitFor()
    await check(page)
    await dialog(page).getByRole('button', { name: say.labour.accept, exact: true }).click()
    await page.getByText(say.labour.nothingOpen).waitFor()
    expect(await membersOf(unitId)).toEqual(
      before.filter((name) => ![boss, moved, staff[6]!, staff[7]!].some((one) => one.fullName === name)),
    )
    await check(page)

    // Last month's file, it turns out. The sister firm has received its worker meanwhile.
    const onRoad = (await done(world.hoa(listMembers, { query: { unitId, status: 'road' } }))).members
    await done(
      world.hoa(receiveMembers, {
        params: { unitId: sister },
        body: { personIds: onRoad.map(({ id }) => id), on: '2025-03-31' },
      }),
    )
    await button(page, say.labour.undo).click()
    await dialog(page).getByLabel(say.frame.reason).fill('Nhầm tệp tháng trước')
    await dialog(page).getByRole('button', { name: say.labour.undo, exact: true }).click()
    await page.getByRole('link', { name: `1 ${say.imports.outcomes.impossible}` }).waitFor()
    await page.getByRole('cell', { name: /Lâm Thị Hòa/ }).waitFor()
    await check(page)
    expect(await membersOf(unitId)).toEqual(before.filter((name) => name !== moved.fullName))

    // This month's file: the two new ones are invited, one of them applies, one declines.
    await page.goto(`${address}/members/labour?unit=${unitId}`)
    await page.getByText(say.labour.states.undone).waitFor()
    await page.locator('input[type=file]:enabled').setInputFiles(path)
    await page.getByText(say.imports.remembered).waitFor()
    await button(page, say.labour.read).click()
    await group(page, 'new').click()
    await button(page, say.labour.acceptGroup.invite('2')).click()
    await dialog(page).getByRole('button', { name: say.labour.accept, exact: true }).click()
    await page.getByText(say.labour.accepted('2')).waitFor()
    await button(page, say.labour.close).click()
    await dialog(page).getByRole('button', { name: say.labour.close, exact: true }).click()
    await page.getByText(say.labour.did.invite('2')).waitFor()
    await check(page)
    await page.goto(`${address}/members/labour?unit=${unitId}`)
    await button(page, say.labour.declineOf(fresh[1]!.fullName)).click()
    await dialog(page).getByLabel(say.frame.reason).fill('Để sau')
    await dialog(page).getByRole('button', { name: say.labour.decline, exact: true }).click()
    await page.getByRole('button', { name: say.labour.declineOf(fresh[1]!.fullName) }).waitFor({ state: 'detached' })
    await page.getByRole('checkbox', { name: say.labour.pick(fresh[0]!.fullName) }).check()
    await check(page)
    await button(page, say.labour.admit('1')).click()
    await page.getByRole('heading', { level: 1, name: say.members.admit }).waitFor()
    await button(page, say.members.check).click()
    await button(page, say.members.admitCount('1')).click()
    await expect.poll(() => membersOf(unitId)).toContain(fresh[0]!.fullName)
    await page.goto(`${address}/members/labour?unit=${unitId}`)
    await button(page, say.labour.invitedTabs.joined).click()
    await page.getByRole('link', { name: fresh[0]!.fullName }).waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  }, 180_000)
})
