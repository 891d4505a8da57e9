import { expect, it } from 'vitest'
import { iconContent } from './safe-css.ts'

it.each([
  ['"check"', '"✓"'],
  ["'arrow_back'", '"←"'],
  ['"some_icon"', '""'],
  ['"constructor"', '""'],
  ['"Two words"', '"Two words"'],
  ['counter(step)', 'counter(step)'],
  ['""', '""'],
])('what a font of icons would show for %s is %s', (content, shown) => {
  expect(iconContent(content)).toBe(shown)
})
