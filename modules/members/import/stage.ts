/** Reading a list into waiting rows, and judging them: what each would do to the register as it is now. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { withFile } from '#modules/imports/files.ts'
import { sayProgress } from '#modules/imports/states.ts'
import { isGrassroots } from '#modules/units/rules.ts'
import { rulesOn } from '#modules/units/rulebook.ts'
import { getUnit } from '#modules/units/queries.ts'
import { act, type Actor, type Ctx, type House } from '#platform/database.ts'
import type { Column } from '../headings.ts'
import type { Settings } from './contract.ts'
import type { ReadOrder, ReadTold } from './reader.ts'
import { problemOfTrouble } from './receive.ts'
import type { StagedRow } from './staging.ts'
import { matchUnions } from './unions.ts'

/** Reading a million rows needs no more: what is young is small, and what is held is the table's shared texts. A process and not a
 *  thread: it is outside the server's memory, and a fault of the engine in it ends the reading alone. */
const readerArgs = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', '--max-old-space-size=160']

function openReader(order: ReadOrder): ChildProcess {
  // Nothing of the server's environment, its keys and addresses, goes along: the order says all it needs.
  const reader = fork(fileURLToPath(new URL('./reader.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: readerArgs,
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  reader.send(order)
  return reader
}

/** Reads the file of an import in a process of its own and puts its rows where they wait. */
export async function stageRows(
  house: House,
  actor: Actor,
  importId: string,
  order: Omit<ReadOrder, 'path' | 'master' | 'today'>,
  signal: AbortSignal,
) {
  await withFile(house, actor, importId, async (path) => {
    const reader = openReader({ ...order, path, master: house.secret.master, today: house.today() })
    const stop = () => void reader.kill('SIGKILL')
    signal.addEventListener('abort', stop)
    try {
      for await (const told of messages(reader)) {
        if ('end' in told) break
        if ('trouble' in told) throw problemOfTrouble(told.trouble) ?? new Error(told.trouble)
        if (told.rows.length > 0)
          await act(house, actor, 'vi', 'rows of import', (ctx) => writeRows(ctx, importId, told.rows))
        await sayProgress(house, actor, importId, told.bytesRead, told.bytesTotal)
        reader.send('more')
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
    }
  })
}

/** What the reader says, in order; its end without a last word is a fault. */
async function* messages(reader: ChildProcess): AsyncGenerator<ReadTold> {
  const waiting: (ReadTold | Error)[] = []
  let wake = () => {}
  const put = (told: unknown) => {
    waiting.push(told as ReadTold | Error)
    wake()
  }
  reader.on('message', put)
  reader.on('error', put)
  reader.on('exit', () => put(new Error('reading ended early')))
  for (;;) {
    while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    const told = waiting.shift()!
    if (told instanceof Error) throw told
    yield told
  }
}

const bytes = (value: Uint8Array | null) =>
  value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength)

/** Puts rows where they wait; a row of the same line is put anew. */
export async function writeRows(ctx: Ctx, importId: string, rows: readonly StagedRow[]) {
  const column = <K extends number>(index: K) => rows.map((row) => row[index as 0]) as unknown[]
  const binary = (index: number) => rows.map((row) => bytes(row[index as 1] as Uint8Array | null))
  await sql`
    insert into members.import_row (import_id, line, typed_sealed, full_name, name_key, birth_date, birth_year, sex, citizenship, identity_kind, identity_hash, identity_sealed,
      identity_tail, said, union_typed, on_day, faults, warnings)
    select ${importId}::bigint, r.* from unnest(${column(0)}::int[], ${binary(1)}::bytea[], ${column(2)}::text[], ${column(3)}::text[], ${column(4)}::date[], ${column(5)}::smallint[],
      ${column(6)}::text[], ${column(7)}::text[], ${column(8)}::text[], ${binary(9)}::bytea[], ${binary(10)}::bytea[], ${column(11)}::text[], ${column(12)}::jsonb[],
      ${column(13)}::text[], ${column(14)}::date[], ${column(15)}::jsonb[], ${column(16)}::jsonb[]) r
    on conflict (import_id, line) do update set typed_sealed = excluded.typed_sealed, full_name = excluded.full_name, name_key = excluded.name_key, birth_date = excluded.birth_date,
      birth_year = excluded.birth_year, sex = excluded.sex, citizenship = excluded.citizenship, identity_kind = excluded.identity_kind, identity_hash = excluded.identity_hash,
      identity_sealed = excluded.identity_sealed, identity_tail = excluded.identity_tail, said = excluded.said, union_typed = excluded.union_typed, on_day = excluded.on_day,
      faults = excluded.faults, warnings = excluded.warnings, unit_id = null`.execute(ctx.db)
}

/** Says of each waiting row - or of some - which union it means and what it would do. The numbers by verdict come back. */
export async function judgeRows(
  ctx: Ctx,
  importId: string,
  unitId: number,
  settings: Settings,
  lines: readonly number[] | null = null,
): Promise<Record<string, number>> {
  const unit = await getUnit(ctx, unitId)
  const which = lines ? sql`line = any(${lines}::int[])` : sql`true`
  if (isGrassroots(unit.kind)) {
    await sql`update members.import_row set unit_id = ${unitId} where import_id = ${importId} and unit_id is distinct from ${unitId} and ${which}`.execute(
      ctx.db,
    )
  } else {
    const typed = await sql<{
      text: string
    }>`select distinct union_typed as text from members.import_row where import_id = ${importId} and union_typed is not null and ${which}`.execute(
      ctx.db,
    )
    const unions = [
      ...(await matchUnions(
        ctx,
        unitId,
        typed.rows.map((row) => row.text),
      )),
    ]
    await sql`update members.import_row r set unit_id = m.unit_id from unnest(${unions.map(([text]) => text)}::text[], ${unions.map(([, id]) => id)}::int[]) m(text, unit_id)
      where r.import_id = ${importId} and r.union_typed = m.text and r.unit_id is distinct from m.unit_id and ${which}`.execute(
      ctx.db,
    )
  }
  const rules = await rulesOn(
    ctx,
    ['age_min', 'rejoin_months', 'managers_barred', 'foreigner_contract_months'],
    settings.on,
  )
  const told = {
    ageMin: rules.age_min.value,
    rejoinMonths: rules.rejoin_months.value,
    rejoinLaw: rules.rejoin_months.legalBasis,
    managersBarred: rules.managers_barred.value,
    managersLaw: rules.managers_barred.legalBasis,
    foreignerMonths: rules.foreigner_contract_months.value,
    foreignerLaw: rules.foreigner_contract_months.legalBasis,
  }
  await sql`select members.judge_import(${importId}::bigint, ${lines}::int[], ${settings.on}::date, ${JSON.stringify(told)}::jsonb)`.execute(
    ctx.db,
  )
  return await countRows(ctx, importId)
}

/** Rows by verdict; `warned`: rows with something to look at; `leftOut`: rows somebody took out. */
export async function countRows(ctx: Ctx, importId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ verdict: string; count: number; warned: number; leftOut: number }>`
    select verdict, count(*) filter (where not is_left_out)::int as count, count(*) filter (where (warnings is not null or notes is not null) and not is_left_out)::int as warned,
      count(*) filter (where is_left_out)::int as "leftOut"
    from members.import_row where import_id = ${importId} group by 1`.execute(ctx.db)
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    ...Object.fromEntries(rows.map((row) => [row.verdict ?? 'refused', row.count])),
    rows: sum((row) => row.count + row.leftOut),
    warned: sum((row) => row.warned),
    leftOut: sum((row) => row.leftOut),
  }
}

/** The reading that settings ask for. */
export const orderOf = (
  settings: Pick<Settings, 'columns' | 'sheet'>,
  head: { linesAbove: number; legacy: 'tcvn3' | 'vni' | null },
) => ({
  sheet: settings.sheet ?? null,
  columns: settings.columns as Column[],
  firstLine: head.linesAbove + 1,
  legacy: head.legacy,
})
