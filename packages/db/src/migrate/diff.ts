import { externalTables, readDatamodel, readMigrations, toMigrationList } from './migration-files.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * The SQL that leads from the migrations to `schema.prisma`; null when they agree. Replays the migrations in a scratch
 * database on the server behind `serverUrl`, which must be allowed to create databases.
 */
export const diffSchema = async (serverUrl: string): Promise<string | null> => {
  const datamodel = await readDatamodel()
  const files = await readMigrations()
  await using session = await openSchemaEngine({
    url: serverUrl,
    datamodel,
    runScript: async (pool, script) => void (await pool.query(script)),
  })
  const { stdout } = await session.engine.diff({
    from: files.length > 0 ? { tag: 'migrations', ...toMigrationList(files) } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: datamodel[0], content: datamodel[1] }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [...externalTables], externalEnums: [] },
  })
  return stdout && !/^-- This is an empty migration/.test(stdout.trim()) ? stdout : null
}
