import { createNodeRegistry, upgradeNodeConfig } from '@thingwire/rules'
import { expect, it } from 'vitest'
import { nodeManifests } from './manifests.ts'

const registry = createNodeRegistry(nodeManifests)
const every = { type: 'ON_EVERY_MESSAGE' }
const restOf = { maxInMemoryBufferSizeInKb: 256, requestBodyTemplate: null }

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
  [
    'gps-geofencing-events',
    0,
    { perimeterType: 'POLYGON', minInsideDuration: 5 },
    { perimeterType: 'POLYGON', minInsideDuration: 5, reportPresenceStatusOnEachMessage: false },
  ],
  ['save-to-custom-table', 0, { tableName: 'a' }, { tableName: 'a', defaultTtl: 0 }],
  [
    'check-relation-presence',
    0,
    { direction: 'FROM', checkForSingleEntity: true, entityId: null, entityType: null, relationType: 'Contains' },
    { direction: 'TO', checkForSingleEntity: true, entityId: null, entityType: null, relationType: 'Contains' },
  ],
  [
    'check-relation-presence',
    0,
    { direction: 'TO', checkForSingleEntity: false, relationType: 'Manages' },
    { direction: 'FROM', checkForSingleEntity: false, relationType: 'Manages' },
  ],
  [
    'calculate-delta',
    0,
    { inputValueKey: 'a', outputValueKey: 'b', useCache: false },
    { inputValueKey: 'a', outputValueKey: 'b', useCache: false, excludeZeroDeltas: false },
  ],
  ['fetch-device-credentials', 0, { fetchToMetadata: true }, { fetchTo: 'METADATA' }],
  ['fetch-device-credentials', 0, { fetchToMetadata: false }, { fetchTo: 'DATA' }],
  [
    'originator-attributes',
    0,
    { fetchToData: true, serverAttributeNames: ['a'], tellFailureIfAbsent: true },
    { fetchTo: 'DATA', serverAttributeNames: ['a'], tellFailureIfAbsent: true },
  ],
  ['originator-attributes', 0, { fetchToData: null }, { fetchTo: 'METADATA' }],
  ['originator-attributes', 0, {}, { fetchTo: 'METADATA' }],
  [
    'related-device-attributes',
    0,
    { fetchToData: false, deviceRelationsQuery: { direction: 'FROM' } },
    { fetchTo: 'METADATA', deviceRelationsQuery: { direction: 'FROM' } },
  ],
  [
    'customer-attributes',
    0,
    { attrMapping: { a: 'b' }, telemetry: false },
    { dataMapping: { a: 'b' }, dataToFetch: 'ATTRIBUTES', fetchTo: 'METADATA' },
  ],
  [
    'tenant-attributes',
    0,
    { attrMapping: { a: 'b' }, telemetry: 'true' },
    { dataMapping: { a: 'b' }, dataToFetch: 'LATEST_TELEMETRY', fetchTo: 'METADATA' },
  ],
  [
    'related-entity-data',
    0,
    { attrMapping: { a: 'b' }, telemetry: 'false', relationsQuery: { direction: 'TO' } },
    { dataMapping: { a: 'b' }, dataToFetch: 'ATTRIBUTES', fetchTo: 'METADATA', relationsQuery: { direction: 'TO' } },
  ],
  [
    'originator-fields',
    0,
    { fieldsMapping: { name: 'a' }, ignoreNullStrings: true },
    { dataMapping: { name: 'a' }, ignoreNullStrings: true, fetchTo: 'METADATA' },
  ],
  [
    'customer-details',
    0,
    { detailsList: ['TITLE'], addToMetadata: true },
    { detailsList: ['TITLE'], fetchTo: 'METADATA' },
  ],
  ['tenant-details', 0, { detailsList: [], addToMetadata: false }, { detailsList: [], fetchTo: 'DATA' }],
  [
    'originator-telemetry',
    0,
    { fetchMode: 'FIRST', limit: 5 },
    { fetchMode: 'FIRST', limit: 5, orderBy: 'ASC', aggregation: 'NONE' },
  ],
  [
    'originator-telemetry',
    0,
    { fetchMode: 'LAST', orderBy: 'ASC', aggregation: 'MIN' },
    { fetchMode: 'LAST', limit: 1_000, orderBy: 'DESC', aggregation: 'NONE' },
  ],
  [
    'originator-telemetry',
    0,
    { fetchMode: 'ALL', orderBy: '', aggregation: 'MIN', limit: 10 },
    { fetchMode: 'ALL', limit: 10, orderBy: 'ASC', aggregation: 'MIN' },
  ],
  [
    'originator-telemetry',
    0,
    { fetchMode: 'WHATEVER', limit: 10 },
    { fetchMode: 'LAST', limit: 10, orderBy: 'DESC', aggregation: 'NONE' },
  ],
  [
    'originator-telemetry',
    1,
    { fetchMode: 'ALL', aggregation: null },
    { fetchMode: 'ALL', limit: 1_000, orderBy: 'ASC', aggregation: 'NONE' },
  ],
  ['originator-telemetry', 1, { fetchMode: 'FIRST' }, { fetchMode: 'FIRST', limit: 1_000 }],
  ['copy-key-value-pairs', 0, { fromMetadata: false, keys: ['a'] }, { copyFrom: 'DATA', keys: ['a'] }],
  ['copy-key-value-pairs', 0, { fromMetadata: true, keys: [] }, { copyFrom: 'METADATA', keys: [] }],
  ['copy-key-value-pairs', 1, { fromMetadata: 'METADATA', keys: [] }, { copyFrom: 'METADATA', keys: [] }],
  ['copy-key-value-pairs', 1, { copyFrom: 'DATA', keys: ['a'] }, { copyFrom: 'DATA', keys: ['a'] }],
  ['delete-key-value-pairs', 0, { fromMetadata: true, keys: ['a'] }, { deleteFrom: 'METADATA', keys: ['a'] }],
  ['delete-key-value-pairs', 1, { dataToFetch: 'DATA', keys: ['a'] }, { deleteFrom: 'DATA', keys: ['a'] }],
  [
    'rename-keys',
    0,
    { fromMetadata: false, renameKeysMapping: { a: 'b' } },
    { renameIn: 'DATA', renameKeysMapping: { a: 'b' } },
  ],
  [
    'rename-keys',
    1,
    { fromMetadata: 'METADATA', renameKeysMapping: { a: 'b' } },
    { renameIn: 'METADATA', renameKeysMapping: { a: 'b' } },
  ],
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
  // What a file says already is not overwritten, whatever version it claims to have.
  [
    'save-time-series',
    0,
    { defaultTTL: 5, processingSettings: { type: 'WEBSOCKETS_ONLY' } },
    { defaultTTL: 5, processingSettings: { type: 'WEBSOCKETS_ONLY' } },
  ],
  [
    'save-attributes',
    0,
    {
      scope: 'SHARED_SCOPE',
      updateAttributesOnlyOnValueChange: true,
      processingSettings: { type: 'WEBSOCKETS_ONLY' },
      notifyDevice: 'maybe',
    },
    {
      scope: 'SHARED_SCOPE',
      notifyDevice: true,
      sendAttributesUpdatedNotification: false,
      updateAttributesOnlyOnValueChange: true,
      processingSettings: { type: 'WEBSOCKETS_ONLY' },
    },
  ],
  ['save-to-custom-table', 0, { tableName: 'a', defaultTtl: 60 }, { tableName: 'a', defaultTtl: 60 }],
  [
    'rule-chain-input',
    0,
    { ruleChainId: null, forwardMsgToDefaultRuleChain: true },
    { ruleChainId: null, forwardMsgToDefaultRuleChain: true },
  ],
  [
    'gps-geofencing-events',
    0,
    { perimeterType: 'CIRCLE', reportPresenceStatusOnEachMessage: true },
    { perimeterType: 'CIRCLE', reportPresenceStatusOnEachMessage: true },
  ],
  [
    'rest-api-call',
    0,
    { requestMethod: 'GET', trimDoubleQuotes: true, parseToPlainText: false, requestBodyTemplate: '$[*]' },
    { requestMethod: 'GET', parseToPlainText: false, requestBodyTemplate: '$[*]', maxInMemoryBufferSizeInKb: 256 },
  ],
  // Flags are words at times, and one that is left out is not set.
  [
    'save-time-series',
    0,
    { skipLatestPersistence: 'true' },
    {
      processingSettings: {
        type: 'ADVANCED',
        timeseries: every,
        latest: { type: 'SKIP' },
        webSockets: every,
        calculatedFields: every,
      },
    },
  ],
  ['fetch-device-credentials', 0, { fetchToMetadata: 'true' }, { fetchTo: 'METADATA' }],
  ['fetch-device-credentials', 0, {}, { fetchTo: 'DATA' }],
  ['originator-attributes', 0, { fetchToData: 'true' }, { fetchTo: 'DATA' }],
  ['customer-details', 0, { detailsList: ['TITLE'] }, { detailsList: ['TITLE'], fetchTo: 'DATA' }],
  ['tenant-details', 0, { detailsList: [], addToMetadata: 'true' }, { detailsList: [], fetchTo: 'METADATA' }],
  ['copy-key-value-pairs', 0, { fromMetadata: 'true', keys: [] }, { copyFrom: 'METADATA', keys: [] }],
  ['copy-key-value-pairs', 0, { keys: [] }, { copyFrom: 'DATA', keys: [] }],
  [
    'customer-attributes',
    0,
    { attrMapping: { a: 'b' } },
    { dataMapping: { a: 'b' }, dataToFetch: 'ATTRIBUTES', fetchTo: 'METADATA' },
  ],
  [
    'device-profile',
    0,
    { persistAlarmRulesState: 'false', fetchAlarmRulesStateOnStart: true },
    { persistAlarmRulesState: 'false', fetchAlarmRulesStateOnStart: false },
  ],
  ['device-profile', 0, {}, {}],
  ['rest-api-call', 0, { trimDoubleQuotes: 'true' }, { ...restOf, parseToPlainText: true }],
  [
    'generator',
    1,
    { periodInSeconds: 5, originatorType: 'DEVICE', originatorId: ' ' },
    { periodInSeconds: 5, originatorType: 'RULE_NODE', originatorId: null },
  ],
  // The very first relation nodes had another name for the type.
  [
    'create-relation',
    0,
    { direction: 'TO', relationTypePattern: 'Contains', entityCacheExpiration: 300 },
    { direction: 'FROM', relationType: 'Contains' },
  ],
]

it.each(rows)('%s climbs from version %i: %j', (type, configurationVersion, configuration, expected) => {
  const manifest = registry.find(type)
  if (!manifest) throw new Error(`No node ${type}`)
  const upgraded = upgradeNodeConfig(manifest, { configuration, configurationVersion, queueName: null })
  expect(upgraded).toEqual({ configuration: expected, configurationVersion: manifest.configVersion, queueName: null })
})

it.each([
  ['create-relation', { entityCacheExpiration: 300, direction: 'AROUND' }],
  ['copy-key-value-pairs', { fromMetadata: 'perhaps' }],
])('%s gives up a configuration that makes no sense: %j', (type, configuration) => {
  const manifest = registry.find(type)
  if (!manifest) throw new Error(`No node ${type}`)
  expect(upgradeNodeConfig(manifest, { configuration, configurationVersion: 0, queueName: null })).toMatchObject({
    configuration: manifest.defaults,
    warning: expect.stringContaining('neither'),
  })
})

it('has a row for every step of every ladder', () => {
  const steps = nodeManifests.flatMap(({ type, upgrades }) => Object.keys(upgrades).map((from) => `${type} ${from}`))
  expect(steps.length).toBeGreaterThan(0)
  expect(steps.filter((step) => !rows.some(([type, from]) => `${type} ${from}` === step))).toEqual([])
})
