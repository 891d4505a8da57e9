import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import { nodeScriptProblems } from './node-script-problems.ts'
import { scriptOfClass, textIn } from './script-kinds.ts'
import type { ScriptFrame } from './script-problem.ts'
import { scriptProblems } from './script-problems.ts'

const frame: ScriptFrame = {
  ...{ language: 'JS', kind: 'filter', imports: [], libraries: [], labels: null },
  args: ['msg', 'metadata', 'msgType'],
}
const look = (text: string, change: Partial<ScriptFrame> = {}) =>
  scriptProblems(text, { ...frame, ...change }).map(({ severity, key, from, to, values }) =>
    [severity, key, text.slice(from, to), values.text ?? values.type].filter((one) => one !== undefined).join(' '),
  )
const tbel = (text: string, change: Partial<ScriptFrame> = {}) => look(text, { language: 'TBEL', ...change })

const scripted = nodeManifests.flatMap((manifest) => {
  const script = scriptOfClass(manifest.className)
  return script ? (['JS', 'TBEL'] as const).map((language) => ({ manifest, script, language })) : []
})

it('knows the scripts of seven nodes', () => {
  expect(scripted).toHaveLength(14)
})

it.each(scripted)('has nothing against what a new $manifest.name begins with in $language', ({ manifest, ...one }) => {
  const { script, language } = one
  const text = textIn(manifest.defaults, script, language)
  expect(text).not.toBe('')
  expect(scriptProblems(text, { ...frame, language, kind: script.kind, args: script.args })).toEqual([])
})

describe('errors', () => {
  it('say where the language stops understanding', () => {
    expect(look('return msg.a >;')).toEqual(['error syntax ; Unexpected token'])
    expect(look('if (msg.a) {\n  return true;\n')[0]).toMatch(/^error syntax/)
    expect(look('}{')[0]).toMatch(/^error syntax \}/)
    expect(tbel('return msg.a >;')[0]).toMatch(/^error syntax ;/)
    expect(tbel('let a = 1; return a > 2;')[0]).toMatch(/^error syntax let/)
    const [problem] = scriptProblems('var a = 1;\n  return a +;', frame)
    expect(problem).toMatchObject({ line: 2, column: 13 })
  })

  it('are what the engine refuses without reading', () => {
    expect(look('  ')).toEqual(['error refused   JS script is blank!'])
    expect(look('return true;\nawait x;')[0]).toMatch(/^error refused await/)
  })

  it('are libraries that there are not', () => {
    expect(look('// @use unitz\nreturn toF(msg.c) > 2;', { libraries: ['units'] })).toEqual([
      'error unknownLibrary unitz',
    ])
    expect(look('// @use units\nreturn toF(msg.c) > 2;', { libraries: ['units'], imports: ['toF'] })).toEqual([])
  })
})

describe('hints', () => {
  it('are names that nobody sets', () => {
    expect(look('return mgs.a > 1;')).toEqual(['warning unknownName mgs'])
    expect(look('console.log(1); return true;')).toEqual(['warning unknownName console'])
    expect(tbel('return mgs.a > 1;')).toEqual(['warning unknownName mgs'])
    expect(tbel('return tofixed(msg.a, 1) > 1;')).toEqual(['warning unknownFunction tofixed'])
    expect(look('return anything;', { imports: null })).toEqual([])
  })

  it('are not names of all the ways to set one', () => {
    const text = `
var {a, b: [c = 1], ...rest} = msg;
function twice(x) { return x * 2; }
const add = (p, {q}) => p + q;
for (const one of msg.list) { total = one; }
try { JSON.parse(msg.text); } catch (error) { delete msg.text; }
outer: for (k in msg) { break outer; }
class Thing { size = 1; grow(by) { return this.size + by; } }
var o = { key: a, twice, [c]: 1 };
return typeof nothing === 'string' || twice(a) + c + rest.z + add(1, {q: 2}) + total + k + new Thing().grow(1) > o.key;`
    expect(look(text)).toEqual([])
    expect(
      tbel(`
def twice(x) { x * 2 }
var list = [1, 2];
foreach (one : list) { total = one; }
for (int i = 0; i < 3; i++) { total = total + i; }
var m = {key: twice(2), 'other': list.size()};
if (isdef nothing) { return false; }
return Math.abs(m.key) > total && java.util.Arrays.asList(1).size() > 0;`),
    ).toEqual([])
  })

  it('are functions that nobody calls, and ends of loops without a loop', () => {
    expect(tbel('def toFixed(n) { n } return toFixed(msg.a, 1) > 1;')).toEqual(['warning hiddenFunction toFixed'])
    expect(tbel('if (msg.a > 1) { break; } return true;')).toEqual(['warning noLoop break'])
    expect(tbel('for (a : msg.list) { def f() { continue; } f(); } return true;')).toEqual(['warning noLoop continue'])
    expect(tbel('switch (msg.a) { case 1: break; default: continue; } return true;')).toEqual([
      'warning noLoop continue',
    ])
    expect(tbel('while (msg.a > 1) { if (msg.b) { continue; } break; } return true;')).toEqual([])
  })

  it('are conditions that set something', () => {
    expect(look('if (msg.a = 1) { return true; } return false;')).toEqual(['warning assignsInCondition msg.a = 1'])
    expect(tbel('if (msg.a = 1) { return true; } return false;')).toEqual(['warning assignsInCondition ='])
  })

  it('are scripts that return nothing, or not always', () => {
    expect(look('msg.a > 1;')).toEqual(['warning neverReturns ;'])
    expect(look('if (msg.a) { return true; }')).toEqual(['warning mayReturnNothing }'])
    expect(look('if (msg.a) { return; }\nreturn true;')).toEqual(['warning mayReturnNothing return;'])
    expect(look('if (msg.a) { return true; } else { throw new Error("x"); }')).toEqual([])
    expect(look('switch (msg.a) { case 1: case 2: return true; default: return false; }')).toEqual([])
    expect(look('return [1].map(function (x) { return; }).length > 0;')).toEqual([])
    expect(tbel('msg.a > 1')).toEqual([])
  })

  it('are labels that lead nowhere', () => {
    const wired = { kind: 'switch', labels: ['Hot', 'cold'] } as const
    expect(look("return msg.t > 2 ? 'hot' : 'Cold';", wired)).toEqual([])
    expect(look("return ['Hot', 'Warm'];", wired)).toEqual(["warning noWire 'Warm'"])
    expect(tbel("return ['Hot', 'Warm'];", wired)).toEqual(["warning noWire 'Warm'"])
    expect(tbel('msg.t > 2 ? "hot" : "lukewarm"', wired)).toEqual(['warning noWire "lukewarm"'])
    expect(look("return 'Warm';", { kind: 'switch' })).toEqual([])
  })

  it('are results that the node cannot use', () => {
    expect(look("return 'True';")).toEqual(["warning wrongResult 'True' text"])
    expect(look('return msg.a ? 1 : false;')).toEqual(['warning wrongResult 1 number'])
    expect(look('return !msg.a && msg.b;')).toEqual([])
    expect(look('return true;', { kind: 'switch' })).toEqual(['warning wrongResult true flag'])
    expect(look("return ['a', 1];", { kind: 'switch' })).toEqual(['warning wrongResult 1 number'])
    expect(look('return {message: msg};', { kind: 'update' })).toEqual(['warning noMessage {message: msg}'])
    expect(look('return [{msg: msg}, {a: 1}];', { kind: 'update' })).toEqual(['warning noMessage {a: 1}'])
    expect(look('return {...msg};', { kind: 'update' })).toEqual([])
    expect(look('return [{msg: msg}];', { kind: 'generate' })).toEqual(['warning wrongResult [{msg: msg}] list'])
    expect(look('return {a: 1};', { kind: 'string' })).toEqual(['warning wrongResult {a: 1} object'])
    expect(tbel('return {a: 1};', { kind: 'string' })).toEqual([])
    expect(tbel('return "True";')).toEqual(['warning wrongResult " text'])
    expect(tbel('1')).toEqual(['warning wrongResult 1 number'])
    expect(tbel('return {message: msg};', { kind: 'update' })).toEqual(['warning noMessage {'])
  })
})

it('looks at the script that a node uses, and not at the other', () => {
  const className = 'org.thingsboard.rule.engine.filter.TbJsFilterNode'
  const scripts = { jsScript: 'return (', tbelScript: 'return known > 1;' }
  expect(nodeScriptProblems({ className, configuration: { scriptLang: 'TBEL', ...scripts } })).toEqual([])
  expect(nodeScriptProblems({ className, configuration: { scriptLang: 'JS', ...scripts } })).toMatchObject([
    { severity: 'error', key: 'syntax', path: 'jsScript', line: 1 },
  ])
  expect(nodeScriptProblems({ className, configuration: null })).toMatchObject([{ key: 'refused', path: 'jsScript' }])
  expect(nodeScriptProblems({ className: 'of.Another', configuration: scripts })).toEqual([])
})
