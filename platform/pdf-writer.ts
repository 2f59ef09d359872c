/** The process that writes one PDF. It sees our fonts first, the machine's for scripts they lack, and no folder but theirs. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Order } from './pdf.ts'

const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

function write({ template, data, pictures }: Order): Buffer {
  const { resolve } = createRequire(import.meta.url)
  const paths = faces.map((face) => resolve(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`))
  const workspace = dirname(paths[0]!)
  const fontBlobs = paths.map((path) => readFileSync(path))
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] })
  const isSound = (name: string, content: Uint8Array) => {
    compiler.mapShadow(join(workspace, 'pictures', name), Buffer.from(content))
    const tried = compiler.compile({ mainFileContent: '#image("/pictures/" + sys.inputs.name)', inputs: { name } })
    return tried.result !== null
  }
  const sound = [...pictures].filter(([name, content]) => isSound(name, content)).map(([name]) => name)
  const inputs = { data, pictures: JSON.stringify(sound) }
  const compiled = compiler.compile({ mainFileContent: template, inputs })
  if (!compiled.result) throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics))
  return compiler.pdf(compiled.result)
}

const answer = (written: Buffer | string) => process.send!(written, undefined, undefined, () => process.disconnect())

process.once('message', (order: Order) => {
  try {
    answer(write(order))
  } catch (error) {
    answer(String(error))
  }
})
