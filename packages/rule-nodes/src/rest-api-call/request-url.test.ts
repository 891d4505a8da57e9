import { expect, test } from 'vitest'
import { requestUrl } from './request-url.ts'

test.each([
  ['http://a.example.org', 'http://a.example.org'],
  ['http://a.example.org/p q/r?x=one two#f g', 'http://a.example.org/p%20q/r?x=one%20two#f%20g'],
  ['http://a.example.org/?x=1+2', 'http://a.example.org/?x=1+2'],
  ['http://a.example.org/?x=%2B', 'http://a.example.org/?x=%252B'],
  ['http://a.example.org/%20?x=%20', 'http://a.example.org/%2520?x=%2520'],
  ['http://a.example.org/?t=2026-11-21T10:00:00+01:00', 'http://a.example.org/?t=2026-11-21T10:00:00+01:00'],
  ['http://a.example.org/?a=b=c&d', 'http://a.example.org/?a=b%3Dc&d'],
  ['http://a.example.org/?a={"b":[1]}', 'http://a.example.org/?a=%7B%22b%22:%5B1%5D%7D'],
  ['http://a.example.org/ä?b=€', 'http://a.example.org/%C3%A4?b=%E2%82%AC'],
  ['http://ann:pw@a.example.org:8080/x', 'http://ann:pw@a.example.org:8080/x'],
])('as in old chains, %s is encoded as a whole', (given, sent) => expect(requestUrl(given, null)).toBe(sent))

test.each([
  ['http://a.example.org', [['x', '1']], 'http://a.example.org?x=1'],
  ['http://a.example.org/p%20q?y=%2B', [], 'http://a.example.org/p%20q?y=%2B'],
  ['http://a.example.org/?y=1', [['x', 'a:b+c d&e=f']], 'http://a.example.org/?y=1&x=a%3Ab%2Bc%20d%26e%3Df'],
  ['http://a.example.org/?', [['ä', '%']], 'http://a.example.org/?%C3%A4=%25'],
  ['http://a.example.org/#top', [['a', "!'()*"]], 'http://a.example.org/?a=%21%27%28%29%2A#top'],
])('%s gets encoded parameters', (given, params, sent) => {
  const pairs = params.map(([key = '', value = '']) => ({ key, value }))
  expect(requestUrl(given, pairs)).toBe(sent)
})

test.each([
  ['a.example.org/x', 'The address is no URL: a.example.org/x'],
  ['', 'The address is no URL: '],
  ['file:///etc/passwd', 'The address must begin with http:// or https:// and a host: file:///etc/passwd'],
  ['http://a.example.org/a|b', 'The address is not encoded: "|" may not stand in it'],
  ['http://a.example.org/100%', 'The address is not encoded: "%" may not stand in it'],
  [
    'mailto:ann@example.org?key=secret',
    'The address must begin with http:// or https:// and a host: mailto:ann@example.org',
  ],
])('%s cannot be called', (given, problem) => expect(() => requestUrl(given, [])).toThrow(problem))
