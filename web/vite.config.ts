/** How the web app is bundled: from web/ to dist/web, with the API proxied in development. */
import react from '@vitejs/plugin-react'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Writes a .gz beside each script and style as it was written, so that the server need not press them for every reader. */
const gzipped = (): Plugin => ({
  name: 'gzipped',
  writeBundle({ dir }, bundle) {
    for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
      const path = join(dir!, fileName)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }))
    }
  },
})

// Vite asks for a default export; it is the one file of ours that has one.
export default defineConfig({
  root: here('.'),
  plugins: [react(), gzipped()],
  resolve: {
    alias: [
      { find: /^zod$/, replacement: here('hollow.ts') },
      { find: /^\.\/(vi|en)\/(problems|papers|commands)\.ts$/, replacement: here('unspoken.ts') },
    ],
  },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Helmet allows fonts from our own origin only, not from data: addresses.
    assetsInlineLimit: 0,
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:4010' } },
})
