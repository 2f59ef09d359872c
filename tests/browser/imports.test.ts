/** A list is imported in a real browser: its old letters are seen converted, its rows counted and mended in place, written, known again,
 *  and taken back. On a desk and on a phone, in both languages; axe finds nothing serious, and a reload loses nothing. */
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
import { editRecord } from '#modules/members/record/contract.ts'
import { openApp } from '#server/app.ts'
import { cast } from '../files.ts'
import { done, foundingEntry, openSample, password, people, taxCode, type World } from '../world.ts'
import { openBrowser } from './browser.ts'

let world: World
let app: FastifyInstance
let browser: Browser
let address: string
let folder: string
const unions: string[] = []
const founders = 5
const files = join(import.meta.dirname, '../files')

beforeAll(async () => {
  world = await openSample()
  for (const number of [1, 2, 3, 4, 5]) {
    const employer = { taxCode: taxCode(number), name: `Công ty ${number}`, workers: 90 }
    const entry = foundingEntry(world, {
      name: `CĐCS Nhập tệp ${number}`,
      employer,
      people: people(number * 100, founders),
    })
    unions.push((await done(world.lan(foundUnion, { body: entry }))).unitId)
  }
  folder = await mkdtemp(join(tmpdir(), 'ket-doan-imports-'))
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
  page.setDefaultTimeout(15_000)
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

const membersOf = async (unitId: string) => (await done(world.lan(listMembers, { query: { unitId } }))).members

/** Nobody is in two unions: each journey's cast has numbers, and names in the lists made here, of its own. */
const numberOf = (at: number, person: number) => `00109000${String(at * 100 + person).padStart(4, '0')}`

describe.each([
  ['vi', 'desk', 0],
  ['vi', 'phone', 1],
  ['en', 'desk', 2],
  ['en', 'phone', 3],
] as const)('in %s on a %s', (language, size, at) => {
  const say = phrases[language].screens
  const check = (page: Page) => expectNothingSerious(page, at === 0 || at === 3)
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const dialog = (page: Page) => page.getByRole('dialog')
  const verdict = (page: Page, name: keyof typeof say.imports.verdicts) =>
    page.getByRole('link', { name: new RegExp(`^\\d+\\s+${say.imports.verdicts[name]}`) })

  async function upload(page: Page, file: string) {
    await page.goto(`${address}/members/imports?unit=${unions[at]}`)
    await page.locator('input[type=file]:enabled').setInputFiles(file)
  }
  async function read(page: Page) {
    await button(page, say.imports.read).click()
    await page.getByRole('heading', { level: 2, name: /\d/ }).first().waitFor()
  }

  test('what cannot be a list is refused beside the place it was dropped, and a list in an old font is converted', async () => {
    const { page, troubles } = await signIn(language, size)
    await upload(page, join(files, 'password.xlsx'))
    await page.getByRole('alert').filter({ hasText: phrases[language].problems['file-password-protected'] }).waitFor()
    await page.getByText(say.imports.noHistory).waitFor()
    await check(page)

    await page.locator('input[type=file]:enabled').setInputFiles(join(files, 'tcvn3.xlsx'))
    await page.getByText(say.imports.legacy.tcvn3).waitFor()
    await page.getByText('NguyÔn V¨n An').first().waitFor()
    await page.getByText('Nguyễn Văn An').first().waitFor()
    await page.getByText(say.imports.guessed).waitFor()
    await check(page)
    // Without a column that names anybody the button says why; a reload keeps what was chosen.
    const names = page.getByLabel(say.imports.meaningOf('B', 'Họ và tên'))
    const numbers = page.getByLabel(say.imports.meaningOf('E', 'SỐ CCCD'))
    await names.selectOption('')
    await numbers.selectOption('')
    await page.getByText(say.imports.needsName).waitFor()
    expect(await button(page, say.imports.read).isDisabled()).toBe(true)
    await page.reload()
    await page.getByText(say.imports.needsName).waitFor()
    await names.selectOption('fullName')
    await numbers.selectOption('identityNumber')
    await read(page)
    await button(page, say.imports.openRow('2', cast[0]!.fullName)).waitFor()
    await button(page, say.imports.discard).click()
    await dialog(page).getByRole('button', { name: say.imports.discard }).click()
    await page.getByText(say.imports.discarded).waitFor()
    expect(await membersOf(unions[at]!)).toHaveLength(founders)
    expect(troubles).toEqual([])
    await page.context().close()
  }, 120_000)

  test('rows are mended in place, written, known again, and taken back', async () => {
    const unitId = unions[at]!
    const path = join(folder, `thang-3-${at}.csv`)
    const row = (person: number, name: string, birth: string) =>
      `${name},${birth},Nam,${numberOf(at, person)},0912000001`
    const list = [
      row(1, 'Hồ Văn Một', '01/02/1990'),
      row(2, 'Hồ Văn Hai', '31/02/1990'),
      row(3, 'Hồ Văn Ba', '03/02/1990'),
      row(4, 'Hồ Văn Bốn', '04/02/2015'),
    ]
    writeFileSync(path, ['Họ và tên,Ngày sinh,Giới tính,CCCD,Điện thoại', ...list, ''].join('\n'))
    const { page, troubles } = await signIn(language, size)
    await upload(page, path)
    await button(page, say.imports.read).waitFor()
    await page.getByLabel(say.imports.on, { exact: false }).fill('01/12/2024')
    await page.getByLabel(say.imports.on, { exact: false }).blur()
    const begun = page.waitForResponse((response) => response.url().endsWith('/readings'))
    await button(page, say.imports.read).click()
    await begun
    await page.reload()
    await verdict(page, 'refused').waitFor()
    expect(await verdict(page, 'new').innerText()).toMatch(/^2\s/)
    expect(await verdict(page, 'refused').innerText()).toMatch(/^2\s/)

    // The rows come after the numbers; a key pressed before them has nothing to walk.
    await page.waitForLoadState('networkidle')
    // By the keys alone: to the first row, into it, the day mended, saved; the row says what it is now.
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const birth = page.getByLabel(say.record.columns.birthDate)
    expect(await birth.getAttribute('aria-invalid')).toBe('true')
    await check(page)
    await birth.fill('28/02/1990')
    await birth.press('Enter')
    await page.getByText(say.imports.isNow(say.imports.verdicts.new)).waitFor()
    expect(await verdict(page, 'new').innerText()).toMatch(/^3\s/)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByLabel(say.record.columns.birthDate).waitFor()
    await page.keyboard.press('Escape')
    expect(await birth.count()).toBe(0)

    await verdict(page, 'new').click()
    expect(new URL(page.url()).searchParams.get('verdict')).toBe('new')
    await button(page, say.imports.openRow('4', 'Hồ Văn Ba')).click()
    await button(page, say.imports.leaveOut).click()
    await page.getByText(say.imports.leftOutSaid('1')).waitFor()
    await expectNothingSerious(page, false)
    await button(page, say.imports.commit('2')).click()
    await page.getByText(say.imports.done('2')).waitFor()
    expect((await membersOf(unitId)).map((member) => member.fullName)).toEqual(
      expect.arrayContaining(['Hồ Văn Một', 'Hồ Văn Hai']),
    )
    expect(await membersOf(unitId)).toHaveLength(founders + 2)
    await check(page)
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: say.imports.badRows }).click(),
    ])
    expect(sheet.suggestedFilename()).toContain(say.imports.badRowsName)
    const written = page.url()

    // The same file again: its columns are remembered, who was written is here already.
    await upload(page, path)
    await page.getByText(say.imports.remembered).waitFor()
    await read(page)
    await verdict(page, 'same').waitFor()
    expect(await verdict(page, 'same').innerText()).toMatch(/^1\s/)

    const colleague = (await membersOf(unitId)).find((member) => member.fullName === 'Hồ Văn Hai')!
    await done(world.hoa(editRecord, { params: { personId: colleague.id }, body: { values: { phone: '0987654321' } } }))
    await page.goto(written)
    await button(page, say.imports.undo).click()
    await dialog(page).getByLabel(say.frame.reason).fill('Nhập nhầm tệp tháng trước')
    await dialog(page).getByRole('button', { name: say.imports.undo, exact: true }).click()
    await page.getByRole('link', { name: `1 ${say.imports.outcomes.kept}` }).waitFor()
    await page.getByRole('link', { name: 'Hồ Văn Hai' }).waitFor()
    await check(page)
    await page.getByRole('link', { name: `1 ${say.imports.outcomes.reversed}` }).click()
    await page.getByRole('link', { name: 'Hồ Văn Một' }).waitFor()
    await page.getByRole('link', { name: `0 ${say.imports.outcomes.impossible}` }).click()
    await page.getByText(say.imports.noneInOutcome.impossible).waitFor()
    expect(await membersOf(unitId)).toHaveLength(founders + 1)

    await page.goto(`${address}/members/imports?unit=${unitId}`)
    await page.getByText(say.imports.states.undone, { exact: true }).waitFor()
    await page.getByText(say.imports.states.discarded, { exact: true }).waitFor()
    await check(page)
    expect(troubles).toEqual([])
    await page.context().close()
  }, 120_000)
})
