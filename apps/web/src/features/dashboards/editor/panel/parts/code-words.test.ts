import { expect, it } from 'vitest'
import type { Suggest } from '../../../../rule-editor/scripts/code-types.ts'
import { functionWords, markWords } from './code-words.ts'

/** The labels at the bar in the text, and what is being completed. */
const at = (suggest: Suggest, marked: string, isAsked = false) => {
  const text = marked.replace('|', '')
  const place = marked.indexOf('|')
  const found = suggest(text, place, isAsked)
  return found && { word: text.slice(found.from, place), labels: found.options.map(({ label }) => label) }
}

it('completes arguments, and keys in brackets', () => {
  const suggest = functionWords(['value', 'data'], ['temperature', 'a key'])
  expect(at(suggest, 'return va|')?.word).toBe('va')
  expect(at(suggest, 'return va|')?.labels).toContain('value')
  expect(at(suggest, "data[0]['tem|']")).toEqual({ word: 'tem', labels: ['temperature', 'a key'] })
  expect(at(suggest, 'data["a k|')?.word).toBe('a k')
  expect(at(suggest, 'return |')).toBeNull()
  expect(at(suggest, 'return |', true)?.labels).toContain('data')
  expect(at(suggest, 'value.to|')).toBeNull()
  expect(at(functionWords(['value'], []), "data['|")).toBeNull()
})

it('completes marks of a text, and closes them', () => {
  const suggest = markWords(['temperature'])
  expect(at(suggest, '<b>${|')).toEqual({
    word: '',
    labels: ['temperature', 'entityName', 'entityLabel', 'entityType'],
  })
  expect(suggest('${te', 4, false)?.options[0]?.apply).toBe('temperature}')
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person types
  expect(suggest('${te}', 4, false)?.options[0]?.apply).toBe('temperature')
  expect(at(suggest, '<b>|')).toBeNull()
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a person types
  expect(at(suggest, '${a} te|')).toBeNull()
})
