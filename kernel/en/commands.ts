/** The English twin of what the commands say. */
import type { Twin } from '../twin.ts'
import type { commands as vi } from '../vi/commands.ts'

export const commands: Twin<typeof vi> = {
  about: 'Kết Đoàn: members, grassroots unions, and figures that open to their records.',
  usage: 'Usage: ./ket-doan COMMAND [options]',
  list: 'Commands:',
  more: 'Each in detail: ./ket-doan COMMAND --help. Exit codes: 0 fine; 1 the answer is no; 2 used wrongly.',
  common: 'Everywhere: --data DIR (or DATABASE_URL), --json, --lang vi|en',
  unknownCommand: (name, near) => `There is no command "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
  unknownOption: (text) => `Used wrongly: ${text}`,
  missing: (what) => `${what} is missing.`,
  unknownUnit: (code, near) => `There is no unit with the code "${code}".${near ? ` Did you mean "${near}"?` : ''}`,
  notADay: (text) => `"${text}" is no day (write 2024-11-10 or 10/11/2024).`,
  notAnInstant: (text) => `"${text}" is no instant (write 2024-11-10T17:00:00+07:00).`,
  noFile: (path) => `The file ${path} cannot be read.`,
  badFacts: (text) => `The facts file has another shape: ${text}`,
  summaries: {
    start: 'Run Kết Đoàn and print the address to open in a browser',
    progress: "Print a unit's progress up to a day, with targets and percent",
    import: 'Import a list of members from Excel or CSV; take an import back',
    exam: 'Compare each printed figure with the one counted',
    demo: 'Build sample data that adds up to the figures of a file',
    verify: 'Recount every tally from its ledger and compare',
    account: 'Add an account, reset a password, list accounts',
    card: 'Check a member card without a network; print the public key to check with',
    openapi: 'Print the API as OpenAPI 3.1',
  },
  start: {
    building: 'Building the screens...',
    loadingDemo: 'The database is empty: loading the demo...',
    ready: (address) => `Kết Đoàn is ready: ${address}`,
    signIns: (password) => `Demo sign-ins (password ${password}):`,
    firstAccount:
      'There is no account yet. Make one: ./ket-doan account add NAME --name "Full name" --role federation_leader --unit CODE --unit-name "Name of the federation"',
    portInUse: (port) => `Another program uses port ${port}. Choose another: npm start -- --port ${port + 1}`,
    notAPort: (text) => `"${text}" is no port number (1-65535).`,
    stopped: 'Stopped.',
    databaseGone: 'The database ended unexpectedly; Kết Đoàn ends too. Run npm start again to recover.',
  },
  progress: {
    title: (unit, from, to) => `${unit}, from ${from} to ${to}`,
    structure: (day) => `in the structure of ${day}`,
    known: (instant) => `as known at ${instant}`,
  },
  import: {
    read: (file: string, rows: string, seconds: string) => `${file}: ${rows} rows, read in ${seconds} s.`,
    legacy: (font: string) => `Old font ${font}, converted to Unicode.`,
    columns: (list: string) => `Columns: ${list}`,
    verdicts: {
      new: 'new',
      returns: 'returns',
      arrives: 'on the road here',
      changed: 'changed',
      same: 'here already, unchanged',
      elsewhere: 'in another union',
      refused: 'not writable yet',
    },
    progress: (percent: string, seconds: string) => `${percent}%, about ${seconds} s left`,
    done: (id: string, seconds: string, rate: string) =>
      `Written in ${seconds} s (${rate} rows/s with the reading). To take it back: ./ket-doan import undo ${id} --reason "..."`,
    badHint: 'For the rows not written: add --bad FILE.xlsx, mend them there and import again.',
    undone: (reversed: string, kept: string, impossible: string) =>
      `Taken back: ${reversed} people; kept, since somebody worked on: ${kept}; impossible: ${impossible}.`,
    operator: 'Operator',
  },
  exam: {
    header: ['Unit', 'Period', 'Indicator', 'Printed', 'Counted', 'Exact', 'Verdict'],
    verdicts: {
      agrees: 'agrees',
      differs: 'DIFFERS',
      declared: 'declared',
      percent_truncated: 'printed percent truncated',
      percent_rounded: 'printed percent rounded to fewer decimals',
      percent_wrong: 'printed percent wrong',
      parts_do_not_add_up: 'parts do not add up',
    },
    summary: (counted, agree, declared) => `${counted} counted, ${agree} agree; ${declared} declared.`,
    noAnswer: 'no figure',
  },
  demo: {
    done: (units, unions, people, seconds) =>
      `Built ${units} units, ${unions} unions, ${people} people in ${seconds} s.`,
    notEmpty: 'The database has units already; a demo is loaded into an empty one only. Use --data with a new folder.',
    conflict: (text) => `The facts contradict one another: ${text}`,
  },
  verify: {
    good: (ledgers, rows) => `${ledgers} ledgers recounted, ${rows} tally rows all agree.`,
    bad: (ledger, wrong) => `${ledger}: ${wrong} tally rows do not agree with the ledger.`,
    fixed: 'The tallies were rebuilt from the ledgers.',
  },
  account: {
    added: (username, password) => `Added the account ${username}; password: ${password}`,
    reset: (username, password) => `New password of ${username}: ${password}`,
    taken: (username) => `The account ${username} exists already.`,
    unknown: (username) => `There is no account ${username}.`,
    needsRoot: 'The database has no unit yet: add --unit-name "Name of the federation" to make the root.',
    badRole: (role) => `There is no role "${role}". Roles: federation_leader, unit_leader, officer, read_only.`,
  },
  card: {
    genuine: (name, birthYear, union, number, issuedOn) =>
      `Genuine card: ${name}${birthYear ? `, born ${birthYear}` : ''}; ${union}; card number ${number}, issued on ${issuedOn}.`,
    forged: 'Not a genuine card: whoever holds this key did not sign it, or somebody changed it.',
    unreadable: 'This is no text of a member card, or some of it was lost in copying.',
    notAKey: 'A public key has 43 characters, as the command card key prints it.',
    noKey: 'The data folder has no key yet. Give the key with --key, or the folder with --data.',
  },
  help: {
    start:
      '  --port N     port (4010 unless told)\n  --data DIR   where data is kept\n  --empty      without the demo\nExample: npm start -- --port 8080 --data /srv/ket-doan',
    progress:
      '  --unit CODE         the unit (required)\n  --from DAY          start of the period (1 January of the year unless told)\n  --as-of DAY         cut-off day (today unless told)\n  --known-at INSTANT  as known then\n  --structure-on DAY  in the structure of that day\n  --indicator CODE    indicator, may be repeated\n  --by children|officers\n  --decimals N        decimals of percent (1 unless told)\nExample: ./ket-doan progress --unit tay-ho --from 2024-01-01 --as-of 2024-12-31',
    import:
      '  import members FILE --unit CODE [--dry-run] [--kind opening|admitted] [--on DAY] [--by ACCOUNT] [--bad FILE.xlsx]\n  import list --unit CODE\n  import undo NUMBER --reason "Why"\nopening: members since before (default); admitted: admitted now. All rows are written, or none.\nExample: ./ket-doan import members list.xlsx --unit tay-ho --dry-run',
    exam: '  FILE         the printed figures (facts.json)\nExample: ./ket-doan exam facts.json --json',
    demo: '  FILE         the figures; --seed N for other people, the same sums\nExample: ./ket-doan demo facts.json --data /tmp/try',
    verify: '  --rebuild    rebuild the tallies where they are wrong',
    account:
      '  account list\n  account add NAME --name "Full name" --role ROLE --unit CODE [--unit-name "Name"] [--password PASSWORD]\n  account reset NAME [--password PASSWORD]\nWithout --password a random one is set and printed once.',
    card: '  card verify TEXT [--key KEY]   check the text of a QR code (KD1...); without --key, by the key of the data folder\n  card key                       print the public key\nExit codes: 0 genuine; 1 not. Opens no database and needs no network.',
    openapi: 'Example: ./ket-doan openapi > openapi.json',
  },
}
