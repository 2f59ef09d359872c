/** How the web app is bundled: from web/ to dist/web, with the API proxied in development. */
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Writes a .gz beside each script and style, so that the server need not press them for every reader. */
const gzipped = (): Plugin => ({
  name: 'gzipped',
  generateBundle(_, bundle) {
    for (const [fileName, part] of Object.entries(bundle)) {
      if (!/\.(js|css|svg)$/.test(fileName)) continue
      this.emitFile({
        type: 'asset',
        fileName: `${fileName}.gz`,
        source: gzipSync(part.type === 'chunk' ? part.code : part.source, { level: 9 }),
      })
    }
  },
})

// Vite asks for a default export; it is the one file of ours that has one.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), gzipped()],
  resolve: { alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('hollow.ts', import.meta.url)) }] },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Helmet allows fonts from our own origin only, not from data: addresses.
    assetsInlineLimit: 0,
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:4010' } },
})
