/**
 * The program that one script runs in: read the order from stdin, run it, write the result, end. It is a process of
 * its own without rights (`--permission`) or environment, so that nothing here is worth reaching. The script sees a
 * fresh realm with the built-ins of the language alone; only texts cross between the two.
 *
 * Kept as text, since such a process may not read files.
 */
export const scriptChildProgram = `
'use strict'
const vm = process.getBuiltinModule('node:vm')
let text = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk) => { text += chunk })
process.stdin.on('end', () => {
  const order = JSON.parse(text)
  const answer = (result) => { process.stdout.write(JSON.stringify(result)) }
  const realm = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } })
  const call = vm.runInContext(
    "'use strict'; delete globalThis.console; delete globalThis.WebAssembly;" +
    "(({ parse, stringify }, text) => (script, data, metadata, type) => {" +
    "  try { return 'v' + stringify(script(parse(data), parse(metadata), type)) }" +
    "  catch (error) { try { return 'e' + text(error) } catch { return 'eError' } } })" +
    "({ parse: JSON.parse, stringify: JSON.stringify }, String)",
    realm,
  )
  let script
  try {
    script = vm.compileFunction(order.body, order.argNames, { parsingContext: realm })
  } catch (error) {
    return answer({ error: String(error && error.message) })
  }
  let result
  try {
    result = call(script, order.data, order.metadata, order.msgType)
  } catch (error) {
    result = 'eScript failed'
  }
  if (typeof result !== 'string') return answer({ error: 'Script failed' })
  answer(result[0] === 'v' ? { json: result.slice(1) } : { error: result.slice(1) })
})
`
