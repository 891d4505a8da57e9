import { defineNode } from '@thingwire/rules'
import { z } from 'zod'
import { credentialsSchema, flag, secret, table, text, whole } from '../outbound/settings.ts'
import { oldFlag } from '../old-flag.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'] as const

const param = z.object({
  key: z.string().meta({ title: 'Name', description: 'Of the parameter.', isPattern: true }),
  value: z.string().meta({ title: 'Value', description: 'Of the parameter.', isPattern: true }),
})

/** What most calls set. */
const headerNames = [
  'Content-Type',
  'Accept',
  'Authorization',
  'X-Api-Key',
  'X-Authorization',
  'If-Match',
  'Idempotency-Key',
  'User-Agent',
]

/** What the version before the last one knew; the step to the last one forgets everything else. */
const known = [
  'restEndpointUrlPattern',
  'requestMethod',
  'headers',
  'readTimeoutMs',
  'maxParallelRequestsCount',
  'parseToPlainText',
  'enableProxy',
  'useSystemProxyProperties',
  'proxyHost',
  'proxyPort',
  'proxyUser',
  'proxyPassword',
  'credentials',
  'ignoreRequestBody',
  'maxInMemoryBufferSizeInKb',
]

const without = (config: Record<string, unknown>, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !names.includes(name)))

export const restApiCall = defineNode({
  type: 'rest-api-call',
  className: 'org.thingsboard.rule.engine.rest.TbRestApiCallNode',
  name: 'rest api call',
  description: 'Calls an HTTP address for each message and goes on with the answer.',
  category: 'external',
  icon: 'globe',
  configVersion: 4,
  config: z.object({
    restEndpointUrlPattern: text('Address', 'URL to call.').meta({ isPattern: true }),
    requestMethod: z
      .enum(methods)
      .nullish()
      .transform((value) => value ?? 'POST')
      .meta({ title: 'Method', description: 'Method of the request.' }),
    queryParams: z.array(param).nullish().meta({
      title: 'Query parameters',
      description:
        'Names and values, encoded by the node; the address must then be encoded already. Missing: the whole address is encoded as it stands (as in old chains).',
    }),
    headers: table('Headers', 'Names and values are patterns.').meta({
      isPattern: true,
      suggest: headerNames,
      columns: ['Header', 'Value'],
    }),
    readTimeoutMs: whole('Time limit, ms', '0: as long as the server lets any call take.'),
    maxParallelRequestsCount: whole('Most requests at a time', 'Further ones wait; 0: no limit of its own.'),
    parseToPlainText: flag('Plain text', 'Send data that is one JSON text without its quotes.'),
    enableProxy: flag('Use a proxy', 'Send requests through a proxy.'),
    useSystemProxyProperties: flag('Proxy of the server', 'Take the proxy of the environment of the server.').meta({
      when: { enableProxy: [true] },
    }),
    proxyHost: text('Proxy host', 'Where the proxy is.').meta({
      when: { enableProxy: [true], useSystemProxyProperties: [false] },
    }),
    proxyPort: whole('Proxy port', 'Port of the proxy.', { most: 65_535 }).meta({
      when: { enableProxy: [true], useSystemProxyProperties: [false] },
    }),
    proxyUser: text('Proxy user', 'Empty: the proxy asks nobody.').meta({
      when: { enableProxy: [true], useSystemProxyProperties: [false] },
    }),
    proxyPassword: secret('Proxy password', 'The password of that user.').meta({
      when: { enableProxy: [true], useSystemProxyProperties: [false] },
    }),
    credentials: credentialsSchema,
    ignoreRequestBody: flag('Without a body', 'Send no body, whatever the method.'),
    requestBodyTemplate: z
      .string()
      .nullish()
      .meta({
        title: 'Body',
        description: 'Values are escaped for JSON. Empty: the data of the message.',
        isPattern: true,
        editor: 'lines',
        when: { ignoreRequestBody: [false] },
      }),
    maxInMemoryBufferSizeInKb: whole('Largest answer, KB', 'A larger answer is a failure.', { fallback: 256 }),
  }),
  defaults: {
    restEndpointUrlPattern: 'http://localhost/api',
    requestMethod: 'POST',
    queryParams: [],
    headers: { 'Content-Type': 'application/json' },
    readTimeoutMs: 0,
    maxParallelRequestsCount: 0,
    parseToPlainText: false,
    enableProxy: false,
    useSystemProxyProperties: false,
    proxyHost: null,
    proxyPort: 0,
    proxyUser: null,
    proxyPassword: null,
    credentials: { type: 'anonymous' },
    ignoreRequestBody: false,
    requestBodyTemplate: null,
    maxInMemoryBufferSizeInKb: 256,
  },
  connections: ['Success'],
  keepsCopies: true,
  upgrades: {
    0: (config) => ({
      ...without(config, 'trimDoubleQuotes'),
      parseToPlainText: config.parseToPlainText ?? oldFlag(config, 'trimDoubleQuotes'),
    }),
    1: (config) => without(config, 'useRedisQueueForMsgPersistence', 'trimQueue', 'maxQueueSize'),
    2: (config) => ({ ...config, maxInMemoryBufferSizeInKb: config.maxInMemoryBufferSizeInKb ?? 256 }),
    3: (config) =>
      'requestBodyTemplate' in config
        ? config
        : {
            ...Object.fromEntries(Object.entries(config).filter(([name]) => known.includes(name))),
            requestBodyTemplate: null,
          },
  },
})
