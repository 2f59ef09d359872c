/** The papers of one member: the joining form as Word and PDF, and the member card. A paper says what the record knows and leaves
 *  dots for the rest; the identity number stands on it only when it is handed in, after the act that reveals it. */
import { readFileSync } from 'node:fs'
import { formatDay, phrases, type Language } from '#kernel/phrases.ts'
import { writeForm, type Field, type Form } from '#platform/form.ts'
import { writePdf } from '#platform/pdf.ts'
import { qrSvg } from '#platform/qr.ts'
import type { FieldCode } from '../fields.ts'

export type PaperPerson = {
  id: string
  fullName: string
  /** yyyy or yyyy-mm-dd. */
  birth: string | null
  sex: 'male' | 'female'
  /** What else the record says, by code; the form reads the fields of Mẫu 5a. */
  record: Record<string, string>
  unionName: string | null
  upperName: string | null
  place: string | null
  since: string | null
  photo: Buffer | null
}

/** A member with a card: its number, its day, and the signed text of its QR code. */
export type CardPerson = PaperPerson & { cardNumber: string; cardIssuedOn: string; qr: string }

const template = (name: string) => readFileSync(new URL(`./letters/${name}.typ`, import.meta.url), 'utf8')

/** Without marks that steer a printer or turn a line around: a paper shows what was typed, in the order it was typed. */
const plain = (text: string) =>
  text
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()

export async function joiningFormDocx(
  language: Language,
  person: PaperPerson,
  identityNumber: string | null,
  today: string,
): Promise<Buffer> {
  return await writeForm(joiningForm(language, person, identityNumber, today))
}

export async function joiningFormPdf(
  language: Language,
  person: PaperPerson,
  identityNumber: string | null,
  today: string,
): Promise<Buffer> {
  return await writePdf(template('joining'), joiningForm(language, person, identityNumber, today))
}

function joiningForm(language: Language, person: PaperPerson, identityNumber: string | null, today: string): Form {
  const { nation, motto, joining: words } = phrases[language].papers
  const [year, month, day] = today.split('-') as [string, string, string]
  const known = (text: string | null | undefined) => plain(text ?? '') || null
  const field = (label: string, value: string | null | undefined, share = 1): Field => ({
    label,
    value: known(value),
    isStrong: false,
    share,
  })
  const said = (name: FieldCode & keyof typeof words) => field(words[name], person.record[name])
  return {
    language,
    note: words.form,
    nation,
    motto,
    title: words.title,
    addressee: { label: words.addressee, value: known(person.unionName ?? person.upperName) },
    rows: [
      [{ ...field(words.fullName, plain(person.fullName).toLocaleUpperCase('vi')), isStrong: true }],
      [field(words.birth, person.birth && birthOf(person.birth), 2), field(words.sex, words.sexes[person.sex])],
      [said('ethnicity')],
      [said('ancestralPlace')],
      [said('currentAddress')],
      [field(words.identityNumber, identityNumber)],
      [said('phone')],
      [said('workplace')],
      [said('job')],
    ],
    paragraphs: [words.wish, words.promise],
    // Decree 30/2020, App. I: days below 10 and months 1 and 2 are written with a zero.
    placeAndDate: words.placeAndDate(
      known(person.place) ?? '.'.repeat(18),
      day,
      Number(month) > 2 ? String(Number(month)) : month,
      year,
    ),
    signer: words.signer,
    signHere: words.signHere,
    signedBy: plain(person.fullName),
  }
}

const birthOf = (birth: string) => (birth.length === 4 ? birth : formatDay(birth))

/** `card`: each card a page of its own size. `sheet`: ten on A4, to be cut. */
export async function cardsPdf(
  language: Language,
  people: readonly CardPerson[],
  layout: 'card' | 'sheet',
): Promise<Buffer> {
  const words = phrases[language].papers.card
  const pictures = new Map(people.flatMap(({ photo }, index) => (photo ? [[`photo-${index}`, photo] as const] : [])))
  return await writePdf(
    template('cards'),
    {
      language,
      layout,
      words,
      people: people.map((person, index) => ({
        fullName: plain(person.fullName),
        unionName: plain(person.unionName ?? ''),
        upperName: plain(person.upperName ?? ''),
        photo: `photo-${index}`,
        qr: qrSvg(person.qr),
        facts: [
          [words.birthYear, person.birth?.slice(0, 4)],
          [words.since, person.since && formatDay(person.since)],
          [words.number, plain(person.cardNumber)],
          [words.issuedOn, formatDay(person.cardIssuedOn)],
        ].filter(([, value]) => value),
      })),
    },
    pictures,
  )
}
