import { describe, expect, it } from 'vitest'
import { safeNextPath, signInPath } from './next-path.ts'
import { renewalDelayMs } from './renewal.ts'

describe('the way back after sign-in', () => {
  it('keeps a deep link with its query', () => {
    expect(safeNextPath('/devices/1?tab=attributes')).toBe('/devices/1?tab=attributes')
    expect(signInPath('/devices?page=2')).toBe('/sign-in?next=%2Fdevices%3Fpage%3D2')
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil', 'javascript:alert(1)', '', null])(
    'does not lead to %j',
    (next) => {
      expect(safeNextPath(next)).toBe('/')
    },
  )

  it('does not lead back to itself', () => {
    expect(safeNextPath('/sign-in?next=/sign-in')).toBe('/')
    expect(signInPath('/')).toBe('/sign-in')
  })
})

describe('renewing a session', () => {
  it('happens a minute before the end', () => {
    expect(renewalDelayMs(1_000_000, 0)).toBe(940_000)
  })

  it('happens half way when the session is short, and never in a tight loop', () => {
    expect(renewalDelayMs(30_000, 0)).toBe(15_000)
    expect(renewalDelayMs(0, 5_000)).toBe(1_000)
  })

  it('does not overflow the timer', () => {
    expect(renewalDelayMs(Number.MAX_SAFE_INTEGER, 0)).toBe(2_147_483_647)
  })
})
