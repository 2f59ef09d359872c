import pg from 'pg'
import { readFileSync } from 'node:fs'
import { act, openHouse } from '#platform/database.ts'
import { secretFrom } from '#platform/secret.ts'
import { findActor } from '#modules/access/queries.ts'
import { hashToken, newToken } from '#platform/secret.ts'
import { showProgress } from '#modules/progress/board.ts'
import { listFigure } from '#modules/progress/list.ts'
import { listMembers } from '#modules/members/queries.ts'
import { admitMembers } from '#modules/members/actions.ts'
import { foundUnion } from '#modules/founding/actions.ts'
import { addDays } from '#kernel/day.ts'
import { makeCountry, lastDay, leaderOf, rootLeader, type Size } from './country.ts'
import { newPeople, newTaxCode } from './tasks.ts'
const [urlFile, size, what, reps = '12'] = process.argv.slice(2)
const url = readFileSync(urlFile!, 'utf8')
const log: [string, number][] = []
let on = false
if (process.env['EXPLAIN']) { const c = (pg.Client.prototype as any).connect; (pg.Client.prototype as any).connect = function (...a: any[]) { this.on('notice', (n: any) => on && console.log(n.message)); return c.apply(this, a) } }
const query = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = async function (this: any, ...args: any[]) {
  const t = performance.now()
  const r = await query.apply(this, args)
  if (on) log.push([(args[0].text ?? args[0]).replace(/\s+/g, ' ').slice(0, 110), performance.now() - t])
  return r
}
const house = openHouse(url, secretFrom(Buffer.alloc(32, 7)), { connections: 2, today: () => lastDay })
const country = makeCountry(size as Size, 2026)
const owner = new pg.Client({ connectionString: url }); await owner.connect()
const actorOf = async (id: number) => { const t = newToken(); await owner.query('select access.open_session($1,$2,12)', [id, hashToken(t)]); return (await findActor(house, t))! }
const P = country.provinces[0]!, C = country.communes.filter((c) => c.unions.length > 9)[5]!, U = C.unions.filter((u) => !u.endedOn && !u.foundedOn)
const ind = ['grassroots_founded', 'occupational_founded', 'members_admitted', 'members_decreased', 'members_net_growth', 'members_total', 'grassroots_total', 'workers_total']
const root = await actorOf(rootLeader), prov = await actorOf(leaderOf(P)), com = await actorOf(C.officerId)
let cursor: string | undefined
const tasks: Record<string, [any, (ctx: any, i: number) => Promise<unknown>]> = {
  national: [root, (c, i) => showProgress(c, { unitId: '1', asOf: addDays(lastDay, -i * 7), indicator: ind, decimals: 1, by: 'children' })],
  known: [root, (c, i) => showProgress(c, { unitId: '1', asOf: lastDay, knownAt: addDays(lastDay, -30 - i) + 'T03:00:00Z', indicator: ind, decimals: 1, by: 'children' })],
  province: [prov, (c, i) => showProgress(c, { unitId: String(P.id), asOf: addDays(lastDay, -i * 7), indicator: ind, decimals: 1, by: 'children' })],
  union: [com, (c, i) => showProgress(c, { unitId: String(U[i % 4]!.id), asOf: addDays(lastDay, -i * 7), indicator: ind, decimals: 1, by: 'none' })],
  list: [prov, async (c) => { const r = await listFigure(c, { unitId: String(P.id), indicator: 'members_admitted', asOf: lastDay, limit: 50, cursor }); cursor = r.next ?? undefined; return r }],
  begin: [root, (c, i) => listMembers(c, { q: ['nguyen thi lan', 'tran van', 'lan', 'hoang'][i % 4]!, limit: 50 })],
  words: [root, (c, i) => listMembers(c, { q: ['lan huong', 'minh duc', 'thi hoa', 'van hung le', 'an'][i % 5]!, limit: 50 })],
  beginp: [prov, (c, i) => listMembers(c, { q: ['nguyen thi lan', 'tran van', 'lan', 'hoang'][i % 4]!, limit: 50 })],
  wordsp: [prov, (c, i) => listMembers(c, { q: ['lan huong', 'minh duc', 'thi hoa', 'van hung le', 'an'][i % 5]!, limit: 50 })],
  beginc: [com, (c, i) => listMembers(c, { q: ['nguyen thi lan', 'tran van', 'lan', 'hoang'][i % 4]!, limit: 50 })],
  admit: [com, (c, i) => admitMembers(c, String(U[i % 4]!.id), { on: lastDay, people: newPeople(1) })],
  back: [com, (c, i) => admitMembers(c, String(U[i % 4]!.id), { on: addDays(lastDay, -152), people: newPeople(1) })],
  found: [com, (c) => foundUnion(c, { upperUnitId: String(C.id), kind: 'grassroots', name: `CĐCS Công ty Mới ${Math.random()}`, sector: 'non_state',
    employer: { taxCode: newTaxCode(), name: `Công ty Mới`, kind: 'enterprise', ownership: 'private', workers: 120 },
    decision: { number: `${Math.random()}/QĐ`, signedOn: addDays(lastDay, -3), effectiveOn: addDays(lastDay, -2) }, people: newPeople(58) } as any)],
}
const raws: number[] = []
for (const name of what!.split(',')) {
  const [actor, work] = tasks[name]!
  log.length = 0; raws.length = 0
  const totals: number[] = []
  for (let i = 0; i < Number(reps); i++) {
    on = false
    for (let k = 0; k < 3; k++) { const t0 = performance.now(); await owner.query({ name: 'raw', text: 'select id, code, kind, name from units.unit where id = $1', values: [100 + i] }); raws.push(performance.now() - t0) }
    on = i > 6
    await act(house, actor, 'vi', 'profile', async (ctx) => { const t = performance.now(); await work(ctx, i); if (on) totals.push(performance.now() - t) ; if (['admit','back','found'].includes(name)) throw new Error('x') }).catch((e) => { if (e.message !== 'x') throw e })
  }
  const med = (a: number[]) => a.toSorted((x, y) => x - y)[Math.floor(a.length / 2)]!
  const q25 = (a: number[]) => a.toSorted((x, y) => x - y)[Math.floor(a.length / 4)]!
  console.log(`== ${name}: ${med(totals).toFixed(2)} (q25 ${q25(totals).toFixed(2)}) ms = ${(med(totals) / med(raws)).toFixed(0)}x q25 ${(q25(totals) / q25(raws)).toFixed(0)}x; raw ${med(raws).toFixed(3)}`)
  for (const [text, times] of Map.groupBy(log, ([text]) => text)) console.log(`  ${q25(times.map(([, t]) => t)).toFixed(3)} ms ×${times.length / totals.length}  ${text}`)
}
await owner.end(); await house.close()
