import { expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { frameAddress } from './address.ts'

const page = { origin: 'https://console.example', protocol: 'https:' }
const series = [caseSeries({ entity: 'Pump 1', dataKey: { label: 'id' }, points: [[0, '../../admin?x=1#y']] })]

it.each([
  ['https://example.org/', { url: 'https://example.org/' }],
  ['https://example.org/d?name=${entityName}', { url: 'https://example.org/d?name=Pump%201' }],
  ['https://example.org/d/${id}/x', { url: 'https://example.org/d/..%2F..%2Fadmin%3Fx%3D1%23y/x' }],
  ['', { refused: 'missing' }],
  ['example.org', { refused: 'scheme' }],
  ['javascript:alert(1)', { refused: 'scheme' }],
  ['java\tscript:alert(1)', { refused: 'scheme' }],
  ['data:text/html,x', { refused: 'scheme' }],
  ['blob:https://console.example/1', { refused: 'scheme' }],
  ['file:///etc/passwd', { refused: 'scheme' }],
  ['https://console.example/devices', { refused: 'own' }],
  ['https://console.example:443/', { refused: 'own' }],
  ['https://user:word@example.org/', { refused: 'own' }],
  ['http://example.org/', { refused: 'mixed' }],
])('%s', (pattern, address) => {
  expect(frameAddress(pattern, series, page)).toEqual(address)
})

it('a page without encryption may show one without', () => {
  const plain = { origin: 'http://console.example', protocol: 'http:' }
  expect(frameAddress('http://example.org/', [], plain)).toEqual({ url: 'http://example.org/' })
})
