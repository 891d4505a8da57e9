import { describe, expect, it } from 'vitest'
import type { ScriptsPort } from '../ports.ts'
import { scriptsInRealm } from './scripts-in-realm.ts'
import { chosenScript, scriptProblem, type ScriptSource } from './script.ts'
import {
  loadFilterScript,
  loadGeneratorScript,
  loadJsonScript,
  loadSwitchScript,
  loadTextScript,
  loadUpdateScript,
} from './use-script.ts'

const scripts = scriptsInRealm(() => 'TBEL is not translated here')
const input = { data: '{"t":1}', metadata: { prevAlarmDetails: '{"n":1}' }, type: 'ALARM' }
const { signal } = new AbortController()
const node = { ruleChainId: 'chain', nodeId: 'node', suspended: () => {}, ports: { scripts } }
const given = (body: string) => ({ node, language: 'JS' as const, body })

describe('a script of a node answers in the form of its kind', () => {
  it.each([
    ['filter', loadFilterScript, 'return msg.t === 1;', true],
    ['switch', loadSwitchScript, "return ['a', 'b', 'a'];", ['a', 'b']],
    ['text', loadTextScript, 'return msgType;', 'ALARM'],
    [
      'details',
      loadJsonScript,
      'const details = JSON.parse(metadata.prevAlarmDetails); delete metadata.prevAlarmDetails; details.n++; return details;',
      '{"n":2}',
    ],
    [
      'update',
      loadUpdateScript,
      "return [{msg: 1}, {msgType: 'X'}];",
      [
        { ...input, data: '1' },
        { ...input, type: 'X' },
      ],
    ],
    [
      'generator',
      loadGeneratorScript,
      'return {msg: {t: prevMsg.t + 1}, metadata: {data: 40}, msgType: prevMsgType};',
      [{ data: '{"t":2}', metadata: { data: '40' }, type: 'ALARM' }],
    ],
  ] as const)('%s', async (_name, load, body, value) => {
    const script = await load(given(body))
    expect(await script([input], signal)).toEqual([{ ok: true, value }])
  })
})

it('a generator makes one message, never a list', async () => {
  const script = await loadGeneratorScript(given('return [];'))
  expect(await script([input], signal)).toEqual([{ ok: false, error: 'Wrong result type: ARRAY' }])
})

/** A script of a runner that does as it likes. */
const givenBy = (load: ScriptsPort['load']) => ({
  ...given('return true;'),
  node: { ...node, ports: { scripts: { load } } },
})

it('each message has an answer, also when the runner gives too few', async () => {
  const script = await loadFilterScript(givenBy(async () => async () => []))
  expect(await script([input], signal)).toEqual([{ ok: false, error: 'The script gave no answer' }])
})

it('metadata that no script can have written fails its message', async () => {
  const load = async () => async () => [{ ok: true as const, value: [null, '[1]', null] }]
  const script = await loadUpdateScript(givenBy(load))
  expect(await script([input], signal)).toEqual([{ ok: false, error: 'Script result cannot be read' }])
})

it('no language means JavaScript', () => {
  const bodies = { jsScript: 'js', tbelScript: 'tbel' }
  expect(chosenScript({ scriptLang: null, ...bodies })).toEqual({ language: 'JS', body: 'js' })
  expect(chosenScript({ scriptLang: 'TBEL', ...bodies })).toEqual({ language: 'TBEL', body: 'tbel' })
  expect(chosenScript({})).toEqual({ language: 'JS', body: '' })
})

describe('a script is refused unseen', () => {
  const source: ScriptSource = { language: 'JS', kind: 'filter', argNames: ['msg'], body: 'return true;' }
  it.each([
    ['when it is blank', { body: ' \n' }, 'JS script is blank!'],
    ['when it is too long', { body: 'x'.repeat(50_001) }, 'Script body exceeds 50000 characters'],
    ['with too many arguments', { argNames: ['a', 'b', 'c', 'd'] }, 'A script has three arguments at most'],
    ['with an argument that is code', { argNames: ['a = 1'] }, 'a = 1 cannot be the name of an argument'],
    [
      'when it wants to go on later',
      { body: 'return await msg;' },
      "Script must not contain 'await': it has to return its result at once",
    ],
  ])('%s', (_name, change, problem) => {
    expect(scriptProblem({ ...source, ...change })).toBe(problem)
  })

  it('but words in texts and comments are no words of it, and TBEL has other ones', () => {
    expect(scriptProblem({ ...source, body: '/* await */ return "Promise" === \'async\'; // setTimeout' })).toBeNull()
    expect(scriptProblem({ ...source, language: 'TBEL', body: 'var async = 1;' })).toBeNull()
  })
})
