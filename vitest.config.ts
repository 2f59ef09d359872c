/** Tests run against a real PostgreSQL: one server a run, one migrated template, a database of its own for each file. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    globalSetup: ['tests/ground.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000 * Number(process.env['KET_DOAN_RUNS'] ?? 1),
    hookTimeout: 120_000,
  },
})
