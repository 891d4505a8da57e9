export { diffSchema } from './diff.ts'
export { MigrationError, type MigrateOptions, migrate } from './migrate.ts'
