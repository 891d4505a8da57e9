import { mqttProfileSchema, topicSpaceSchema } from '@thingwire/contracts'
import type { DeviceSessionInfo } from '@thingwire/db'
import type { SessionSettings } from '../transports/transport.ts'

/** What the device's profile says about its transport; settings that are not understood count as absent. */
export const settingsOf = (
  info: Pick<DeviceSessionInfo, 'transportType' | 'transportConfiguration' | 'topicSpace'>,
): SessionSettings => {
  const mqtt = info.transportType === 'MQTT' ? mqttProfileSchema.safeParse(info.transportConfiguration) : null
  const topicSpace = info.topicSpace === null ? null : topicSpaceSchema.safeParse(info.topicSpace)
  return {
    mqtt: mqtt?.success ? mqtt.data : null,
    topicSpace: topicSpace?.success && topicSpace.data.enabled ? topicSpace.data : null,
  }
}
