import { describe, expect, it } from 'vitest'
import { addLine, parseCall, printAnswer, recall, type TerminalLine } from './command-line.ts'

describe('a terminal', () => {
  it.each([
    ['reboot', { method: 'reboot', params: null }],
    ['  setPin  {"pin": 7}', { method: 'setPin', params: { pin: 7 } }],
    ['say hello there', { method: 'say', params: 'hello there' }],
    ['set 5', { method: 'set', params: 5 }],
    ['', null],
    ['   ', null],
  ])('reads %j as %j', (line, call) => {
    expect(parseCall(line)).toEqual(call)
  })

  it('prints text as it is, and anything else as JSON', () => {
    expect(printAnswer('up')).toBe('up')
    expect(printAnswer({ a: 1 })).toBe('{\n  "a": 1\n}')
    expect([printAnswer(undefined), printAnswer(null)]).toEqual(['', 'null'])
  })

  it('keeps the newest lines, with names of their own', () => {
    let lines: TerminalLine[] = []
    for (let n = 0; n < 600; n++) lines = addLine(lines, { kind: 'output', prompt: '', text: String(n) })
    expect(lines).toHaveLength(500)
    expect(lines.at(-1)).toMatchObject({ id: 600, text: '599' })
    expect(addLine([], { kind: 'output', prompt: '', text: 'x'.repeat(50_000) })[0]?.text.length).toBeLessThan(20_002)
  })

  it('goes back through what was typed, and forward to an empty line', () => {
    expect(recall(['one', 'two'], 1)).toEqual({ back: 1, text: 'two' })
    expect(recall(['one', 'two'], 9)).toEqual({ back: 2, text: 'one' })
    expect(recall(['one', 'two'], -1)).toEqual({ back: 0, text: '' })
  })
})
