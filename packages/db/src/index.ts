export * from './database.ts'
export { openDatabase, type OpenDatabaseOptions } from './open-database.ts'
export { uuidV7 } from './uuid.ts'
export {
  type CountedType,
  countedTypes,
  type EntitiesRepository,
  type EntityHead,
} from './entities/entities.repository.ts'
export type { UsedPassword, UserAccount, UsersRepository } from './users.repository.ts'
export { type RelatedFilter, type RelatedQuery, relatedCtes } from './relations/related.ts'
export type { RelationsFilter, RelationsRepository } from './relations/relations.repository.ts'
export type { NamedType, NamesRepository, WantedName } from './names/names.repository.ts'
