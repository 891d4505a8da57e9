import type { TopicSpaceRights } from '@thingwire/contracts'
import { coversFilter, hasTooManyLevels, isReservedTopic, matchesFilter } from './topics.ts'

/** What one client may do in the topic space of its tenant. */
export type TopicRights = {
  mayPublish(topic: string): boolean
  /** `filter` without the `$share` of a shared subscription. */
  maySubscribe(filter: string): boolean
  /** Whether a message that waited for the client is still for it. */
  mayReceive(topic: string): boolean
  /** It may publish something. */
  publishes: boolean
}

export const allTopics: TopicRights = {
  mayPublish: (topic) => isOwn(topic),
  maySubscribe: (filter) => isOwn(filter),
  mayReceive: () => true,
  publishes: true,
}

/** `{deviceName}` stands for the name where that can be one level of a topic; else such a filter allows nothing. */
export const rightsOfDevice = (rights: TopicSpaceRights, deviceName: string): TopicRights => {
  const isLevel = !/[+#/\0]/.test(deviceName) && deviceName !== ''
  const named = (filters: readonly string[]) =>
    filters.flatMap((filter) => {
      if (!filter.includes('{deviceName}')) return [filter]
      return isLevel ? [filter.replaceAll('{deviceName}', () => deviceName)] : []
    })
  const publishFilters = named(rights.publishFilters)
  const subscribeFilters = named(rights.subscribeFilters)
  return {
    mayPublish: (topic) => isOwn(topic) && publishFilters.some((filter) => matchesFilter(filter, topic)),
    maySubscribe: (filter) => isOwn(filter) && subscribeFilters.some((allowed) => coversFilter(allowed, filter)),
    mayReceive: (topic) => subscribeFilters.some((filter) => matchesFilter(filter, topic)),
    publishes: publishFilters.length > 0,
  }
}

const isOwn = (topic: string): boolean => !isReservedTopic(topic) && !hasTooManyLevels(topic)
