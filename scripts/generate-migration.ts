import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diffSchema } from '@thingwire/db/migrate'
import { startPostgres } from '@thingwire/local-services'

/**
 * `npm run db:diff -- <name>`: writes the migration that leads from the existing ones to prisma/schema.prisma.
 * Uses a throw-away PostgreSQL, never the one with your data.
 */
const main = async () => {
  const name = process.argv[2]
  if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('Name the change: npm run db:diff -- add_device_note')
  const dataDir = mkdtempSync(join(tmpdir(), 'thingwire-diff-'))
  const server = await startPostgres({ dataDir, settings: { fsync: 'off' } })
  try {
    const sql = await diffSchema(server.url)
    if (!sql) return console.log('The migrations already lead to prisma/schema.prisma.')
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = join(import.meta.dirname, '../prisma/migrations', `${stamp}_${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), `${sql.trim()}\n`)
    console.log(`Written: ${folder}/migration.sql. Read it, and add what Prisma cannot express by hand.`)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
