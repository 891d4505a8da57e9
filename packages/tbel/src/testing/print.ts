import type { Expression, Statement } from '../ast.ts'

const list = (items: Expression[]): string => items.map(expression).join(', ')
const block = (body: Statement[]): string => `{ ${printed(body)} }`
const bodyOf = (statement: Statement): string => block(statement.kind === 'block' ? statement.body : [statement])

const suffixes = { int: '', long: 'L', float: 'f', double: 'd' }

/** An expression with all its parentheses. */
const expression = (node: Expression): string => {
  switch (node.kind) {
    case 'number':
      return `${node.text}${suffixes[node.number]}`
    case 'string':
      return JSON.stringify(node.value)
    case 'literal':
      return node.value
    case 'name':
      return node.name
    case 'property':
      return `(${expression(node.target)})${node.isSafe ? '.?' : '.'}${node.name}`
    case 'index':
      return `(${expression(node.target)})[${expression(node.index)}]`
    case 'call':
      return `${node.name}(${list(node.parameters)})`
    case 'method':
      return `(${expression(node.target)})${node.isSafe ? '.?' : '.'}${node.name}(${list(node.parameters)})`
    case 'new':
      return `new ${node.type}(${list(node.parameters)})`
    case 'new-array':
      return `new ${node.type}${node.sizes.map((size) => `[${expression(size)}]`).join('')}`
    case 'typed-array':
      return `new ${node.type}[]{${list(node.items)}}`
    case 'list':
      return `[${list(node.items)}]`
    case 'map':
      return node.entries.length === 0
        ? '[:]'
        : `[${node.entries.map((entry) => entry.map(expression).join(': ')).join(', ')}]`
    case 'unary':
      return `(${node.operator} ${expression(node.value)})`
    case 'binary':
      return `(${expression(node.left)} ${node.operator} ${expression(node.right)})`
    case 'condition':
      return `(${expression(node.test)} ? ${expression(node.yes)} : ${expression(node.no)})`
    case 'assign':
      return `(${expression(node.target)} ${node.operator} ${expression(node.value)})`
    case 'step':
      return node.isPrefix
        ? `(${node.operator} ${expression(node.target)})`
        : `(${expression(node.target)}${node.operator})`
    case 'cast':
      return `((${node.type}) (${expression(node.value)}))`
    case 'is-type':
      return `(${expression(node.value)} instanceof ${node.type})`
    case 'is-defined':
      return `(isdef ${node.name})`
  }
}

const loop = (node: Statement & { kind: 'while' | 'do' }): string =>
  node.kind === 'while'
    ? `${node.isUntil ? 'until' : 'while'} (${expression(node.test)}) ${bodyOf(node.body)}`
    : `do ${bodyOf(node.body)} ${node.isUntil ? 'until' : 'while'} (${expression(node.test)});`

const simple = (nodes: readonly Statement[]): string =>
  nodes
    .map((node, at) =>
      statement(node)
        .replace(/;$/, '')
        .replace(at > 0 && node.kind === 'declare' ? 'var ' : '', ''),
    )
    .join(', ')

const statement = (node: Statement): string => {
  switch (node.kind) {
    case 'expression':
      return `${expression(node.value)};`
    case 'declare':
      return `var ${node.name}${node.value ? ` = ${expression(node.value)}` : ''};`
    case 'block':
      return printed(node.body)
    case 'if':
      return `if (${expression(node.test)}) ${bodyOf(node.yes)}${node.no ? ` else ${bodyOf(node.no)}` : ''}`
    case 'while':
    case 'do':
      return loop(node)
    case 'for': {
      const head = [simple(node.first), node.test ? expression(node.test) : '', node.next.map(expression).join(', ')]
      return `for (${head.join('; ')}) ${bodyOf(node.body)}`
    }
    case 'foreach':
      return `foreach (${node.name} : ${expression(node.items)}) ${bodyOf(node.body)}`
    case 'switch': {
      const cases = node.cases.map(
        ({ value, body }) => `${value ? `case ${expression(value)}` : 'default'}: ${printed(body)}`,
      )
      return `switch (${expression(node.value)}) { ${cases.join(' ')} }`
    }
    case 'function':
      return `function ${node.name}(${node.parameters.join(', ')}) ${block(node.body)}`
    case 'return':
      return `return${node.value ? ` ${expression(node.value)}` : ''};`
    case 'break':
      return 'break;'
    case 'continue':
      return 'continue;'
  }
}

/** A script that parses to this tree, for the tests of the parser. */
export const printed = (body: Statement[]): string => body.map(statement).join('\n')
