import { startPostgres } from '#platform/postgres.ts'
import { writeFileSync } from 'node:fs'
const pgs = await startPostgres(process.argv[2]!, { shared_buffers: '4GB', effective_cache_size: '12GB', max_wal_size: '16GB', checkpoint_timeout: '30min', wal_level: 'minimal', max_wal_senders: 0, jit: 'off', wal_compression: 'on', random_page_cost: 1.1, maintenance_work_mem: '1GB', autovacuum: 'off', 'session_preload_libraries': 'auto_explain', ...(process.env['EXPLAIN'] ? { 'auto_explain.log_min_duration': process.env['EXPLAIN'], 'auto_explain.log_nested_statements': 'on', 'auto_explain.log_analyze': 'on', 'auto_explain.log_buffers': 'on', 'auto_explain.log_level': 'notice' } : {}) })
writeFileSync(process.argv[3]!, pgs.url)
process.on('SIGTERM', () => void pgs.stop())
await pgs.gone
