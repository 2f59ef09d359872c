/** The English twin of the indicators' names and sentences. */
import type { Twin } from '../twin.ts'
import type { indicators as vi } from '../vi/indicators.ts'

export const indicators: Twin<typeof vi> = {
  known: {
    grassroots_founded: {
      name: 'Grassroots unions founded',
      short: 'Founded',
      verb: 'founded',
      unit: 'grassroots unions',
    },
    occupational_founded: {
      name: 'Occupational unions founded',
      short: 'Of which occupational',
      verb: 'founded',
      unit: 'occupational unions',
    },
    grassroots_founded_excluding_occupational: {
      name: 'Grassroots unions founded (without occupational)',
      short: 'Without occupational',
      verb: 'founded',
      unit: 'grassroots unions (without occupational)',
    },
    grassroots_founded_nonstate_25: {
      name: 'Non-state grassroots unions of 25 and more founded',
      short: 'Non-state, 25 and more',
      verb: 'founded',
      unit: 'non-state grassroots unions of 25 members and more',
    },
    grassroots_founded_enterprise_25: {
      name: 'Enterprise grassroots unions of 25 and more founded',
      short: 'Enterprise, 25 and more',
      verb: 'founded',
      unit: 'enterprise grassroots unions of 25 members and more',
    },
    founding_decision: {
      name: 'Members of newly founded unions',
      short: 'Members at founding',
      verb: 'counted',
      unit: 'members in newly founded unions',
    },
    members_admitted: { name: 'Members admitted', short: 'Admitted', verb: 'admitted', unit: 'members' },
    members_admitted_women: { name: 'Women admitted', short: 'Of which women', verb: 'admitted', unit: 'women' },
    occupational_members_admitted: {
      name: 'Members of occupational unions admitted',
      short: 'Of which occupational',
      verb: 'admitted',
      unit: 'members of occupational unions',
    },
    members_left: { name: 'Members who left', short: 'Left', verb: 'had', unit: 'members leave' },
    members_decreased: { name: 'Members decreased', short: 'Decrease', verb: 'lost', unit: 'members' },
    members_net_growth: { name: 'Net growth in members', short: 'Net growth', verb: 'grew by', unit: 'members net' },
    members_total: { name: 'Members', short: 'Members', verb: 'has', unit: 'members' },
    members_women: { name: 'Women members', short: 'Of which women', verb: 'has', unit: 'women members' },
    grassroots_total: { name: 'Grassroots unions', short: 'Grassroots unions', verb: 'has', unit: 'grassroots unions' },
    grassroots_state: {
      name: 'Grassroots unions, state sector',
      short: 'State sector',
      verb: 'has',
      unit: 'grassroots unions in the state sector',
    },
    grassroots_nonstate: {
      name: 'Grassroots unions, non-state sector',
      short: 'Non-state sector',
      verb: 'has',
      unit: 'grassroots unions in the non-state sector',
    },
    occupational_total: {
      name: 'Occupational unions',
      short: 'Of which occupational',
      verb: 'has',
      unit: 'occupational unions',
    },
    workers_total: { name: 'Workers', short: 'Workers', verb: 'has', unit: 'workers' },
    coverage_rate: { name: 'Coverage', short: 'Coverage', verb: '', unit: '' },
  },
  said: (verb, figures, unit) => `${verb} ${figures} ${unit}`,
  named: (name, figures) => `${name}: ${figures}`,
  reached: (percent) => ` (${percent} of target)`,
  ratio: (name, percent) => `${name} at ${percent}`,
  ownTarget: (figures, percent) => `; against its own target ${figures}, ${percent}`,
  declared: (to) => (to ? ` – declared by the unit up to ${to}` : ' – declared by the unit'),
  nothing: (name) => `${name}: no figure yet`,
  measures: { people: 'people', unions: 'unions', dong: 'dong', other: '' },
}
