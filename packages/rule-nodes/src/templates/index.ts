import { consumption } from './consumption.ts'
import { forwardToKafka } from './forward-to-kafka.ts'
import { forwardToMqtt } from './forward-to-mqtt.ts'
import { forwardToRest } from './forward-to-rest.ts'
import { geofence } from './geofence.ts'
import { offlineAlarm } from './offline-alarm.ts'
import type { AnyTemplate } from './template.ts'
import { thresholdAlarm } from './threshold-alarm.ts'
import { unitConversion } from './unit-conversion.ts'

export type { AnyTemplate } from './template.ts'

/** Chains for common jobs, in the order in which they are offered. */
export const chainTemplates: readonly AnyTemplate[] = [
  thresholdAlarm,
  offlineAlarm,
  unitConversion,
  consumption,
  geofence,
  forwardToRest,
  forwardToMqtt,
  forwardToKafka,
]
