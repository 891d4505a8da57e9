import { describe, expect, it } from 'vitest'
import { javascriptCompilers } from './javascript-compilers.ts'
import { libraryFunctions } from './library-functions.ts'
import { messageArguments, type ScriptLibrarySource } from './script.ts'
import { type FoundLibrary, resolveLibraries, usedLibraries } from './script-libraries.ts'
import { scriptsInRealm } from './scripts-in-realm.ts'

describe('a script names its libraries', () => {
  it.each([
    ['in its first line', '// @use units\nreturn 1;', ['units']],
    ['several at once', '//@use units , geo,\nreturn 1;', ['units', 'geo']],
    ['among other comments and blank lines', '\n  // by me\n\n  // @use a\n// @use b, a\nreturn 1;', ['a', 'b']],
    ['but not after code has begun', 'return 1;\n// @use units', []],
    ['nor by something like it', '// @used units\n/* @use geo */ return "// @use x";', []],
    ['nor by no name', '// @use\n// @use ,\nreturn 1;', []],
    ['with carriage returns', '// @use units\r\n// @use geo\r\nreturn 1;', ['units', 'geo']],
  ])('%s', (_name, body, names) => {
    expect(usedLibraries(body)).toEqual(names)
  })
})

describe('libraries are found', () => {
  const js = (name: string, body: string): FoundLibrary => ({ name, body, language: 'JS' })
  const resolve = (names: string[], ...all: FoundLibrary[]) =>
    resolveLibraries('JS', names, async (wanted) => all.filter(({ name }) => wanted.includes(name)))
  const namesOf = async (names: string[], ...all: FoundLibrary[]) => {
    const resolved = await resolve(names, ...all)
    return resolved.ok ? resolved.libraries.map(({ name }) => name) : resolved.problem
  }
  const [a, b, c] = [js('a', '// @use b, c\n'), js('b', '// @use c\n'), js('c', '')]

  it('each once, after those that it uses', async () => {
    expect(await namesOf(['a'], a, b, c)).toEqual(['c', 'b', 'a'])
    expect(await namesOf(['c', 'a'], a, b, c)).toEqual(['c', 'b', 'a'])
    expect(await namesOf([])).toEqual([])
  })

  it('unless one is missing, and it is told who wants it', async () => {
    expect(await namesOf(['x'], a)).toBe('There is no script library "x"')
    expect(await namesOf(['a'], a, b)).toBe('There is no script library "c", which library "a" uses')
    expect(await namesOf(['__proto__'], a)).toBe('There is no script library "__proto__"')
  })

  it('unless one is in another language', async () => {
    expect(await namesOf(['t'], { name: 't', body: '', language: 'TBEL' })).toBe(
      'Script library "t" is in TBEL and cannot be used from JavaScript',
    )
  })

  it('unless they use each other in a circle', async () => {
    expect(await namesOf(['a'], a, b, js('c', '// @use a\n'))).toBe(
      'Script libraries use each other in a circle: a → b → c → a',
    )
    expect(await namesOf(['s'], js('s', '// @use s\n'))).toBe('Script libraries use each other in a circle: s → s')
  })

  it('unless they are too many', async () => {
    const many = Array.from({ length: 51 }, (_, n) => js(`l${n}`, ''))
    expect(
      await namesOf(
        many.slice(1).map(({ name }) => name),
        ...many,
      ),
    ).toHaveLength(50)
    expect(
      await namesOf(
        many.map(({ name }) => name),
        ...many,
      ),
    ).toBe('A script uses 50 libraries at most')
  })

  it('unless they are too large together', async () => {
    const large = (name: string) => js(name, `${' '.repeat(50_000)}function ${name}() {}`)
    expect(await namesOf(['p', 'q', 'r'], ...['p', 'q', 'r'].map(large))).toEqual(['p', 'q', 'r'])
    expect(await namesOf(['p', 'q', 'r', 's'], ...['p', 'q', 'r', 's'].map(large))).toBe(
      'The script libraries exceed 200000 characters together',
    )
  })
})

describe('a library in JavaScript holds functions', () => {
  const functions = (body: string) => {
    const found = libraryFunctions(body, javascriptCompilers.programProblem)
    return found.ok ? found.functions : found.problem
  }
  it.each([
    ['none at all', '// nothing yet\n', []],
    ['one', 'function toF(c) { return c * 1.8 + 32; }', ['toF']],
    ['several in one line', 'function a(){}function b(){if(1){}}function $c_1 ( ) {}', ['a', 'b', '$c_1']],
    ['with comments between them', '// a\nfunction a() {} // }\n/* function x() {} */\nfunction b() {}\n', ['a', 'b']],
    ['with others inside', 'function a() { function b() {}\n function c() {} return b; }\nfunction d() {}', ['a', 'd']],
    [
      'with braces in texts and patterns',
      'function a() { return "} function" + `} function` + /[}] function/.source; }\nfunction b() {}',
      ['a', 'b'],
    ],
    ['that generate', 'function* a() { yield 1; }', ['a']],
    [
      'that are many',
      'function a() {}'.concat(...Array.from({ length: 2_500 }, (_, n) => `\nfunction a${n}() {}`)),
      ['a', ...Array.from({ length: 2_500 }, (_, n) => `a${n}`)],
    ],
  ])('%s', (_name, body, names) => {
    expect(functions(body)).toEqual(names)
  })

  it.each([
    ['a syntax error', 'function a() {\n  return 1 +;\n}', "Line 2: SyntaxError: Unexpected token ';'"],
    ['a return of its own', 'return 1;', 'Line 1: SyntaxError: Illegal return statement'],
    ['a variable', 'function a() {}\n\nlet n = 0;', 'Line 3: a library holds functions only'],
    ['a call', 'function a() {}\na();', 'Line 2: a library holds functions only'],
    ['a call at once', 'function a() {} (0);', 'Line 1: a library holds functions only'],
    ['a function twice', 'function a() {}\nfunction a() {}', 'Line 2: the function a stands here twice'],
    ['a brace too many', 'function a() {} }', "Line 1: SyntaxError: Unexpected token '}'"],
  ])('and not %s', (_name, body, problem) => {
    expect(functions(body)).toBe(problem)
  })

  it.each([
    [
      'braces',
      `function a() { ${'if (1) {} function b() {} '.repeat(1_900)} }`,
      'The functions lie too deep in each other',
    ],
    ['comments', `function a() {} ${'// '.repeat(15_000)}\nlet n;`, 'Line 2: a library holds functions only'],
    ['braces and comments', `function a() { ${`if (1) {} ${'// '.repeat(50)}\n`.repeat(290)} }`, ['a']],
    ['blanks', `function a() {} let${' '.repeat(45_000)}n;`, 'Line 1: a library holds functions only'],
    ['blanks in a name', `(function${' '.repeat(45_000)}() {})`, 'Line 1: a library holds functions only'],
  ])('and one that was made to cost time costs little: %s', (_name, body, answer) => {
    const began = performance.now()
    expect(functions(body)).toEqual(answer)
    expect(performance.now() - began).toBeLessThan(4_000)
  })
})

describe('a script with libraries', () => {
  const { load } = scriptsInRealm(() => 'TBEL is not translated here')
  const units = {
    name: 'units',
    body: 'function toF(c) { return scaled(c) + 32; }\nfunction scaled(c) { return c * 1.8; }',
  }
  const run = async (body: string, libraries: ScriptLibrarySource[], times = 1) => {
    const script = await load({ language: 'JS', kind: 'string', argNames: messageArguments, body, libraries })
    const inputs = Array.from({ length: times }, () => ({ data: '{"c":20}', metadata: { k: 'v' }, type: 'T' }))
    const answers = await script(inputs, new AbortController().signal)
    const texts = answers.map((answer) => (answer.ok ? answer.value[0] : answer.error))
    return times === 1 ? texts[0] : texts
  }
  const refusal = (body: string, libraries: ScriptLibrarySource[]) =>
    run(body, libraries).then(
      () => 'not refused',
      (error: unknown) => String(error),
    )

  it('calls their functions, and libraries those of the libraries that they use', async () => {
    const geo = { name: 'geo', body: '// @use units\nfunction twice(c) { return toF(c) * 2; }' }
    expect(await run('// @use units\nreturn String(toF(msg.c));', [units])).toBe('68')
    expect(await run('// @use geo\nreturn String(twice(msg.c)) + metadata.k;', [units, geo])).toBe('136v')
  })

  it('does not see functions that only its libraries asked for', async () => {
    const geo = { name: 'geo', body: '// @use units\nfunction twice(c) { return toF(c) * 2; }' }
    expect(await run('// @use geo\nreturn typeof toF;', [units, geo])).toBe('undefined')
  })

  it('may have functions of the same name, which change nothing in the library', async () => {
    expect(
      await run('// @use units\nfunction scaled() { return 0; } return String(toF(msg.c) + scaled());', [units]),
    ).toBe('68')
  })

  it('is refused when two libraries have a function of one name', async () => {
    const other = { name: 'other', body: 'function toF() {}' }
    expect(await refusal('// @use units, other\nreturn "x";', [units, other])).toContain(
      'Function toF is in library units and in library other',
    )
  })

  it('has the lines of its own in what is wrong with it, and a library those of the library', async () => {
    expect(await refusal('// @use units\nreturn 1 +;', [units])).toContain("Line 2: SyntaxError: Unexpected token ';'")
    expect(await refusal('// @use bad\nreturn "x";', [{ name: 'bad', body: '\n\nfunction a( {}' }])).toContain(
      'Library bad: Line 3: SyntaxError',
    )
    expect(
      await refusal('// @use bad\nreturn "x";', [{ name: 'bad', body: 'function a() { setTimeout(a); }' }]),
    ).toContain("Library bad: Script must not contain 'setTimeout'")
  })

  it('is told library and line of an error inside a library, and nothing more of its own', async () => {
    const bad = { name: 'bad', body: 'function ok(f) { return f(); }\n\nfunction fail() {\n  return null.x;\n}' }
    expect(await run('// @use bad\nreturn fail();', [bad])).toBe(
      "TypeError: Cannot read properties of null (reading 'x') (library bad, line 4)",
    )
    expect(await run('// @use bad\nreturn [1].map(() => ok(() => fail())).join();', [bad])).toMatch(
      / \(library bad, line 4\)$/,
    )
    expect(await run('// @use bad\nreturn ok(() => null.x);', [bad])).toBe(
      "TypeError: Cannot read properties of null (reading 'x')",
    )
    expect(await run('// @use bad\nreturn ok(() => JSON.parse("{"));', [bad])).not.toContain('library')
  })

  it.each([
    ['a property of a library function', 'const old = toF.n; toF.n = 1; return String(old);'],
    ['a property of its prototype', 'const old = toF.prototype.n; toF.prototype.n = 1; return String(old);'],
  ])('leaves nothing for the next message: %s', async (_name, body) => {
    expect(await run(`// @use units\n${body}`, [units], 3)).toEqual(['undefined', 'undefined', 'undefined'])
  })

  it('cannot put something else in the place of a function, nor can a library', async () => {
    const error = 'TypeError: Assignment to constant variable.'
    expect(await run('// @use units\ntoF = () => 1; return "set";', [units], 2)).toEqual([error, error])
    const own = { name: 'own', body: 'function a() { return 1; }\nfunction b() { a = () => 2; }' }
    const failing = `${error} (library own, line 2)`
    expect(await run('// @use own\nb(); return String(a());', [own], 2)).toEqual([failing, failing])
  })

  it('leaves no variable that a library did not declare', async () => {
    const sloppy = { name: 'sloppy', body: 'function mark() { const old = typeof leak; leak = 1; return old; }' }
    expect(await run('// @use sloppy\nreturn mark();', [sloppy], 3)).toEqual(['undefined', 'undefined', 'undefined'])
  })
})
