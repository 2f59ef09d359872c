/** Every ledger and every other append-only table of the house, with a row in each, so that a test can try to rewrite it. */
import { sql } from 'kysely'
import type { Database } from '#platform/database.ts'

export const ledgers = [
  'employers.workforce_change',
  'founding.founding',
  'imports.layout',
  'members.export_end',
  'members.export_line',
  'members.identity_reading',
  'members.invitation',
  'members.invitation_step',
  'members.look_alike',
  'members.merge',
  'members.merge_line',
  'members.movement',
  'members.photo',
  'members.statement',
  'members.transfer_answer',
  'members.transfer_request',
  'members.twin_decision',
  'members.undo_line',
  'members.view_choice',
  'progress.declaration',
  'targets.target',
  'units.event',
]

/** Puts a row into those that an ordinary world leaves empty. */
export async function fillLedgers(owner: Database, accountId: number, unitId: number) {
  const rows = [
    sql`insert into members.identity_reading (person_id, reason, read_by) select min(id), 'Thử', ${accountId} from members.person`,
    sql`insert into members.look_alike (person_a, person_b, reasons, weight) select min(id), min(id) + 1, '{}', 1 from members.person`,
    sql`insert into members.twin_decision (person_a, person_b, reason) select min(id), min(id) + 1, 'Thử' from members.person`,
    sql`insert into members.merge (kept_id, merged_id, reason) select min(id), min(id) + 1, 'Thử' from members.person`,
    sql`insert into members.merge (kept_id, merged_id, reason, reverses_id) select kept_id, merged_id, 'Thử', id from members.merge`,
    sql`insert into members.merge_line (merge_id, movement_id, outcome) select g.id, m.id, 'stood' from members.merge g, members.movement m limit 1`,
    sql`insert into imports.import (purpose, unit_id, file_name, file_bytes, file_digest, head, recorded_by) values ('members', ${unitId}, 'a.csv', 1, '\\x00', '{}', ${accountId})`,
    sql`insert into imports.layout (purpose, unit_id, layout, columns, recorded_by) values ('members', ${unitId}, 'a', '[]', ${accountId})`,
    sql`insert into members.undo_line (import_id, person_id, outcome, what) select i.id, p.id, 'reversed', 'fields' from imports.import i, members.person p limit 1`,
    sql`insert into members.photo (person_id) select min(id) from members.person`,
    sql`insert into members.statement (person_id, said, source) select max(id), '{"job": "Thử"}', 'form' from members.person`,
    sql`insert into members.transfer_request (person_id, unit_id, on_day) select min(id), ${unitId}, '2025-01-01' from members.person`,
    sql`insert into members.transfer_answer (request_id, reason) select id, 'Thử' from members.transfer_request`,
    sql`insert into members.view_choice (account_id) values (${accountId})`,
    sql`insert into members.export_line (account_id, unit_id, format, question, with_identity) values (${accountId}, ${unitId}, 'csv', '{}', false)`,
    sql`insert into members.export_end (export_id, rows) select id, 1 from members.export_line`,
    sql`insert into members.invitation (unit_id, import_id, full_name, name_key, typed_sealed, on_day) select ${unitId}, id, 'Thử', 'thu', '\\x00', '2025-01-01' from imports.import`,
    sql`insert into members.invitation_step (invitation_id, step) select id, 'opened' from members.invitation`,
  ]
  for (const row of rows) await row.execute(owner)
}
