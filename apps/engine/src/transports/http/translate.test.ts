import { AppError } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { attributesQuery, bodyOfRefusal, pollTimeoutMs, statusOfError, statusOfRefusal } from './translate.ts'

test.each([
  ['PAYLOAD_MALFORMED', 500],
  ['RATE_LIMITED', 500],
  ['PAYLOAD_TOO_LARGE', 413],
  ['QUEUE_OVERLOADED', 503],
  ['QUEUE_UNAVAILABLE', 503],
  ['DATABASE_UNAVAILABLE', 503],
  ['AUTH_REQUIRED', 401],
] as const)('%s is told as %i', (code, status) => {
  expect(statusOfRefusal(code)).toBe(status)
  expect(statusOfError(new AppError(code))).toBe(status)
})

test('only a refusal whose status says nothing has a body', () => {
  expect(bodyOfRefusal('PAYLOAD_MALFORMED', 'no JSON')).toMatchObject({
    status: 500,
    message: 'no JSON',
    errorCode: 31,
  })
  expect(bodyOfRefusal('PAYLOAD_TOO_LARGE', 'x')).toBeNull()
  expect(bodyOfRefusal('INTERNAL', 'secret')).toBeNull()
})

test('an error nobody expected is 500', () => {
  expect(statusOfError(new TypeError('x'))).toBe(500)
})

test.each([
  [
    { clientKeys: 'a,b', sharedKeys: 'c' },
    { clientKeys: ['a', 'b'], sharedKeys: ['c'] },
  ],
  [{ clientKeys: '' }, {}],
  [{}, {}],
  [{ clientKeys: ['a', 'b'] }, {}],
])('attribute keys of %o', (query, keys) => {
  expect(attributesQuery(query)).toEqual(keys)
})

test.each([
  [{ timeout: '1500' }, 1_500],
  [{}, 60_000],
  [{ timeout: '0' }, 60_000],
  [{ timeout: 'soon' }, 60_000],
  [{ timeout: '999999999' }, 300_000],
])('a poll with %o waits %i ms', (query, timeoutMs) => {
  expect(pollTimeoutMs(query)).toBe(timeoutMs)
})
