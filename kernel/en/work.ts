/** The English twin of the words of the work. */
import type { Twin } from '../twin.ts'
import type { work as vi } from '../vi/work.ts'

export const work: Twin<typeof vi> = {
  roles: {
    federation_leader: 'Federation leader',
    unit_leader: 'Unit leader',
    officer: 'Union officer',
    read_only: 'Read only',
  },
  unitKinds: {
    general_confederation: 'General Confederation',
    provincial: 'Provincial federation',
    central_sector: 'National sectoral union',
    corporation: 'Corporation union',
    district: 'District federation',
    local_sector: 'Local sectoral union',
    industrial_zone: 'Industrial-zone union',
    commune: 'Commune or ward union',
    grassroots: 'Grassroots union',
    occupational: 'Occupational union',
    component: 'Component union',
    section: 'Union section',
    group: 'Union group',
  },
  sectors: { state: 'State sector', non_state: 'Non-state sector' },
  unclassified: 'Not classified',
  employerKinds: {
    enterprise: 'Enterprise',
    cooperative: 'Co-operative',
    household_business: 'Household business',
    public_service_unit: 'Public service unit',
    non_public_service_unit: 'Non-public service unit',
    agency: 'Agency',
  },
  ownerships: { state_owned: 'State-owned', private: 'Private', foreign_invested: 'Foreign-invested' },
  sexes: { male: 'Male', female: 'Female' },
  movementKinds: {
    opening: 'Stood before the records began',
    admitted: 'Admitted',
    received: 'Received by transfer',
    sent: 'Sent by transfer',
    left: 'Left',
    expelled: 'Expelled',
    ended: 'Ended',
  },
  targetsBy: { assigned: 'Assigned target', own: "The unit's own target" },
  declared: 'declared',
  counted: 'counted',
}
