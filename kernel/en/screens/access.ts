/** The English twin: signing in and roles. */
import type { Twin } from '../../twin.ts'
import type { access as vi } from '../../vi/screens/access.ts'

export const access: Twin<typeof vi> = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  username: 'User name',
  password: 'Password',
  showPassword: 'Show or hide the password',
  whatItIs: "The union's ledger: every figure opens to its list.",
  demoAccounts: 'Accounts to try',
  demoHint: 'The data here is made up for a first look. Tap a person to fill in the form.',
  accountOf: (name) => `Account: ${name}`,
  mayNot: (role, roles) => `The role “${role}” may not do this. These may: ${roles}.`,
  creditedTo: 'Responsible officer (credited)',
  creditedToMe: (name) => `${name} (me)`,
}
