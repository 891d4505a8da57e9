// Proves that nothing was lost: what came in against what became of it. Exit code 1 when it does not balance.
//   node scripts/audit-ledger.ts [--hours 24]
// Looks at DATABASE_URL and REDIS_URL, else at the platform that `npm start` runs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '@thingwire/db'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { auditLedger, type LedgerAudit } from '../apps/engine/src/ledger/audit.ts'

const columns = ['accepted', 'stored', 'finished', 'deadLettered', 'rejected', 'queued', 'difference'] as const

const table = ({ tenants }: LedgerAudit): string => {
  const rows = [
    ['tenant', 'accepted', 'stored', 'finished', 'dead letters', 'rejected', 'queued', 'difference'],
    ...tenants.map((totals) => [totals.tenantId, ...columns.map((name) => String(totals[name]))]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

const fail = (text: string): never => {
  console.error(text)
  process.exit(2)
}

const options = () => {
  try {
    const { values } = parseArgs({ options: { hours: { type: 'string', default: '24' } } })
    const hours = Number(values.hours)
    if (Number.isFinite(hours) && hours > 0) return { hours }
  } catch {
    // Falls through to the usage line.
  }
  return fail('usage: node scripts/audit-ledger.ts [--hours 24]')
}

const { hours } = options()

const runtimeSchema = z.object({ databaseUrl: z.string(), redisUrl: z.string() })

const urls = () => {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, THINGWIRE_DATA_DIR: dataDir = '.data' } = process.env
  if (databaseUrl && redisUrl) return { databaseUrl, redisUrl }
  try {
    return runtimeSchema.parse(JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8')))
  } catch {
    return fail('Start the platform with npm start, or set DATABASE_URL and REDIS_URL.')
  }
}

const { databaseUrl, redisUrl } = urls()
const database = openDatabase({ url: databaseUrl, poolSize: 2 })
const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, lazyConnect: true })
redis.on('error', () => {})
try {
  const now = Date.now()
  const audit = await auditLedger({ database, redis }, { fromMs: now - hours * 3_600_000, toMs: now + 60_000 })
  console.log(table(audit))
  console.log(audit.isBalanced ? 'The ledger balances.' : 'The ledger does NOT balance.')
  process.exitCode = audit.isBalanced ? 0 : 1
} catch (error) {
  fail(`The audit could not be made: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  redis.disconnect()
  await database.close()
}
