import { expect, it } from 'vitest'
import { randomWord } from './random-word.ts'

it('a random word has the asked length, only its letters, and is another one each time', () => {
  const words = Array.from({ length: 50 }, () => randomWord(20))
  for (const word of words) expect(word).toMatch(/^[a-km-np-z2-9]{20}$/)
  expect(new Set(words).size).toBe(50)
})
