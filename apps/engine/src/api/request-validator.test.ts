import { expect, test } from 'vitest'
import { z } from 'zod'
import { pageQuerySchema } from './page-query.ts'
import { requestValidator } from './request-validator.ts'

const validating = (schema: z.ZodType, httpPart = 'querystring') =>
  requestValidator({ schema, httpPart, method: 'GET', url: '/' })
const schema = z.object({
  interval: z.string().regex(/^\d+$/).transform(Number).default(0),
  status: z.enum(['ACTIVE', 'CLEARED']).optional(),
  text: z.string().optional(),
})

test('an empty parameter that cannot be a value counts as not sent', () => {
  const validate = validating(schema)
  expect(validate({ interval: '', status: '' })).toEqual({ value: { interval: 0 } })
  expect(validate({ interval: '5', status: '' })).toEqual({ value: { interval: 5 } })
})

test('an empty text is a value where texts are', () => {
  expect(validating(schema)({ text: '' })).toEqual({ value: { interval: 0, text: '' } })
})

test('a required parameter that is empty is missing, and wrong ones stay wrong', () => {
  expect(validating(pageQuerySchema)({ pageSize: '', page: '0', sortOrder: '' })).toMatchObject({
    error: [{ message: expect.stringContaining("'pageSize'") }],
  })
  expect(validating(schema)({ interval: 'x', status: '' })).toHaveProperty('error')
  expect(validating(schema)({ interval: 'x' })).toHaveProperty('error')
})

test('the order of a page may be sent empty', () => {
  expect(
    validating(pageQuerySchema)({ pageSize: '10', page: '0', textSearch: '', sortProperty: '', sortOrder: '' }),
  ).toEqual({ value: { pageSize: 10, page: 0 } })
})

test('bodies are taken as they are', () => {
  expect(validating(schema, 'body')({ status: '' })).toHaveProperty('error')
})
