import type { NodeCase } from '../node-case.ts'

const ok = (change: Record<string, unknown> = {}) => ({ status: 200, reason: 'OK', headers: [], body: '', ...change })
const data = '{"temperature":21.5,"name":"Hall \\"A\\"","nested":{"deep":true}}'

export const cases: NodeCase[] = [
  {
    title: 'sends the data of the message, and goes on with the answer',
    config: { restEndpointUrlPattern: 'https://api.example.org/${deviceName}' },
    messages: [{ data: '{"a":1}', metadata: { deviceName: 'hall' } }],
    answersOutside: [
      ok({
        headers: [
          ['Content-Type', ['application/json']],
          ['Set-Cookie', ['a=1', 'b=2']],
        ],
        body: '{"b":2}',
      }),
    ],
    leaves: [
      {
        by: 'Success',
        data: '{"b":2}',
        metadata: {
          deviceName: 'hall',
          status: 'OK',
          statusCode: '200',
          statusReason: 'OK',
          'Content-Type': 'application/json',
          'Set-Cookie': '["a=1","b=2"]',
        },
      },
    ],
    sent: [
      {
        kind: 'http',
        request: {
          method: 'POST',
          url: 'https://api.example.org/hall',
          headers: { 'Content-Type': 'application/json' },
          body: '{"a":1}',
        },
      },
    ],
  },
  {
    title: 'makes an empty object of an answer without a body',
    messages: [{}],
    answersOutside: [{ status: 204, reason: 'No Content', headers: [], body: '' }],
    leaves: [{ by: 'Success', data: '{}', metadata: { status: 'NO_CONTENT', statusReason: 'No Content' } }],
    sent: [{}],
  },
  {
    title: 'fails a message whose call is answered with an error, and keeps its data',
    config: { restEndpointUrlPattern: 'http://api.example.org/x?key=secret' },
    messages: [{ data: '{"a":1}', metadata: {} }],
    answersOutside: [{ status: 404, reason: 'Not Found', headers: [['X-A', ['1']]], body: 'no such thing' }],
    leaves: [
      {
        by: 'Failure',
        data: '{"a":1}',
        metadata: {
          status: 'Not Found',
          statusCode: '404',
          error_body: 'no such thing',
          error: '404 Not Found from POST http://api.example.org/x',
        },
        error: '404 Not Found from POST http://api.example.org/x',
      },
    ],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'takes a redirect for a failure and does not follow it',
    messages: [{ metadata: {} }],
    answersOutside: [
      { status: 302, reason: 'Found', headers: [['Location', ['http://elsewhere']]], body: 'over there' },
    ],
    leaves: [
      {
        by: 'Failure',
        metadata: { status: 'FOUND', statusCode: '302', Location: 'http://elsewhere', error_body: 'over there' },
        error: 'The answer was 302 Found',
      },
    ],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'fails only the message whose call came to nothing',
    config: { restEndpointUrlPattern: 'https://api.example.org/' },
    messages: [{ metadata: {} }, { metadata: {} }],
    answersOutside: [new Error('POST https://api.example.org/: connect ECONNREFUSED'), ok({ body: '1' })],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'POST https://api.example.org/: connect ECONNREFUSED' },
        error: 'POST https://api.example.org/: connect ECONNREFUSED',
      },
      { by: 'Success', data: '1' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'encodes query parameters, whose names and values are patterns',
    config: {
      requestMethod: 'GET',
      restEndpointUrlPattern: 'https://api.example.org/a%20b?x=1',
      queryParams: [
        { key: '${name}', value: '$[temperature]' },
        { key: 'at', value: '2026-11-21T10:00:00+01:00 &' },
      ],
    },
    messages: [{ data, metadata: { name: 'value of' } }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [
      {
        request: {
          method: 'GET',
          url: 'https://api.example.org/a%20b?x=1&value%20of=21.5&at=2026-11-21T10%3A00%3A00%2B01%3A00%20%26',
          body: null,
        },
      },
    ],
  },
  {
    title: 'encodes the whole address of an old chain, also what was encoded before',
    config: { queryParams: null, restEndpointUrlPattern: 'https://api.example.org/a b?x=1+2&y=%2B&z=ä' },
    messages: [{}],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { url: 'https://api.example.org/a%20b?x=1+2&y=%252B&z=%C3%A4' } }],
  },
  {
    title: 'fails an address that nobody can call, and tells no secrets of it',
    config: { restEndpointUrlPattern: '${url}' },
    messages: [
      { metadata: { url: 'example.org/api' } },
      { metadata: { url: 'ftp://example.org/a?key=1' } },
      { metadata: { url: 'https://example.org/a b' } },
    ],
    leaves: [
      {
        by: 'Failure',
        error: 'The address is no URL: example.org/api',
      },
      {
        by: 'Failure',
        error: 'The address must begin with http:// or https:// and a host: ftp://example.org/a',
      },
      { by: 'Failure', error: 'The address is not encoded: " " may not stand in it' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'makes the body of a template, with values escaped for JSON',
    config: { requestBodyTemplate: '{"who":"$[name]","t":$[temperature],"all":$[*],"from":"${deviceName}"}' },
    messages: [{ data, metadata: { deviceName: 'He said "hi"' } }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [
      {
        request: {
          body: `{"who":"Hall \\"A\\"","t":21.5,"all":${data},"from":"He said \\"hi\\""}`,
        },
      },
    ],
  },
  {
    title: 'fails a template that is no JSON with the values of the message, and one whose data is none',
    config: { requestBodyTemplate: '{"t":$[missing]}' },
    messages: [{ data: '{}' }, { data: 'text' }],
    leaves: [
      { by: 'Failure', error: 'requestBodyTemplate: with the values of the message it is no JSON' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'sends plain text without quotes and templates without escapes, when it is set to',
    config: { parseToPlainText: true },
    messages: [{ data: '"hello"' }, { data: '{"a":"b"}' }],
    answersOutside: [ok(), ok()],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    sent: [{ request: { body: 'hello' } }, { request: { body: '{"a":"b"}' } }],
  },
  {
    title: 'sends a filled template as plain text',
    config: { parseToPlainText: true, requestBodyTemplate: 'name=$[name]' },
    messages: [{ data }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { body: 'name=Hall "A"' } }],
  },
  {
    title: 'sends a body with DELETE, and none when that is ignored',
    config: { requestMethod: 'DELETE' },
    messages: [{ data: '{"a":1}' }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { method: 'DELETE', body: '{"a":1}' } }],
  },
  {
    title: 'sends no body with DELETE when bodies are ignored',
    config: { requestMethod: 'DELETE', ignoreRequestBody: true },
    messages: [{ data: '{"a":1}' }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { method: 'DELETE', body: null } }],
  },
  {
    title: 'fills headers and signs in with user and password',
    config: {
      headers: { 'X-${deviceName}': '$[temperature]' },
      credentials: { type: 'basic', username: 'ann', password: 'pw' },
    },
    messages: [{ data, metadata: { deviceName: 'Hall' } }],
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { headers: { 'X-Hall': '21.5', Authorization: 'Basic YW5uOnB3' } } }],
  },
  {
    title: 'opens its client with certificate, proxy and limits',
    config: {
      credentials: { type: 'cert.PEM', caCert: 'ca', cert: 'cert', privateKey: 'key', password: 'pw' },
      enableProxy: true,
      proxyHost: 'proxy.example.org',
      proxyPort: 3128,
      proxyUser: 'ann',
      proxyPassword: 'pw',
      readTimeoutMs: 900,
      maxInMemoryBufferSizeInKb: 4,
    },
    answersOutside: [ok()],
    leaves: [{ by: 'Success' }],
    sent: [{}],
    opened: [
      {
        timeoutMs: 900,
        mostAnswerBytes: 4_096,
        proxy: { host: 'proxy.example.org', port: 3128, user: 'ann', password: 'pw' },
        tls: { ca: 'ca', cert: 'cert', key: 'key', passphrase: 'pw' },
      },
    ],
  },
  {
    title: 'does not start when answers may be larger than the server allows',
    config: { maxInMemoryBufferSizeInKb: 25_001 },
    leaves: [],
    refuses: 'maxInMemoryBufferSizeInKb: the server allows 25000 KB at most',
  },
  {
    title: 'does not start with a query parameter that has no value',
    config: { queryParams: [{ key: 'a', value: null }] },
    leaves: [],
    refuses:
      'Invalid configuration of "rest api call": queryParams.0.value: Invalid input: expected string, received null',
  },
  {
    title: 'does not start with half a proxy',
    config: { enableProxy: true, proxyHost: 'proxy.example.org' },
    leaves: [],
    refuses: 'proxyHost and proxyPort: a proxy needs both',
  },
]
