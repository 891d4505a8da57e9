import { randomUUID } from 'node:crypto'
import type { PrepareRoom } from './room.ts'

/** Commands to devices, and REST calls into the rule engine. */
export const commandsRoom: PrepareRoom = async (api) => {
  const { tenantId, scope, device } = api.tenant
  const rpcId = randomUUID()
  await api.db.rpcs.create(tenantId, {
    id: rpcId,
    deviceId: device.id.id,
    expirationTime: Date.now() + 3_600_000,
    request: { body: { method: 'keep', params: '{}' } },
    additionalInfo: null,
  })
  const command = () => ({ method: 'takeOver', params: {} })
  return {
    params: { rpcId, timeout: '1000', queueName: 'Main' },
    bodies: {
      'POST /api/rpc/oneway/{deviceId}': command,
      'POST /api/rpc/twoway/{deviceId}': command,
      'POST /api/plugins/rpc/oneway/{deviceId}': command,
      'POST /api/plugins/rpc/twoway/{deviceId}': command,
    },
    actsForCaller: ['POST /api/rule-engine/'],
    belongings: async () => ({
      rpcs: (await api.db.rpcs.list(scope, device.id.id, { pageSize: 100, page: 0 })).data,
      commands: api.messages.filter(({ message }) => message.type === 'RPC_CALL_FROM_SERVER_TO_DEVICE'),
    }),
  }
}
