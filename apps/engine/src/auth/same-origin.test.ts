import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const host = 'iot.example.org:8080'

test.each([
  [{ host, origin: 'http://iot.example.org:8080' }, true],
  [{ host: 'IoT.Example.org:8080', origin: 'http://iot.example.org:8080' }, true],
  [{ host, 'sec-fetch-site': 'same-origin' }, true],
  [{ host, origin: 'http://iot.example.org:8080', 'sec-fetch-site': 'same-origin' }, true],
  [{ host }, false],
  [{ host, origin: 'http://iot.example.org' }, false],
  [{ host, origin: 'http://evil.example' }, false],
  [{ host, origin: 'http://iot.example.org:8080.evil.example' }, false],
  [{ host, origin: 'null' }, false],
  [{ host, origin: '' }, false],
  [{ origin: 'http://iot.example.org:8080' }, false],
  [{ host, origin: 'http://iot.example.org:8080', 'sec-fetch-site': 'cross-site' }, false],
  [{ host, 'sec-fetch-site': 'same-site' }, false],
  [{ host, 'sec-fetch-site': 'none' }, false],
])('%j → %s', (headers, expected) => {
  expect(isSameOrigin(headers)).toBe(expected)
})
