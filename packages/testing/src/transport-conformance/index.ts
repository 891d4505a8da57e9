import { afterAll, beforeAll, describe } from 'vitest'
import { arrivalTests } from './arrivals.ts'
import type { ConformanceWorld, TransportDriver } from './driver.ts'
import { downlinkTests } from './downlinks.ts'
import { sessionEndTests } from './session-ends.ts'
import { uplinkTests } from './uplinks.ts'

export type {
  ConformanceWorld,
  DriverClient,
  Outcome,
  RestCaller,
  TransportDriver,
} from './driver.ts'

/** What holds for every transport, whatever its protocol. */
export const transportConformance = (driver: TransportDriver, startWorld: () => Promise<ConformanceWorld>): void => {
  describe(`${driver.name} as a transport`, () => {
    let world: ConformanceWorld | null = null
    beforeAll(async () => {
      world = await startWorld()
    })
    afterAll(async () => {
      await world?.[Symbol.asyncDispose]()
    })
    const bench = {
      driver,
      world: () => {
        if (!world) throw new Error('The engine is not there yet')
        return world
      },
    }
    describe('uplinks', () => uplinkTests(bench))
    describe('downlinks', () => downlinkTests(bench))
    describe('arrivals', () => arrivalTests(bench))
    describe('ends', () => sessionEndTests(bench))
  })
}
