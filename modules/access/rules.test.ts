/** Roles: what each may do, written out, so that a change is a decision. */
import { expect, test } from 'vitest'
import { may, rolesThatMay, type Act } from './rules.ts'
import { Role } from './contract.ts'

const acts: Act[] = [
  'admit',
  'found',
  'cancel-founding',
  'set-own-target',
  'assign-target',
  'manage-units',
  'manage-employers',
  'declare',
  'read-identity',
]

test('each role may do this and nothing else', () => {
  const table = Object.fromEntries(Role.options.map((role) => [role, acts.filter((act) => may(role, act))]))
  const daily: Act[] = ['manage-employers', 'declare', 'read-identity']
  expect(table).toEqual({
    federation_leader: acts,
    unit_leader: ['admit', 'found', 'cancel-founding', 'set-own-target', ...daily],
    officer: ['admit', 'found', ...daily],
    read_only: [],
  })
})

test('the roles that are named in a refusal are those that may', () => {
  for (const act of acts)
    expect([...rolesThatMay(act)].sort()).toEqual(Role.options.filter((role) => may(role, act)).sort())
})
