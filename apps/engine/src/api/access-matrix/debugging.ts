import { createTraceDesk } from '../../rule-debug/traces.ts'
import type { PrepareRoom } from './room.ts'

/** Traces of messages. */
export const debuggingRoom: PrepareRoom = async (api) => {
  const { tenantId, scope, device, rootChain } = api.tenant
  const desk = createTraceDesk(() => api.redis)
  const trace = await desk.begin(tenantId, device.id, 3_600_000)
  const ruleNodeId = (await api.db.ruleChains.metadata(scope, rootChain.id.id))?.nodes[0]?.id?.id ?? ''
  return {
    params: { traceId: trace.id },
    queryOf: { 'GET /api/ruleChain/{ruleChainId}/samples': { ruleNodeId } },
    query: { ruleNodeId },
    bodies: {
      'POST /api/traces': () => ({ entityId: device.id }),
      'POST /api/ruleChain/{ruleChainId}/runTests': () => ({}),
      'POST /api/ruleChain/{ruleChainId}/replay': () => ({
        entityId: device.id,
        metadata: { nodes: [], connections: [] },
      }),
    },
    belongings: async () => ({ traces: await desk.list(tenantId) }),
  }
}
