import type { MqttProfile } from '@thingwire/contracts'
import { LRUCache } from 'lru-cache'
import type { Uplink } from '../transport.ts'
import { topicMatcher, type TopicMatcher } from './topic-filter.ts'

/** Where devices of a profile publish, and how they ask for attribute updates. */
export type ProfileTopics = {
  uplinkOf(topic: string): Uplink['kind'] | null
  isAttributesFilter(filter: string): boolean
}

const gatewayTopics = 'v1/gateway/'

/** Matchers by filter: the devices of a profile have settings each, with the same filters in them. */
const matchers = new LRUCache<string, TopicMatcher>({ max: 1_000 })
const known = new WeakMap<MqttProfile, ProfileTopics>()

const matcherOf = (filter: string): TopicMatcher => {
  const before = matchers.get(filter)
  if (before) return before
  const made = topicMatcher(filter)
  matchers.set(filter, made)
  return made
}

/** Made once for each settings object, since it is asked for with each publish. */
export const profileTopics = (profile: MqttProfile): ProfileTopics => {
  const before = known.get(profile)
  if (before) return before
  const isTelemetry = matcherOf(profile.deviceTelemetryTopic)
  const isAttributes = matcherOf(profile.deviceAttributesTopic)
  const topics: ProfileTopics = {
    uplinkOf: (topic) => {
      // A wildcard leaves gateways their topics (as ThingsBoard).
      if (topic.startsWith(gatewayTopics)) return null
      return isAttributes(topic) ? 'attributes' : isTelemetry(topic) ? 'telemetry' : null
    },
    isAttributesFilter: matcherOf(profile.deviceAttributesSubscribeTopic),
  }
  known.set(profile, topics)
  return topics
}
