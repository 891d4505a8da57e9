export { cloneDatabase, databaseUrl, dropDatabase, ensureDatabase } from './databases.ts'
export { diffSchema } from './diff.ts'
export { MigrationError, type MigrateOptions, migrate } from './migrate.ts'
