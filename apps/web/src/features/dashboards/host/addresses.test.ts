import { describe, expect, it } from 'vitest'
import { imageAddress, safeAddress } from './addresses.ts'

describe('addresses that may be opened', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['tel:+49 30', 'tel:+49 30'],
    ['/devices/1?tab=x#y', '/devices/1?tab=x#y'],
    ['devices', '/devices'],
    ['//example.com/x', 'https://example.com/x'],
  ])('%s', (href, address) => {
    expect(safeAddress(href)).toBe(address)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://x/1',
    'file:///etc/passwd',
    'ftp://x',
    'http://',
    '',
    '   ',
  ])('%j is none', (href) => {
    expect(safeAddress(href)).toBeNull()
  })
})

describe('images of files', () => {
  it.each([
    ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['tb-image;/api/images/tenant/plan.svg', '/api/images/tenant/plan.svg'],
    ['/api/images/system/a%20b.png', '/api/images/system/a%20b.png'],
    ['/api/images/../session', null],
    ['https://evil.example/x.png', null],
    ['data:text/html,x', null],
    ['javascript:1', null],
    ['', null],
    [null, null],
  ])('%s', (link, address) => {
    expect(imageAddress(link)).toBe(address)
  })
})
