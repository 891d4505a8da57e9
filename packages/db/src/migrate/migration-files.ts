import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

const prismaFolder = join(import.meta.dirname, '../../../../prisma')
export const schemaPath = join(prismaFolder, 'schema.prisma')
export const migrationsFolder = join(prismaFolder, 'migrations')

/** Tables that Prisma must leave alone: partitioned or written in bulk, they are plain SQL in the migrations. */
export const externalTables = [
  'telemetry_keys',
  'telemetry_entities',
  'ts_kv',
  'ts_kv_latest',
  'ts_kv_expiring',
  'attributes',
  'debug_events',
  'input_messages',
  'lifecycle_events',
  'audit_logs',
  'dead_letters',
  'ledger',
  'settled_batches',
  'entity_counts',
  'active_devices',
].map((table) => `public.${table}`)

export type MigrationFile = { name: string; sql: string }

/** The migrations of this version of the program, oldest first. */
export const readMigrations = async (): Promise<MigrationFile[]> => {
  const folders = (await readdir(migrationsFolder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const names = folders.map((entry) => entry.name).sort()
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8') })),
  )
}

export const readDatamodel = async (): Promise<[string, string]> => [
  'schema.prisma',
  await readFile(schemaPath, 'utf8'),
]

/** The form in which the schema engine takes migrations. */
export const toMigrationList = (files: readonly MigrationFile[]): MigrationList => ({
  baseDir: migrationsFolder,
  lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: files.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})
