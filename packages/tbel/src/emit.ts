import type { Expression, Statement } from './ast.ts'
import { emitExpression, emitStep, emitTest, Output, type Place } from './emit-expression.ts'
import { withoutHidden } from './own-functions.ts'
import { CompileError } from './problem.ts'
import { identifier, Scope } from './scope.ts'
import { staticType } from './static-type.ts'

/** Where a statement stands. `isLast`: its value is the value of the function or script. */
type Context = Place & { isLast: boolean; isInLoop: boolean; canBreak: boolean; isLibrary: boolean }

const letOf = (scope: Scope): string =>
  scope.declared.length > 0 ? `let ${scope.declared.map((name) => identifier('v', name)).join(',')};` : ''

/** The statements of one scope. Functions come last, when all its variables are known. */
const emitStatements = (all: readonly Statement[], context: Context): string => {
  const { scope } = context
  const body = withoutHidden(all, context.isLibrary)
  for (const statement of body) if (statement.kind === 'function') scope.functions.add(statement.name)
  const functions: (() => string)[] = []
  const last = body.findLast(({ kind }) => kind !== 'function')
  const parts = body.map((statement) => {
    if (statement.kind !== 'function')
      return emitStatement(statement, { ...context, isLast: context.isLast && statement === last })
    const knownBefore = scope.all()
    functions.push(() => emitFunction(statement, knownBefore, context))
    return ''
  })
  const hoisted = functions.map((emit) => emit())
  return [...hoisted, ...parts].filter((part) => part !== '').join('\n')
}

/** The statements of one scope, its declarations before them. */
const emitBody = (body: readonly Statement[], context: Context): string => {
  const statements = emitStatements(body, context)
  return `${letOf(context.scope)}${statements}`
}

const emitFunction = (
  statement: Statement & { kind: 'function' },
  knownBefore: ReadonlySet<string>,
  context: Context,
): string => {
  const scope = new Scope(context.scope, knownBefore)
  for (const name of statement.parameters) scope.variables.add(name)
  scope.expect(statement.body)
  const names = statement.parameters.map((name) => identifier('v', name))
  const body = emitBody(statement.body, {
    scope,
    output: context.output,
    isLast: true,
    isInLoop: false,
    canBreak: false,
    isLibrary: context.isLibrary,
  })
  const tooMany = `if(arguments.length>${names.length})${context.output.use('tooMany')}(${JSON.stringify(statement.name)});`
  return `function ${identifier('f', statement.name)}(${names.map((name) => `${name}=null`).join(',')}){${tooMany}\n${body}\nreturn null}`
}

const statementsOf = (statement: Statement): readonly Statement[] =>
  statement.kind === 'block' ? statement.body : [statement]

const emitBlock = (statement: Statement, context: Context): string =>
  `{${emitBody(statementsOf(statement), { ...context, scope: context.scope.branch() })}}`

/** The body of a loop; all its rounds have the same variables. */
const inLoop = (statement: Statement & { body: Statement }, scope: Scope, context: Context): Context => {
  scope.expect([statement.body])
  return { ...context, scope, isLast: false, isInLoop: true, canBreak: true }
}

const withLet = (scope: Scope, loop: string): string => (scope.declared.length > 0 ? `{${letOf(scope)}${loop}}` : loop)

const emitFor = (statement: Statement & { kind: 'for' }, context: Context): string => {
  const inner = inLoop(statement, context.scope.branch(), context)
  const first = statement.first.map((part) => emitStatement(part, inner)).join('')
  const test = statement.test ? emitTest(statement.test, inner) : ''
  const next = statement.next.map((part) => emitDiscarded(part, inner)).join(',')
  const body = emitStatements(statementsOf(statement.body), inner)
  return withLet(inner.scope, `${first}\nfor(;${test};${next}){${body}}`)
}

const emitForEach = (statement: Statement & { kind: 'foreach' }, context: Context): string => {
  const items = emitExpression(statement.items, context)
  const scope = new Scope(context.scope)
  scope.variables.add(statement.name)
  const body = emitStatements(statementsOf(statement.body), inLoop(statement, scope, context))
  const variable = identifier('v', statement.name)
  return withLet(scope, `for(let ${variable} of ${context.output.use('rounds')}(${items})){${body}}`)
}

const emitWhile = (statement: Statement & { kind: 'while' | 'do' }, context: Context): string => {
  const scope = new Scope(context.scope)
  const emitBodyOf = () => emitStatements(statementsOf(statement.body), inLoop(statement, scope, context))
  const emitLoopTest = () => `while(${statement.isUntil ? '!' : ''}(${emitTest(statement.test, context)}))`
  // In the order of the text: either may assign what the other reads.
  const loop = statement.kind === 'do' ? `do{${emitBodyOf()}}${emitLoopTest()};` : `${emitLoopTest()}{${emitBodyOf()}}`
  return withLet(scope, loop)
}

const emitSwitch = (statement: Statement & { kind: 'switch' }, context: Context): string => {
  const equal = context.output.use('equal')
  const inner = { ...context, isLast: false, canBreak: true, scope: context.scope.branch() }
  const value = emitExpression(statement.value, context)
  const cases = statement.cases.map(({ value: label, body }) => {
    const code = label ? `case ${equal}(s,${emitExpression(label, inner)}):` : 'default:'
    return `${code}${body.map((part) => emitStatement(part, inner)).join('\n')}`
  })
  return `{const s=${value};${letOf(inner.scope)}switch(true){${cases.join('\n')}}}`
}

const emitDiscarded = (value: Expression, place: Place): string =>
  value.kind === 'step' ? emitStep(value, false, place) : emitExpression(value, place)

const emitDeclare = (statement: Statement & { kind: 'declare' }, context: Context): string => {
  const type = statement.value ? staticType(statement.value, context.scope) : null
  const value = statement.value ? emitExpression(statement.value, context) : 'null'
  context.scope.declare(statement.name, type)
  return `${context.isLast ? 'return ' : ''}${identifier('v', statement.name)}=${value};`
}

const emitStatement = (statement: Statement, context: Context): string => {
  switch (statement.kind) {
    case 'expression':
      return context.isLast
        ? `return ${emitExpression(statement.value, context)};`
        : `${emitDiscarded(statement.value, context)};`
    case 'declare':
      return emitDeclare(statement, context)
    case 'block':
      return emitBlock(statement, context)
    case 'if': {
      const test = emitTest(statement.test, context)
      return `if(${test})${emitBlock(statement.yes, context)}${statement.no ? `else ${emitBlock(statement.no, context)}` : ''}`
    }
    case 'while':
    case 'do':
      return emitWhile(statement, context)
    case 'for':
      return emitFor(statement, context)
    case 'foreach':
      return emitForEach(statement, context)
    case 'switch':
      return emitSwitch(statement, context)
    case 'function':
      throw new CompileError('a function cannot stand here', statement.at)
    case 'return':
      return `return ${statement.value ? emitExpression(statement.value, context) : 'null'};`
    case 'break':
      // Without a loop around it, it ends the function or the script.
      return context.canBreak ? 'break;' : 'return null;'
    case 'continue':
      return context.isInLoop ? 'continue;' : `${context.output.use('unknown')}('continue',${statement.at.line});`
  }
}

/** Functions of libraries, as local names of the code that uses them. */
const importsOf = (names: readonly string[]): string =>
  names.map((name) => `const ${identifier('f', name)}=L[${JSON.stringify(name)}];`).join('')

/** A scope in which these functions are known. Functions of the same name inside it hide them. */
const scopeWith = (imports: readonly string[]): Scope => {
  if (imports.length === 0) return new Scope(null)
  const outer = new Scope(null)
  for (const name of imports) outer.functions.add(name)
  return new Scope(outer)
}

/**
 * JavaScript of a script: an expression whose value takes the runtime and the functions of libraries by their names, and
 * gives the function of the script.
 */
export const emitScript = (body: Statement[], args: readonly string[], imports: readonly string[]): string => {
  const output = new Output()
  const scope = scopeWith(imports)
  for (const name of args) scope.variables.add(name)
  const names = args.map((name) => identifier('v', name)).join(',')
  const code = emitBody(body, { scope, output, isLast: true, isInLoop: false, canBreak: false, isLibrary: false })
  return `(($,L)=>{"use strict";\n${output.constants}\n${importsOf(imports)}return function(${names}){\n${code}\nreturn null}})`
}

/** JavaScript of a library: like a script's, but its value gives its functions by their names. */
export const emitLibrary = (body: Statement[], imports: readonly string[]): { js: string; functions: string[] } => {
  const functions: string[] = []
  for (const statement of body) {
    if (statement.kind !== 'function') throw new CompileError('a library holds functions only', statement.at)
    if (functions.includes(statement.name))
      throw new CompileError(`the function ${statement.name} stands here twice`, statement.at)
    functions.push(statement.name)
  }
  const output = new Output()
  const code = emitBody(body, {
    ...{ scope: scopeWith(imports), output, isLast: false, isInLoop: false, canBreak: false },
    isLibrary: true,
  })
  const all = functions.map((name) => `${JSON.stringify(name)}:${identifier('f', name)}`).join(',')
  // In a function of its own, where its functions may hide those that it imports.
  const js = `(($,L)=>{"use strict";\n${output.constants}\n${importsOf(imports)}return (()=>{\n${code}\nreturn {${all}}})()})`
  return { js, functions }
}
