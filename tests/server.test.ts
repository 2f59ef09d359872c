/** The door: who may come in, what is told to whom, and that a write acts once. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#server/routes.ts'
import { openDoor, type Door } from './door.ts'
import { foundingEntry, openSample, password, people, taxCode, type World } from './world.ts'

let world: World
let door: Door
let cookie: string
beforeAll(async () => {
  world = await openSample()
  door = await openDoor(world)
  cookie = await door.signIn('lan')
})
afterAll(async () => {
  await door.close()
  await world.close()
})

const signIn = (username: string, secret: string, headers: Record<string, string> = {}) =>
  door.ask('POST', '/api/session', { body: { username, password: secret }, headers })

test('signing in opens a session in a cookie that scripts cannot read; signing out ends it on the server', async () => {
  const told = await signIn('  LAN ', password)
  expect(told.body).toMatchObject({ username: 'lan', role: 'officer', unit: { code: 'tay-ho' }, today: '2025-03-31' })
  const [set] = told.headers.getSetCookie()
  expect(set).toMatch(/^ket-doan=[\w-]{40,}; .*Path=\/; HttpOnly; SameSite=Lax$/)
  expect(told.text).not.toContain('hash')
  const own = set!.split(';')[0]!
  expect((await door.ask('GET', '/api/session', { cookie: own })).status).toBe(200)
  const out = await door.ask('DELETE', '/api/session', { cookie: own })
  expect(out.status).toBe(200)
  expect(out.headers.getSetCookie()[0]).toMatch(/^ket-doan=;.*Expires=Thu, 01 Jan 1970/)
  expect((await door.ask('GET', '/api/session', { cookie: own })).body['type']).toBe('/problems/not-signed-in')
  expect((await door.ask('GET', '/api/session', { cookie })).status, 'other sessions stay').toBe(200)
  const kept = await sql<{
    n: number
  }>`select count(*)::int as n from access.session where encode(token_hash, 'escape') like ${`%${own.slice(9, 30)}%`}`.execute(
    world.owner,
  )
  expect(kept.rows[0]!.n, 'the table holds no token').toBe(0)
})

test('a wrong name and a wrong password are told alike; after ten tries even the right one waits', async () => {
  const wrongs = [await signIn('hoa', 'sai'), await signIn('khong-co-ai', password)]
  expect(wrongs.map((told) => [told.status, told.text])).toEqual(
    [wrongs[0]!, wrongs[0]!].map((told) => [401, told.text]),
  )
  for (let turn = 0; turn < 9; turn++) expect((await signIn('HOA', `sai ${turn}`)).status).toBe(401)
  expect(wrongs[0]!.body['type']).toBe('/problems/wrong-credentials')
  const locked = await signIn('hoa', password)
  expect([locked.status, locked.body['type']]).toEqual([429, '/problems/too-many-tries'])
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
  expect((await signIn('quang', password)).status, 'others may come in').toBe(200)
  await sql`update access.failed_try set at = at - interval '16 minutes'`.execute(world.owner)
  expect((await signIn('hoa', password)).status, 'a quarter of an hour later').toBe(200)
})

test('an account that ended, a session that is over, a made-up cookie: nobody', async () => {
  const binh = await door.signIn('binh')
  await sql`update access.account set ended_on = '2025-03-31' where username = 'binh'`.execute(world.owner)
  expect((await door.ask('GET', '/api/session', { cookie: binh })).status).toBe(401)
  expect((await signIn('binh', password)).status).toBe(401)
  await sql`update access.account set ended_on = null where username = 'binh'`.execute(world.owner)
  await sql`update access.session set expires_at = now() where account_id = ${world.actors.binh.id}`.execute(
    world.owner,
  )
  for (const made of [binh, 'ket-doan=x', `ket-doan=${'A'.repeat(43)}`, 'ket-doan=%00', 'ket-doan']) {
    expect((await door.ask('GET', '/api/units', { cookie: made })).status, made).toBe(401)
  }
})

test('nothing but signing in is answered without a session', async () => {
  for (const { endpoint, open } of routes) {
    const path = `/api${endpoint.path.replace(/:\w+/g, '1')}`
    const told = await door.ask(endpoint.method, path, endpoint.method === 'GET' ? {} : { body: {} })
    expect(
      [told.status === 401, told.body['type'] === '/problems/not-signed-in'],
      `${endpoint.method} ${path}`,
    ).toEqual([!open, !open])
  }
})

test('a write from another page is refused, whoever is signed in', async () => {
  const write = (headers: Record<string, string>) =>
    door.ask('POST', '/api/member-lists', {
      cookie,
      headers,
      body: { text: 'Nguyễn Văn An\t1/2/1990\tnam\t001200000001' },
    })
  const foreign: [string, string][] = [
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
    ['origin', 'x'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ]
  for (const [header, value] of foreign) {
    const told = await write({ [header]: value })
    expect([told.status, told.body['type']], `${header}: ${value}`).toEqual([403, '/problems/foreign-origin'])
  }
  expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  expect((await write({})).status).toBe(200)
})

test('what is hidden and what is absent are the same bytes', async () => {
  const hidden = String(world.units.dongAnh)
  const paths = (id: string) => [
    `/api/units/${id}`,
    `/api/progress?unitId=${id}`,
    `/api/members?unitId=${id}`,
    `/api/targets?unitId=${id}&year=2024`,
    `/api/foundings?unitId=${id}`,
  ]
  for (const [index, path] of paths(hidden).entries()) {
    const [one, other] = [
      await door.ask('GET', path, { cookie }),
      await door.ask('GET', paths('987654')[index]!, { cookie }),
    ]
    expect([one.status, one.text], path).toEqual([404, other.text])
  }
  expect((await door.ask('GET', '/api/units/khong-phai-so', { cookie })).text).toBe(
    (await door.ask('GET', `/api/units/${hidden}`, { cookie })).text,
  )
})

test('refusals are problems in the language of the reader', async () => {
  for (const [language, title] of [
    ['vi', /Không tìm thấy/],
    ['en-GB', /Not found|not found/],
  ] as const) {
    const told = await door.ask('GET', '/api/members/999', { cookie, headers: { 'accept-language': language } })
    expect(told.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(told.headers.get('cache-control')).toBe('no-store')
    expect(told.body).toEqual({
      status: 404,
      type: '/problems/not-found',
      title: expect.stringMatching(title) as unknown,
    })
  }
  const roles = await door.ask('POST', '/api/foundings', {
    cookie: await door.signIn('trang'),
    body: foundingEntry(world),
    headers: { 'accept-language': 'en' },
  })
  expect([roles.status, roles.body['title']]).toEqual([403, expect.stringMatching(/officer/i)])
  expect(roles.text).not.toContain('unit_leader')
})

test('a day that no calendar has is told by its place', async () => {
  const body = foundingEntry(world, { decision: { number: '1/QĐ', signedOn: '2024-02-31', effectiveOn: 'hôm qua' } })
  const told = await door.ask('POST', '/api/foundings', { cookie, body })
  expect(told.status).toBe(400)
  expect(told.body['errors']).toMatchObject([
    { name: 'not-a-day', pointer: '/body/decision/signedOn', title: 'Không có ngày này trong lịch.' },
    { name: 'not-a-day', pointer: '/body/decision/effectiveOn' },
  ])
  const query = await door.ask('GET', `/api/progress?unitId=1&asOf=2024-02-31`, { cookie })
  expect(query.body['errors']).toMatchObject([{ name: 'not-a-day', pointer: '/query/asOf' }])
})

test('bodies that cannot be read are refused, not answered by a fault', async () => {
  const send = (body: string, type = 'application/json') =>
    door.ask('POST', '/api/member-lists', { cookie, body, headers: { 'content-type': type } })
  const told = [
    await send('{'),
    await send(''),
    await send('null'),
    await send('[]'),
    await send('"x"'),
    await send('{"__proto__":{"x":1}}'),
    await send('text=1', 'application/x-www-form-urlencoded'),
    await send('{}', 'text/plain'),
  ]
  expect(told.map((one) => [one.status, one.body['type']])).toEqual(
    told.map((one) => [one.status < 500 ? one.status : 'a fault', '/problems/unreadable-request']),
  )
  expect((await send(JSON.stringify({ text: 'x'.repeat(13_000_000) }))).body['type']).toBe('/problems/file-too-large')
  for (const path of ['/api/units/%zz', '/api/units?q=%ff', '/api/nothing', '/api/units/1/../../x']) {
    const one = await door.ask('GET', path, { cookie })
    expect([one.status < 500, one.headers.get('content-type')], path).toEqual([
      true,
      expect.stringContaining(one.status < 400 ? 'application/json' : 'application/problem+json'),
    ])
  }
})

test('a write sent twice under one key acts once, also at once; the key is not for anything else', async () => {
  const body = foundingEntry(world, { employer: { taxCode: taxCode(1), name: 'Công ty 1' }, people: people(1000, 5) })
  const key = randomUUID()
  const send = (sent: unknown, own: string = key, as = cookie) =>
    door.ask('POST', '/api/foundings', { cookie: as, body: sent, headers: { 'idempotency-key': own } })
  const answers = await Promise.all([send(body), send(body), send(body)])
  expect(answers.map((told) => [told.status, told.text])).toEqual(answers.map(() => [200, answers[0]!.text]))
  expect((await send(body)).body).toEqual(answers[0]!.body)
  const changed = await send({ ...body, name: 'Tên khác' })
  expect([changed.status, changed.body['type']]).toEqual([409, '/problems/repeated-key'])
  const elsewhere = await door.ask('POST', '/api/founding-checks', {
    cookie,
    body,
    headers: { 'idempotency-key': key },
  })
  expect(elsewhere.body['type']).toBe('/problems/repeated-key')
  expect((await send(body, 'not-a-key')).status).toBe(400)
  // Another person's key is their own; a refusal is not kept, so the mended entry may use the key again.
  expect((await send(body, key, await door.signIn('hoa'))).body['type']).toBe('/problems/list-has-faults')
  const second = {
    ...body,
    employer: { taxCode: taxCode(2), name: 'Công ty 2' },
    people: people(1100, 4),
    decision: { ...body.decision, number: 'khác/QĐ' },
  }
  const again = randomUUID()
  expect((await send(second, again)).body['type']).toBe('/problems/too-few-members')
  expect((await send({ ...second, people: people(1100, 5) }, again)).status).toBe(200)
  const found = await sql<{
    n: number
  }>`select count(*)::int as n from founding.founding where reverses_id is null`.execute(world.owner)
  expect(found.rows[0]!.n).toBe(2)
})

test('too many requests from one address wait', async () => {
  const narrow = await openDoor(world, { requestsPerMinute: 5 })
  const told = []
  for (let turn = 0; turn < 6; turn++) told.push(await narrow.ask('GET', '/api/session'))
  expect(told.map((one) => one.status)).toEqual([401, 401, 401, 401, 401, 429])
  expect(told[5]!.body['type']).toBe('/problems/too-many-tries')
  expect(Number(told[5]!.headers.get('retry-after'))).toBeGreaterThan(0)
  await narrow.close()
})
