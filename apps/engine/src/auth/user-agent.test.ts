import { expect, test } from 'vitest'
import { parseUserAgent } from './user-agent.ts'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    { browser: 'Chrome 131', os: 'Windows 10', device: 'Other' },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
    { browser: 'Edge 131', os: 'Windows 10', device: 'Other' },
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    { browser: 'Firefox 133', os: 'Linux', device: 'Other' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    { browser: 'Safari 18', os: 'iOS 18', device: 'Phone' },
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    { browser: 'Chrome 131', os: 'Android 14', device: 'Phone' },
  ],
  ['curl/8.5.0', { browser: 'curl 8', device: 'Other' }],
  ['something of our own', {}],
  ['', {}],
  [undefined, {}],
])('%s', (header, expected) => {
  expect(parseUserAgent(header)).toEqual(expected)
})

test('a header of any length is looked at in no time', () => {
  expect(parseUserAgent(`${'Mozilla/5.0 iPhone '.repeat(10_000)} OS 1`)).toEqual({})
})
