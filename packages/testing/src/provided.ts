import 'vitest'

/** The migrated database that every test database is a copy of. */
export const templateDatabase = 'thingwire_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server's maintenance database. */
    postgresUrl: string
    redisUrl: string
  }
}
