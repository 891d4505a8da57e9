import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScriptLanguage } from '@thingwire/contracts'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { compileTbel } from '@thingwire/tbel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf } from './format-pieces.ts'
import { formatScript } from './format-script.ts'

/** All scripts of the examples and of new nodes. */
const scriptsIn = (value: unknown): { language: ScriptLanguage; text: string }[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => {
    if (typeof member !== 'string') return scriptsIn(member)
    if (/^(?:jsScript|alarmDetailsBuildJs)$/.test(key)) return [{ language: 'JS', text: member }]
    return /^(?:tbelScript|alarmDetailsBuildTbel)$/.test(key) ? [{ language: 'TBEL', text: member }] : []
  })
}
const folder = join(import.meta.dirname, '../../../../../../packages/rule-nodes/src/fixtures')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const scripts = [
  ...files.flatMap((name) => scriptsIn(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
  ...nodeManifests.flatMap(({ defaults }) => scriptsIn(defaults)),
]
const unique = [...new Map(scripts.map((one) => [`${one.language} ${one.text}`, one])).values()]

const meaningOf = (text: string, language: ScriptLanguage): unknown =>
  language === 'TBEL'
    ? compileTbel(text, { args: [] })
    : piecesOf(text, language)?.flatMap(({ kind, text: source }) => (kind === 'comment' ? [] : [source]))

describe('formatting', () => {
  it('finds many scripts to be tried on', () => {
    expect(unique.length).toBeGreaterThan(15)
  })

  it.each(unique)('leaves the meaning of $language $text as it is, and does nothing the second time', (one) => {
    const { text, language } = one
    const meaning = meaningOf(text, language)
    const after = formatScript(text, language)
    const isBroken = language === 'TBEL' ? !compileTbel(text, { args: [] }).ok : meaning === undefined
    if (isBroken) expect(after).toBeNull()
    else {
      expect(after).not.toBeNull()
      expect(meaningOf(after ?? '', language)).toEqual(meaning)
      expect(formatScript(after ?? '', language)).toBe(after)
    }
  })

  it('never changes the meaning, however the text was spaced', () => {
    const blank = fc.constantFrom('', ' ', '  ', '\n', '\t', ' \n ')
    fc.assert(
      fc.property(fc.constantFrom(...unique), fc.infiniteStream(blank), ({ text, language }, blanks) => {
        const pieces = piecesOf(text, language) ?? []
        const spaced = pieces
          .map((piece) => piece.text + (piece.text.startsWith('//') ? '\n' : ' ') + blanks.next().value)
          .join('')
        const after = formatScript(spaced, language)
        if (after !== null) expect(meaningOf(after, language)).toEqual(meaningOf(spaced, language))
      }),
      { numRuns: 200 },
    )
  })

  it('indents by brackets, cases, and lines that go on', () => {
    const before = [
      'if(msg.a>1){',
      'foo({',
      'a:1,',
      'b : [1,2],',
      '});',
      '}else if (x)',
      'return   true ;',
      'switch(msgType){',
      "case 'a':",
      'return false;',
      'default:',
      'break;',
      '}',
      'return msg.a',
      '&& msg.b',
      '&& msg.c;',
    ].join('\n')
    expect(formatScript(before, 'JS')).toBe(
      [
        'if (msg.a > 1) {',
        '  foo({',
        '    a:1,',
        '    b : [1, 2],',
        '  });',
        '} else if (x)',
        '  return true;',
        'switch (msgType) {',
        "  case 'a':",
        '    return false;',
        '  default:',
        '    break;',
        '}',
        'return msg.a',
        '  && msg.b',
        '  && msg.c;',
      ].join('\n'),
    )
  })

  it('leaves texts, templates, patterns and comments alone', () => {
    const text =
      'var a = `x  $' +
      '{ b + c }\n    y  \n`;\nvar d = /a  =b/.test("p,q  ;r"); // as,it  is  \n/* one\n     two */\nreturn a;'
    expect(formatScript(text, 'JS')).toBe(text.replace('is  \n', 'is\n'))
    const tbel = "var a = 'x,y  =z'; // p=q\nforeach(one:[1,2]){\na=a+one;}\nreturn a;"
    expect(formatScript(tbel, 'TBEL')).toBe(
      "var a = 'x,y  =z'; // p=q\nforeach (one:[1, 2]) {\n  a = a+one; }\nreturn a;",
    )
  })

  it('keeps the unit that the text has', () => {
    expect(formatScript('if (a) {\n    b = 1;\nc = 2;\n}', 'JS')).toBe('if (a) {\n    b = 1;\n    c = 2;\n}')
    expect(formatScript('if (a) {\n\tb = 1;\nc = 2;\n}', 'JS')).toBe('if (a) {\n\tb = 1;\n\tc = 2;\n}')
  })

  it('does nothing to a text with errors', () => {
    expect(formatScript('if (a {', 'JS')).toBeNull()
    expect(formatScript('let a = 1', 'TBEL')).toBeNull()
  })
})
