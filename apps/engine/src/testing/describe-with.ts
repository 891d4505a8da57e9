import { type DeviceClient, findDeviceClient } from '@thingwire/local-services'
import { describe } from 'vitest'

/** Tests with a client of another maker. Where it is missing they are left out, and a line of the run says so. */
export const describeWith = (client: DeviceClient, name: string, tests: (program: string) => void): void => {
  const program = findDeviceClient(client)
  if (program) {
    describe(name, () => tests(program))
    return
  }
  console.warn(`Left out: ${name}. ${client.label} is not installed (on Debian the package ${client.packages.apt}).`)
  describe.skip(name, () => tests(''))
}
