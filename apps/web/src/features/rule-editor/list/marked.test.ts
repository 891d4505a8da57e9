import { describe, expect, it } from 'vitest'
import { marked } from './marked.ts'

const show = (text: string, sought: string) =>
  marked(text, sought)
    .map(({ part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join('')

describe('what is marked', () => {
  it.each([
    ['Too hot, too cold', 'TOO', '[Too] hot, [too] cold'],
    ['aaa', 'aa', '[aa]a'],
    ['nothing', 'x', 'nothing'],
    ['anything', '', 'anything'],
    ['a.b', '.', 'a[.]b'],
    ['', 'x', ''],
  ])('%s, sought %s', (text, sought, marks) => expect(show(text, sought)).toBe(marks))

  it('is nothing where lower case has other places', () => expect(show('İstanbul', 'bul')).toBe('İstanbul'))
})
