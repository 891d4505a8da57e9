import { expect, test } from 'vitest'
import { readHttp } from './read-request.ts'

const kindOf = (text: string) => readHttp(Buffer.from(text, 'latin1')).kind
const host = 'Host: a\r\n'

test.each([
  ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'request'],
  ['GET / HTTP/1.0\r\n\r\n', 'request'],
  ['GET / HTTP/1.1\r\nHost: a\r\n', 'incomplete'],
  [`POST / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nab`, 'incomplete'],
  ['GET / HTTP/1.1\r\n\r\n', 'broken'],
  [`GET / HTTP/11\r\n${host}\r\n`, 'broken'],
  [`GE(T / HTTP/1.1\r\n${host}\r\n`, 'broken'],
  [`GET / HTTP/1.1\r\n${host}no colon\r\n\r\n`, 'broken'],
  [`GET / HTTP/1.1\r\n${host}a : b\r\n\r\n`, 'broken'],
  [`GET / HTTP/1.1\r\n${host}a: \x01\r\n\r\n`, 'broken'],
  [`POST / HTTP/1.1\r\n${host}Content-Length: 1x\r\n\r\n`, 'broken'],
  [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`, 'broken'],
  [`POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 'doubtful'],
  [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\t\r\n\r\n0\r\n\r\n`, 'doubtful'],
  [`GET  / HTTP/1.1\r\n${host}\r\n`, 'doubtful'],
  [`GET / HTTP/1.1\n${host}\r\n`, 'doubtful'],
])('%j is %s', (text, kind) => {
  expect(kindOf(text)).toBe(kind)
})

test('a body ends where its length or its last chunk says', () => {
  const read = (text: string) => {
    const found = readHttp(Buffer.from(text))
    return found.kind === 'request' ? [found.parts.body.toString(), found.parts.rest] : found
  }
  expect(read(`POST / HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\nabcd`)).toEqual(['ab', 2])
  expect(read(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\nd`)).toEqual([
    'abc',
    1,
  ])
})

test('of a request that lacks its end the method is known once its head is there', () => {
  const read = (text: string) => readHttp(Buffer.from(text))
  expect(read(`GET / HTTP/1.1\r\n${host}Content-Length: 3\r\n`)).toEqual({ kind: 'incomplete' })
  expect(read(`GET / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nab`)).toEqual({ kind: 'incomplete', method: 'GET' })
})
