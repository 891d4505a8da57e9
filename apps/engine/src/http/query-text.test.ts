import { expect, test } from 'vitest'
import { parseQueryText } from './query-text.ts'

const read = (text: string) => ({ ...parseQueryText(text) })

test('lists come repeated, with brackets or in one parameter', () => {
  expect(read('statusList=ACTIVE&statusList=ACK&page=0')).toEqual({ statusList: ['ACTIVE', 'ACK'], page: '0' })
  expect(read('statusList[]=ACTIVE&statusList[]=ACK&page=0')).toEqual({ statusList: ['ACTIVE', 'ACK'], page: '0' })
  expect(read('page=0&statusList%5B%5D=ACTIVE')).toEqual({ page: '0', statusList: 'ACTIVE' })
  expect(read('statusList=ACTIVE,ACK')).toEqual({ statusList: 'ACTIVE,ACK' })
})

test('brackets elsewhere are text', () => {
  expect(read('keys=a[],b&key=c%5B%5D&x[y]=1')).toEqual({ keys: 'a[],b', key: 'c[]', 'x[y]': '1' })
})

test('plus signs and escapes are decoded, broken ones stay text, and no name reaches a prototype', () => {
  expect(read('name=a+b%26c&empty=&alone')).toEqual({ name: 'a b&c', empty: '', alone: '' })
  expect(read('name=%E0%A4%A')).toEqual({ name: expect.any(String) })
  expect(parseQueryText('__proto__[]=1&constructor=2')).not.toHaveProperty('toString')
})
