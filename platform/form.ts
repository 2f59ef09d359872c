/** A form as Word, to be filled in by hand where nothing is known: the state's name and motto, a title, fields with dotted
 *  lines, and a place to sign. A4, Times New Roman, margins of Decree 30/2020, App. I. */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip as mm,
  Document,
  LeaderType,
  LineRuleType,
  Packer,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx'

export type Field = {
  label: string
  /** Null leaves a dotted line. */
  value: string | null
  isStrong?: boolean
  /** Of the width of its row. */
  share: number
}

export type Form = {
  language: string
  note: string
  nation: string
  motto: string
  title: string
  addressee: { label: string; value: string | null }
  rows: readonly (readonly Field[])[]
  paragraphs: readonly string[]
  placeAndDate: string
  signer: string
  signHere: string
  signedBy: string
}

const font = 'Times New Roman'
const textWidth = 160
/** In 240ths of a line. */
const lines = { line: 252, lineRule: LineRuleType.AUTO }

type Look = { bold?: boolean; italics?: boolean; size?: number }

const run = (text: string, { bold = false, italics = false, size = 14 }: Look = {}) =>
  new TextRun({ text, font, bold, italics, size: size * 2 })

type Place = {
  before?: number
  after?: number
  align?: 'center' | 'right' | 'both'
  from?: number
  underline?: boolean
}

const aligned = { center: AlignmentType.CENTER, right: AlignmentType.RIGHT, both: AlignmentType.BOTH }

/** `before`, `after`: points. `from`: the left edge in millimetres; what is signed stands on the right half. */
const paragraph = (children: TextRun[], { before = 0, after = 0, align, from = 0, underline }: Place = {}) =>
  new Paragraph({
    children,
    spacing: { before: before * 20, after: after * 20, ...lines },
    indent: { left: mm(from), firstLine: align === 'both' ? mm(10) : 0 },
    keepNext: from > 0,
    ...(align && { alignment: aligned[align] }),
    ...(underline && {
      border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: 'auto', space: 1 } },
      indent: { left: mm(48), right: mm(48) },
    }),
  })

/** A tab at the end of each field; its leader draws the dots of an empty one. */
function rowOf(fields: readonly Field[], after: number, size: number): Paragraph {
  const all = fields.reduce((sum, field) => sum + field.share, 0)
  const ends = fields.map((_, index) => fields.slice(0, index + 1).reduce((sum, field) => sum + field.share, 0) / all)
  return new Paragraph({
    spacing: { after: after * 20, ...lines },
    tabStops: fields.map((field, index) => ({
      type: index === fields.length - 1 ? TabStopType.RIGHT : TabStopType.LEFT,
      position: mm(textWidth * ends[index]!),
      leader: field.value === null ? LeaderType.DOT : LeaderType.NONE,
    })),
    children: fields.flatMap((field, index) => [
      run(`${index > 0 ? ' ' : ''}${field.label}: `, { size }),
      ...(field.value === null ? [] : [run(field.value, { bold: field.isStrong ?? false, size })]),
      ...(field.value === null || index < fields.length - 1 ? [run('\t', { size })] : []),
    ]),
  })
}

/** About how many lines the fields take: Word alone knows, and a form should stay one page. */
const linesOf = (form: Form) =>
  [[form.addressee], ...form.rows]
    .map((fields) => fields.reduce((sum, { label, value }) => sum + label.length + (value?.length ?? 0), 0))
    .reduce((sum, letters) => sum + Math.ceil(letters / 60), 0)

export async function writeForm(form: Form): Promise<Buffer> {
  const { label, value } = form.addressee
  const count = linesOf(form)
  const room = count > 22 ? 0 : count > 15 ? 0.4 : 1
  const size = count > 22 ? 11 : 14
  const document = new Document({
    styles: { default: { document: { run: { font, size: 28 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(20) },
          },
        },
        children: [
          paragraph([run(form.note, { italics: true, size: 11 })], { align: 'right' }),
          paragraph([run(form.nation, { bold: true, size: 13 })], { align: 'center' }),
          paragraph([run(form.motto, { bold: true })], { align: 'center', underline: true }),
          paragraph([run(form.title, { bold: true, size: 16 })], {
            align: 'center',
            before: 28 * room,
            after: 4 + 12 * room,
          }),
          paragraph([run(`${label} `, { size }), run(value ?? '.'.repeat(70), { bold: value !== null, size })], {
            align: 'center',
            after: 4 + 12 * room,
          }),
          ...form.rows.map((fields) => rowOf(fields, 2 + 8 * room, size)),
          ...form.paragraphs.map((text) => paragraph([run(text, { size })], { align: 'both', after: 3 + 5 * room })),
          paragraph([run(form.placeAndDate, { italics: true, size })], {
            align: 'center',
            from: 65,
            before: 10 * room,
          }),
          paragraph([run(form.signer, { bold: true, size })], { align: 'center', from: 65, before: 3 }),
          paragraph([run(form.signHere, { italics: true, size: 12 })], {
            align: 'center',
            from: 65,
            after: 40 + 28 * room,
          }),
          paragraph([run(form.signedBy, { bold: true, size })], { align: 'center', from: 65 }),
        ],
      },
    ],
  })
  return await Packer.toBuffer(document)
}
