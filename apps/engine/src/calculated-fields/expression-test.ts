import { AppError, type ScriptTest } from '@thingwire/contracts'

/** The names that an expression of an alarm rule has besides those of the arguments. */
export const expressionArguments: readonly string[] = ['ctx', 'ctxMetadata', 'ctxType']

/**
 * An expression as a script: every argument by its name. They are bound on the line of the expression, so that lines in
 * errors are those of the rule.
 */
export const expressionBody = (names: readonly string[], expression: string): string =>
  `${names.map((name) => `var ${name} = ctx.args.${name}.value;`).join(' ')} ${expression}`

/** The test of an expression as the test of a script. */
export const expressionTest = (given: {
  expression: string
  arguments: Readonly<Record<string, { value?: unknown; ts?: number | undefined }>>
}): ScriptTest => {
  const names = Object.keys(given.arguments)
  const odd = names.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name) || name === 'ctx')
  if (odd !== undefined) throw new AppError('ARGUMENT_INVALID', `${odd} cannot be the name of an argument`)
  const args = Object.entries(given.arguments).map(([name, { value = null, ts = 0 }]) => [name, { ts, value }] as const)
  return {
    script: expressionBody(names, given.expression),
    scriptType: 'filter',
    argNames: [...expressionArguments],
    msg: JSON.stringify({
      args: Object.fromEntries(args),
      latestTs: Math.max(0, ...args.map(([, { ts }]) => ts)),
    }),
    metadata: {},
    msgType: 'CALCULATED_FIELDS',
  }
}
