export { type OwnPostgres, ownPostgres } from './own-postgres.ts'
export { type FakeClock, fakeClock } from './fake-clock.ts'
export { emptyDatabase, type TestDatabase, testDatabase } from './test-database.ts'
export { ownRedis, type TestRedis, testRedis } from './test-redis.ts'
export { waitFor } from './wait-for.ts'
export { type SeededTenant, type SeedTenantOptions, seedTenant } from './seed-tenant.ts'
export { type FuzzBudget, type FuzzWatch, fuzzBudget, mutated, type Random, randomFrom, watchProcess } from './fuzz.ts'
export {
  type ConformanceWorld,
  type DriverClient,
  type Outcome,
  type RestCaller,
  type TransportDriver,
  transportConformance,
} from './transport-conformance/index.ts'
