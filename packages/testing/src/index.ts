export { type FakeClock, fakeClock } from './fake-clock.ts'
export { emptyDatabase, type TestDatabase, testDatabase } from './test-database.ts'
export { ownRedis, type TestRedis, testRedis } from './test-redis.ts'
export { waitFor } from './wait-for.ts'
