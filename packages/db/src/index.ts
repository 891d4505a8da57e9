export * from './database.ts'
export { openDatabase, type OpenDatabaseOptions } from './open-database.ts'
export { uuidV7 } from './uuid.ts'
export {
  type CountedType,
  countedTypes,
  type EntitiesRepository,
  type EntityHead,
} from './entities/entities.repository.ts'
