// Adhoc: brings functions, policies, triggers and indexes of a loaded database to what the migrations say now.
import pg from 'pg'
import { mkdtempSync, chmodSync, rmSync, readFileSync } from 'node:fs'
import { startPostgres } from '#platform/postgres.ts'
import { migrate } from '#platform/migrate.ts'
const folder = mkdtempSync('/var/tmp/kdbench/fresh-'); chmodSync(folder, 0o755)
const fresh = await startPostgres(folder + '/postgres'); await migrate(fresh.url)
const a = new pg.Client({ connectionString: fresh.url }); await a.connect()
const urls = process.argv.slice(2).map((f) => readFileSync(f, 'utf8'))
const schemas = `('ledger','access','units','employers','members','founding','targets','progress')`
const q = {
  fn: `select p.oid::regprocedure::text as sig, pg_get_functiondef(p.oid) as def from pg_proc p join pg_namespace n on n.oid=p.pronamespace where n.nspname in ${schemas}`,
  pol: `select format('%I on %I.%I', policyname, schemaname, tablename) as name, format('create policy %I on %I.%I as %s for %s to %s %s %s', policyname, schemaname, tablename, permissive, cmd, array_to_string(roles,','), 'using (' || qual || ')', 'with check (' || with_check || ')') as def from pg_policies where schemaname in ${schemas}`,
  trg: `select format('%I on %s', t.tgname, t.tgrelid::regclass) as name, pg_get_triggerdef(t.oid) as def from pg_trigger t join pg_class c on c.oid=t.tgrelid join pg_namespace n on n.oid=c.relnamespace where n.nspname in ${schemas} and not t.tgisinternal`,
  idx: `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def from pg_index x join pg_class c on c.oid=x.indrelid join pg_namespace n on n.oid=c.relnamespace where n.nspname in ${schemas}`,
  own: `select format('%s', p.oid::regprocedure) as sig, p.proacl::text as acl from pg_proc p join pg_namespace n on n.oid=p.pronamespace where n.nspname in ${schemas} and p.proacl is not null`,
}
await a.query(`set search_path=''`)
const want = Object.fromEntries(await Promise.all(Object.entries(q).map(async ([k, s]) => [k, (await a.query(s)).rows])))
for (const url of urls) {
  const b = new pg.Client({ connectionString: url }); await b.connect(); await b.query(`set search_path=''; set check_function_bodies=off; set maintenance_work_mem='1GB'`)
  const have = async (k: keyof typeof q) => (await b.query(q[k])).rows
  const sigs = new Map<string, any>(want.fn.map((r: any) => [r.sig, r]))
  for (const f of await have('fn')) if (!sigs.has(f.sig) && !f.def.includes('$libdir')) { console.log('drop', f.sig); await b.query(`drop function if exists ${f.sig} cascade`) }
  let todo = want.fn.filter((f: any) => !/LANGUAGE c/.test(f.def))
  const now = new Map((await have('fn')).map((f: any) => [f.sig, f.def]))
  todo = todo.filter((f: any) => now.get(f.sig) !== f.def)
  for (let pass = 0; pass < 6 && todo.length; pass++) { const left = []; for (const f of todo) { try { await b.query(f.def); console.log('fn', f.sig) } catch (e: any) { left.push({ ...f, e: e.message }) } } todo = left }
  if (todo.length) console.log('FAILED', todo.map((t: any) => [t.sig, t.e]))
  const hp = new Map((await have('pol')).map((p: any) => [p.name, p.def]))
  for (const p of want.pol) if (hp.get(p.name) !== p.def) { console.log('policy', p.name); await b.query(`drop policy if exists ${p.name}`); await b.query(p.def) }
  for (const [name] of hp) if (!want.pol.some((p: any) => p.name === name)) { console.log('drop policy', name); await b.query(`drop policy ${name}`) }
  const ht = new Map((await have('trg')).map((p: any) => [p.name, p.def]))
  for (const p of want.trg) if (ht.get(p.name) !== p.def) { console.log('trigger', p.name); await b.query(`drop trigger if exists ${p.name}`); await b.query(p.def) }
  for (const [name] of ht) if (!want.trg.some((p: any) => p.name === name)) { console.log('drop trigger', name); await b.query(`drop trigger ${name}`) }
  const hi = new Map((await have('idx')).map((p: any) => [p.def, p.name]))
  for (const p of want.idx) if (!hi.has(p.def)) { console.log('index', p.def); const t=performance.now(); try { await b.query(p.def) } catch (e: any) { console.log('  index failed', e.message) } console.log((performance.now()-t).toFixed(0)) }
  const wd = new Set(want.idx.map((p: any) => p.def))
  for (const [def, name] of hi) if (!wd.has(def)) console.log('EXTRA index', name, def)
  for (const o of want.own) if (!/(^|,|\{)=X/.test(o.acl)) await b.query(`revoke execute on function ${o.sig} from public`)
  await b.query(`delete from public.migration`)
  for (const r of (await a.query('select * from public.migration')).rows) await b.query('insert into public.migration (number,name,digest) values ($1,$2,$3)', [r.number, r.name, r.digest])
  await b.end()
}
await a.end(); await fresh.stop(); rmSync(folder, { recursive: true })
