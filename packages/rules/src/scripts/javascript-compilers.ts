import { compileFunction, Script } from 'node:vm'
import type { Compilers } from './translate-script.ts'

const problemOf = (compile: () => unknown): string | null => {
  try {
    compile()
    return null
  } catch (error) {
    if (!(error instanceof Error)) return 'The script cannot be read'
    const line = /^script:(\d+)/.exec(error.stack ?? '')?.[1]
    return `${line === undefined ? '' : `Line ${line}: `}${String(error)}`
  }
}

/** JavaScript as this process knows it. Nothing of it runs. */
export const javascriptCompilers: Pick<Compilers, 'functionProblem' | 'programProblem'> = {
  functionProblem: (body, argNames) => problemOf(() => compileFunction(body, [...argNames], { filename: 'script' })),
  programProblem: (text) => problemOf(() => new Script(text, { filename: 'script' })),
}
