import { describe, expect, it } from 'vitest'
import { copyName } from './copy-name.ts'

describe('the name of a copy', () => {
  it('says that it is one', () => expect(copyName('Pumps', 'copy', new Set(['Pumps']))).toBe('Pumps copy'))

  it('counts where there are copies already', () =>
    expect(copyName('Pumps', 'copy', new Set(['Pumps', 'Pumps copy', 'Pumps copy 2']))).toBe('Pumps copy 3'))

  it('is never longer than a name may be, and still ends with what it is', () => {
    const name = copyName('x'.repeat(255), 'copy', new Set())
    expect(name).toHaveLength(255)
    expect(name).toMatch(/x copy$/)
  })
})
