/** Papers as PDF: a template of ours and the data that fills it. Data goes as JSON, never as source text, so nothing a person
 *  typed can be read as an instruction. A process of its own writes each one, and gives its memory back when it ends. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const secondsMax = 60
/** A writer takes 100 MB for one paper and 600 for a thousand cards, so few work at once. */
const writersMax = 2

export type Order = { template: string; data: string; pictures: ReadonlyMap<string, Uint8Array> }

let writing = 0
const waiting: (() => void)[] = []

/** `template`: Typst source that reads `sys.inputs.data`. `pictures`: PNG or JPEG by name, found at `/pictures/NAME`; a broken
 *  one is left out, and the names of the sound ones stand in `sys.inputs.pictures`. */
export async function writePdf(
  template: string,
  data: unknown,
  pictures: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Buffer> {
  if (writing >= writersMax) await new Promise<void>((resolve) => waiting.push(resolve))
  else writing += 1
  try {
    return await write({ template, data: JSON.stringify(data), pictures })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else writing -= 1
  }
}

const writer = fileURLToPath(new URL('./pdf-writer.ts', import.meta.url))

function write(order: Order): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // No environment: keys and database addresses are none of its business.
    const child = fork(writer, { serialization: 'advanced', execArgv: [], env: {}, stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), secondsMax * 1000)
    child.once('message', (written: Uint8Array | string) =>
      typeof written === 'string' ? reject(new Error(written)) : resolve(Buffer.from(written)),
    )
    child.on('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('writing the PDF ended early'))
    })
    child.send(order)
  })
}
