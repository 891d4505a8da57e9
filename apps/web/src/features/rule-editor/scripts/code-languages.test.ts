import { getIndentation, indentUnit } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { languageOf } from './code-languages.ts'

it('indents TBEL by the brackets that are open, not by those in texts and comments', () => {
  const doc = [
    '// a { and a ( that say nothing',
    'foreach (one : [1, 2]) {',
    '  if (msg.text != "}" && one > 1) { /* ( */',
    '    limit = limit + one;',
    '  }',
    '}',
    'return msg.temperature > limit;',
    'after',
  ]
  const state = EditorState.create({ doc: doc.join('\n'), extensions: [languageOf('TBEL'), indentUnit.of('  ')] })
  const indents = doc.map((_, index) => getIndentation(state, state.doc.line(index + 1).from))
  expect(indents).toEqual([0, 0, 2, 4, 2, 0, 0, 0])
})
