import { createNodeRegistry, upgradeNodeConfig } from '@thingwire/rules'
import { expect, it } from 'vitest'
import { nodeManifests } from './manifests.ts'

const registry = createNodeRegistry(nodeManifests)
const every = { type: 'ON_EVERY_MESSAGE' }

/** Configurations as old exports have them, and what they mean today. */
const rows: [type: string, from: number, old: Record<string, unknown>, now: Record<string, unknown>][] = [
  ['save-time-series', 0, { defaultTTL: 5 }, { defaultTTL: 5, processingSettings: every }],
  [
    'save-time-series',
    0,
    { defaultTTL: 0, skipLatestPersistence: true, useServerTs: true },
    {
      defaultTTL: 0,
      useServerTs: true,
      processingSettings: {
        type: 'ADVANCED',
        timeseries: every,
        latest: { type: 'SKIP' },
        webSockets: every,
        calculatedFields: every,
      },
    },
  ],
  [
    'save-attributes',
    0,
    { scope: 'CLIENT_SCOPE' },
    {
      scope: 'CLIENT_SCOPE',
      notifyDevice: true,
      sendAttributesUpdatedNotification: false,
      updateAttributesOnlyOnValueChange: false,
      processingSettings: every,
    },
  ],
  [
    'save-attributes',
    1,
    { scope: 'SHARED_SCOPE', notifyDevice: 'false', sendAttributesUpdatedNotification: 'true' },
    {
      scope: 'SHARED_SCOPE',
      notifyDevice: false,
      sendAttributesUpdatedNotification: true,
      updateAttributesOnlyOnValueChange: true,
      processingSettings: every,
    },
  ],
  [
    'save-attributes',
    2,
    { scope: 'SERVER_SCOPE', notifyDevice: true },
    { scope: 'SERVER_SCOPE', notifyDevice: true, processingSettings: every },
  ],
  ['assign-to-customer', 0, { customerNamePattern: 'A', customerCacheExpiration: 300 }, { customerNamePattern: 'A' }],
  [
    'unassign-from-customer',
    0,
    { customerNamePattern: 'A', customerCacheExpiration: 300 },
    { customerNamePattern: 'A' },
  ],
  // The direction was meant the other way round where the setting of the cache is still there.
  ['create-relation', 0, { direction: 'FROM', entityCacheExpiration: 300 }, { direction: 'TO' }],
  ['create-relation', 0, { direction: 'TO', entityCacheExpiration: 300 }, { direction: 'FROM' }],
  ['create-relation', 0, { direction: 'FROM' }, { direction: 'FROM' }],
  ['delete-relation', 0, { direction: 'TO', entityCacheExpiration: 300 }, { direction: 'FROM' }],
  ['delete-relation', 0, { direction: 'TO' }, { direction: 'TO' }],
  ['save-to-custom-table', 0, { tableName: 'a' }, { tableName: 'a', defaultTtl: 0 }],
  // The name of its queue leaves the configuration.
  [
    'deduplication',
    0,
    { interval: 10, strategy: 'LAST', outMsgType: null, maxPendingMsgs: 5, maxRetries: 3, queueName: null },
    { interval: 10, strategy: 'LAST', outMsgType: null, maxPendingMsgs: 5, maxRetries: 3, queueName: null },
  ],
  [
    'generator',
    0,
    { msgCount: 0, periodInSeconds: 5, originatorType: null, originatorId: null },
    { msgCount: 0, periodInSeconds: 5, originatorType: 'RULE_NODE', originatorId: null },
  ],
  [
    'generator',
    1,
    { periodInSeconds: 5, originatorType: 'ASSET', originatorId: '22222222-2222-4222-8222-222222222222' },
    { periodInSeconds: 5, originatorType: 'ASSET', originatorId: '22222222-2222-4222-8222-222222222222' },
  ],
  ['checkpoint', 0, { queueName: null }, { queueName: null }],
  ['rule-chain-input', 0, { ruleChainId: null }, { ruleChainId: null, forwardMsgToDefaultRuleChain: false }],
  [
    'device-profile',
    0,
    { persistAlarmRulesState: false },
    { persistAlarmRulesState: false, fetchAlarmRulesStateOnStart: false },
  ],
  [
    'device-profile',
    0,
    { persistAlarmRulesState: true, fetchAlarmRulesStateOnStart: true },
    { persistAlarmRulesState: true, fetchAlarmRulesStateOnStart: true },
  ],
  [
    'rest-api-call',
    0,
    { restEndpointUrlPattern: 'http://a', trimDoubleQuotes: true, trimQueue: true, maxQueueSize: 0, other: 1 },
    {
      restEndpointUrlPattern: 'http://a',
      parseToPlainText: true,
      maxInMemoryBufferSizeInKb: 256,
      requestBodyTemplate: null,
    },
  ],
  [
    'rest-api-call',
    1,
    { useRedisQueueForMsgPersistence: false, parseToPlainText: true },
    { parseToPlainText: true, maxInMemoryBufferSizeInKb: 256, requestBodyTemplate: null },
  ],
  ['rest-api-call', 2, {}, { maxInMemoryBufferSizeInKb: 256, requestBodyTemplate: null }],
  [
    'rest-api-call',
    3,
    { requestMethod: 'GET', maxInMemoryBufferSizeInKb: 512, queryParams: [], useSimpleClientHttpFactory: true },
    { requestMethod: 'GET', maxInMemoryBufferSizeInKb: 512, requestBodyTemplate: null },
  ],
  ['kafka', 0, { topicPattern: 't', keySerializer: 'a', valueSerializer: 'b' }, { topicPattern: 't' }],
  ['mqtt', 0, { host: 'h' }, { host: 'h', parseToPlainText: false, protocolVersion: 'MQTT_3_1' }],
  ['mqtt', 1, { parseToPlainText: true }, { parseToPlainText: true, protocolVersion: 'MQTT_3_1' }],
  ['azure-iot-hub', 0, { host: 'h' }, { host: 'h', protocolVersion: 'MQTT_3_1_1' }],
]

it.each(rows)('%s climbs from version %i: %j', (type, configurationVersion, configuration, expected) => {
  const manifest = registry.find(type)
  if (!manifest) throw new Error(`No node ${type}`)
  const upgraded = upgradeNodeConfig(manifest, { configuration, configurationVersion, queueName: null })
  expect(upgraded).toEqual({ configuration: expected, configurationVersion: manifest.configVersion, queueName: null })
})

it('has a row for every step of every ladder', () => {
  const steps = nodeManifests.flatMap(({ type, upgrades }) => Object.keys(upgrades).map((from) => `${type} ${from}`))
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.filter((step) => !rows.some(([type, from]) => `${type} ${from}` === step))).toEqual([])
})
