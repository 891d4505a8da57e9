import { describe, expect, it } from 'vitest'
import { formatWindow, parseWindow } from './time-window.ts'

describe('the time window in the URL', () => {
  it.each(['1m', '15m', '1h', '7d', '45s', '90m', '1700000000000~1700003600000'])(
    'survives reading and writing of %s',
    (text) => {
      const window = parseWindow(text)
      expect(window).not.toBeNull()
      expect(window && formatWindow(window)).toBe(text)
    },
  )

  it.each(['', '0m', '15', 'm', '-5m', '9999999d', '5~4', '1700000000000~', null, '<script>'])('ignores %j', (text) => {
    expect(parseWindow(text)).toBeNull()
  })
})
