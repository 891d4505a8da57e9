import type { NumberKind } from './lexer.ts'
import type { Position } from './problem.ts'

type Node<T> = T & { at: Position }

export type Expression =
  | Node<{ kind: 'number'; number: NumberKind; text: string }>
  | Node<{ kind: 'string'; value: string }>
  | Node<{ kind: 'literal'; value: 'null' | 'true' | 'false' | 'empty' }>
  | Node<{ kind: 'name'; name: string }>
  | Node<{ kind: 'property'; target: Expression; name: string; isSafe: boolean }>
  | Node<{ kind: 'index'; target: Expression; index: Expression }>
  | Node<{ kind: 'call'; name: string; parameters: Expression[] }>
  | Node<{ kind: 'method'; target: Expression; name: string; parameters: Expression[]; isSafe: boolean }>
  | Node<{ kind: 'new'; type: string; parameters: Expression[] }>
  | Node<{ kind: 'new-array'; type: string; sizes: Expression[] }>
  | Node<{ kind: 'typed-array'; type: string; items: Expression[] }>
  | Node<{ kind: 'list'; items: Expression[] }>
  | Node<{ kind: 'map'; entries: [Expression, Expression][] }>
  | Node<{ kind: 'unary'; operator: '-' | '!' | '~'; value: Expression }>
  | Node<{ kind: 'binary'; operator: string; left: Expression; right: Expression }>
  | Node<{ kind: 'condition'; test: Expression; yes: Expression; no: Expression }>
  | Node<{ kind: 'assign'; operator: string; target: Expression; value: Expression }>
  | Node<{ kind: 'step'; operator: '++' | '--'; isPrefix: boolean; target: Expression }>
  | Node<{ kind: 'cast'; type: string; value: Expression }>
  | Node<{ kind: 'is-type'; value: Expression; type: string }>
  | Node<{ kind: 'is-defined'; name: string }>

export type Statement =
  | Node<{ kind: 'expression'; value: Expression }>
  | Node<{ kind: 'declare'; name: string; value: Expression | null }>
  | Node<{ kind: 'block'; body: Statement[] }>
  | Node<{ kind: 'if'; test: Expression; yes: Statement; no: Statement | null }>
  | Node<{ kind: 'while'; test: Expression; isUntil: boolean; body: Statement }>
  | Node<{ kind: 'do'; test: Expression; isUntil: boolean; body: Statement }>
  | Node<{ kind: 'for'; first: Statement[]; test: Expression | null; next: Expression[]; body: Statement }>
  | Node<{ kind: 'foreach'; name: string; items: Expression; body: Statement }>
  | Node<{ kind: 'switch'; value: Expression; cases: { value: Expression | null; body: Statement[] }[] }>
  | Node<{ kind: 'function'; name: string; parameters: string[]; body: Statement[] }>
  | Node<{ kind: 'return'; value: Expression | null }>
  | Node<{ kind: 'break' | 'continue' }>
