import { AppError } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { errorBody, toAppError } from './error-edge.ts'

test('what the caller can mend is said', () => {
  expect(errorBody(new AppError('ARGUMENT_INVALID', 'Device name should be specified!'), 5)).toEqual({
    status: 400,
    message: 'Device name should be specified!',
    errorCode: 31,
    timestamp: 5,
  })
})

test.each([
  [new AppError('DATABASE_UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.1:5432'), 503, 'Database error'],
  [new AppError('INTERNAL', 'column "x" does not exist'), 500, 'Internal Server Error'],
  [new TypeError("Cannot read properties of undefined (reading 'secret')"), 500, 'Internal Server Error'],
  ['thrown text', 500, 'Internal Server Error'],
])('%s tells nothing of the inside', (thrown, status, message) => {
  expect(errorBody(toAppError(thrown), 5)).toMatchObject({ status, message })
})
