/** Word papers in the layout of union documents: A4, Times New Roman, state name and motto, issuer block, signature block. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  Header,
  PageNumber,
  convertMillimetersToTwip,
} from 'docx'

export type Paper = {
  /** Lines of the left block: the body above, the issuing body (bold), the number. */
  issuer: { above: string; body: string; number: string }
  nation: string
  motto: string
  placeAndDate: string
  title: string
  subject: string
  blocks: readonly Block[]
  recipients: { heading: string; lines: readonly string[] }
  signature: { onBehalf: string; place: string }
}
export type Block =
  | { kind: 'heading' | 'text' | 'item'; text: string }
  | { kind: 'table'; header: readonly string[]; rows: readonly (readonly string[])[]; widths: readonly number[] }

const font = 'Times New Roman'
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }

type Look = {
  bold?: boolean
  italics?: boolean
  size?: number
  align?: 'left' | 'center' | 'both'
  indent?: number
  after?: number
  underline?: boolean
}

/** Size in points; docx counts in half points. */
const line = (text: string, look: Look = {}) =>
  new Paragraph({
    alignment: AlignmentType[look.align === 'center' ? 'CENTER' : look.align === 'both' ? 'BOTH' : 'LEFT'],
    spacing: { after: (look.after ?? 0) * 20, line: 276 },
    indent: { firstLine: convertMillimetersToTwip(look.indent ?? 0) },
    ...(look.underline && { border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: 'auto', space: 1 } } }),
    children: [
      new TextRun({
        text,
        font,
        bold: look.bold ?? false,
        italics: look.italics ?? false,
        size: (look.size ?? 14) * 2,
      }),
    ],
  })

const bare = (children: Paragraph[], percent: number) =>
  new TableCell({ children, width: { size: percent, type: WidthType.PERCENTAGE }, borders: noBorders })
const pair = (left: Paragraph[], right: Paragraph[], split = 37) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noBorders,
    rows: [new TableRow({ children: [bare(left, split), bare(right, 100 - split)] })],
  })

function blockOf(block: Block): Paragraph | Table {
  if (block.kind === 'heading') return line(block.text, { bold: true, indent: 10, after: 6 })
  if (block.kind !== 'table') return line(block.text, { align: 'both', indent: 10, after: 6 })
  const cell = (text: string, index: number, isHeader: boolean) =>
    new TableCell({
      width: { size: block.widths[index]!, type: WidthType.PERCENTAGE },
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: [line(text, { bold: isHeader, size: 12, align: isHeader || index > 0 ? 'center' : 'left' })],
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [block.header, ...block.rows].map(
      (row, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: row.map((text, column) => cell(text, column, index === 0)),
        }),
    ),
  })
}

/** Margins: top and bottom 20 mm, left 30, right 20 (Decree 30/2020, App. I); page number on top from the second page. */
export async function writePaper(paper: Paper): Promise<Buffer> {
  const mm = convertMillimetersToTwip
  const document = new Document({
    styles: { default: { document: { run: { font, size: 28 } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(20), header: mm(10) },
          },
        },
        headers: {
          first: new Header({ children: [] }),
          default: new Header({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT], font, size: 26 })],
              }),
            ],
          }),
        },
        children: [
          pair(
            [
              line(paper.issuer.above, { align: 'center', size: 12 }),
              line(paper.issuer.body, { align: 'center', bold: true, size: 12 }),
              line(paper.issuer.number, { align: 'center', size: 13 }),
            ],
            [
              line(paper.nation, { align: 'center', bold: true, size: 12 }),
              line(paper.motto, { align: 'center', bold: true, size: 13, underline: true }),
              line(paper.placeAndDate, { align: 'center', italics: true, size: 13 }),
            ],
          ),
          line('', { after: 6 }),
          line(paper.title, { align: 'center', bold: true }),
          line(paper.subject, { align: 'center', bold: true, after: 12 }),
          ...paper.blocks.map(blockOf),
          line('', { after: 6 }),
          pair(
            [
              line(paper.recipients.heading, { bold: true, italics: true, size: 12 }),
              ...paper.recipients.lines.map((text) => line(text, { size: 11 })),
            ],
            [
              line(paper.signature.onBehalf, { align: 'center', bold: true }),
              line(paper.signature.place, { align: 'center', italics: true, size: 12 }),
              line(''),
              line(''),
              line(''),
            ],
            50,
          ),
        ],
      },
    ],
  })
  return await Packer.toBuffer(document)
}
