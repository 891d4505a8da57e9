import { entityId, type Message } from '@thingwire/contracts'
import type { DeviceSessionInfo } from '@thingwire/db'
import { newMessageId, parseAttributesPayload, parseTelemetryPayload } from '@thingwire/rules'
import { notServed, payloadAdaptor } from '../transports/payload/index.ts'
import type { SessionSettings, Uplink } from '../transports/transport.ts'

/** `points`: values in all messages together. */
export type UplinkMessages =
  | { ok: true; messages: Message[]; bytes: number; points: number }
  | { ok: false; message: string }

/** What the envelope of a message adds to its data in the queue, roughly; for memory bounds only. */
const envelopeBytes = 400

/** One message per timestamp, with the metadata that ThingsBoard gives it */
export const messagesOf = (
  { info, settings }: { info: DeviceSessionInfo; settings: SessionSettings },
  uplink: Uplink,
  nowMs: number,
): UplinkMessages => {
  const adaptor = payloadAdaptor(uplink.format, settings)
  if (!adaptor) return { ok: false, message: notServed(uplink.format, settings) }
  const text = adaptor.uplink(uplink.kind, uplink.payload)
  if (text === null) return { ok: false, message: `Unable to parse the body: it is not ${adaptor.type}` }
  const base = {
    ts: nowMs,
    tenantId: info.tenantId,
    originator: entityId('DEVICE', info.deviceId),
    customerId: info.customerId,
    dataType: 'JSON' as const,
    ruleChainId: info.defaultRuleChainId,
    ruleNodeId: null,
  }
  const names = { deviceName: info.name, deviceType: info.type }
  const topic = uplink.topic === undefined ? null : { mqttTopic: uplink.topic }
  if (uplink.kind === 'attributes') {
    const parsed = parseAttributesPayload(text)
    if (!parsed.ok) return parsed
    const metadata = { ...names, notifyDevice: 'false', ...topic }
    const message = { id: newMessageId(), type: 'POST_ATTRIBUTES_REQUEST', metadata, data: parsed.data, ...base }
    return { ok: true, messages: [message], bytes: envelopeBytes + parsed.data.length, points: parsed.entries.length }
  }
  const parsed = parseTelemetryPayload(text, { now: nowMs })
  if (!parsed.ok) return parsed
  let bytes = 0
  let points = 0
  const messages = parsed.records.map(({ ts, data, entries }): Message => {
    bytes += envelopeBytes + data.length
    points += entries.length
    const metadata = { ...names, ts: String(ts), ...topic }
    return { id: newMessageId(), type: 'POST_TELEMETRY_REQUEST', metadata, data, ...base }
  })
  return { ok: true, messages, bytes, points }
}
