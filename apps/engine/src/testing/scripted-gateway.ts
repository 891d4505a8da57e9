import type { DeviceGateway, DeviceSession } from '../transports/transport.ts'

/** A gateway that knows the token `good` and takes everything. */
export const scriptedGateway = (overrides: Partial<DeviceGateway> = {}) => {
  const sessions: DeviceSession[] = []
  const lasting: DeviceSession[] = []
  const closed: { session: DeviceSession; reason: string }[] = []
  const accepted: string[] = []
  const gateway: DeviceGateway = {
    open: async (offer, { lifetime }) => {
      if (offer.kind !== 'access-token' || offer.token !== 'good') return { ok: false, refusal: 'bad-credentials' }
      const session: DeviceSession = {
        id: `s${sessions.length}`,
        deviceId: 'device',
        tenantId: 'tenant',
        deviceName: 'Device',
        deviceType: 'default',
        isGateway: false,
        settings: { mqtt: null, topicSpace: null, payload: 'JSON' },
        onClose: null,
        onAttributes: null,
        onCommand: null,
      }
      sessions.push(session)
      if (lifetime === 'connection') lasting.push(session)
      return { ok: true, session }
    },
    accept: async (_session, { payload }) => {
      accepted.push(Buffer.from(payload).toString('utf8'))
      return { ok: true, messages: 1 }
    },
    readAttributes: async () => ({ client: { firmware: '1' }, shared: { limit: 5 } }),
    wantsCommands: () => {},
    answerCommand: async () => {},
    askServer: async () => ({ ok: true, answer: Promise.resolve('{"time":1}') }),
    offerClaim: async () => {},
    provision: async () => '{"status":"SUCCESS"}',
    package: async () => null,
    child: async () => ({ ok: false, code: 'PERMISSION_DENIED', message: 'no gateway' }),
    admit: () => true,
    touch: () => {},
    close: (session, reason) => void closed.push({ session, reason }),
    ...overrides,
  }
  return { gateway, sessions, lasting, closed, accepted }
}
