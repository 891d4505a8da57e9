export * from './database.ts'
export { openDatabase, type OpenDatabaseOptions } from './open-database.ts'
export { uuidV7 } from './uuid.ts'
