/** Which role may do which act. Pure, so a screen greys a button by the rule the server refuses by. */
import type { Role } from './contract.ts'

export type Act =
  | 'admit'
  | 'found'
  | 'cancel-founding'
  | 'set-own-target'
  | 'assign-target'
  | 'manage-units'
  | 'manage-employers'
  | 'declare'
  | 'read-identity'
  | 'merge-people'

const mayDo: Record<Act, readonly Role[]> = {
  admit: ['federation_leader', 'unit_leader', 'officer'],
  found: ['federation_leader', 'unit_leader', 'officer'],
  'cancel-founding': ['federation_leader', 'unit_leader'],
  'set-own-target': ['federation_leader', 'unit_leader'],
  'assign-target': ['federation_leader'],
  'manage-units': ['federation_leader'],
  'manage-employers': ['federation_leader', 'unit_leader', 'officer'],
  declare: ['federation_leader', 'unit_leader', 'officer'],
  'read-identity': ['federation_leader', 'unit_leader', 'officer'],
  'merge-people': ['federation_leader', 'unit_leader', 'officer'],
}

export const may = (role: Role, act: Act): boolean => mayDo[act].includes(role)
export const rolesThatMay = (act: Act): readonly Role[] => mayDo[act]
