import type { ConformanceWorld, RestCaller } from '@thingwire/testing'
import { type Person, startContractWorld } from './contract-world.ts'
import { startTestEngine } from './test-engine.ts'

/** The engine that the transport conformance suite works on. */
export const startConformanceWorld = async (): Promise<ConformanceWorld> => {
  const world = await startContractWorld()
  const { services, engine, tenant } = world
  return {
    db: services.db,
    tenant,
    ports: engine.ports,
    admin: restCaller(world.admin),
    customer: restCaller(world.customer),
    startGateway: () => startTestEngine(services, { ENGINE_ROLES: 'gateway' }),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

const restCaller = (person: Person): RestCaller => ({
  get: async (path) => answerOf(await person.get(path)),
  post: async (path, body) => answerOf(await person.post(path, body)),
  delete: async (path) => answerOf(await person.delete(path)),
})

const answerOf = ({ status, body }: { status: number; body: unknown }) => ({ status, body })
