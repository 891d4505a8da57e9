import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const fixture = join(root, 'packages/rule-nodes/src/fixtures/tested-chain.json')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thingwire-rule-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/rule-test.ts'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

test('a file whose tests pass ends with 0', () => {
  const { status, stdout } = run(fixture)
  expect(stdout).toMatch(/passed {2}heat is noted as an attribute/)
  expect(stdout).toMatch(/5 of 5 tests passed/)
  expect(status).toBe(0)
})

test('a test that does not pass says why, and the end is 1', () => {
  const file = JSON.parse(readFileSync(fixture, 'utf8'))
  file.ruleChain.additionalInfo.tests[0].message.data = { temperature: 99 }
  const path = join(folder, 'failing.json')
  writeFileSync(path, JSON.stringify(file))
  const { status, stdout } = run(path)
  expect(stdout).toMatch(/failed {2}a mild day/)
  expect(stdout).toMatch(/Expected connection, which did not come: Hot\? → False/)
  expect(stdout).toMatch(/4 of 5 tests passed/)
  expect(status).toBe(1)
})

test('scripts have the libraries that their own file carries', { timeout: 30_000 }, () => {
  const file = JSON.parse(readFileSync(fixture, 'utf8'))
  const filter = file.metadata.nodes.find(
    ({ configuration }: { configuration: { jsScript?: string } }) => configuration.jsScript,
  )
  const { jsScript } = filter.configuration
  filter.configuration = {
    ...filter.configuration,
    scriptLang: 'JS',
    jsScript: `// @use heat\nreturn told((() => { ${jsScript} })());`,
  }
  const write = (name: string, body: string | null) => {
    const libraries = body === null ? [] : [{ name: 'heat', language: 'JS', body }]
    file.ruleChain.additionalInfo.scriptLibraries = libraries
    writeFileSync(join(folder, name), JSON.stringify(file))
    return join(folder, name)
  }
  const { stdout, status } = run(
    write('shared.json', 'function told(x) { return x; }'),
    write('turned.json', 'function told(x) { return !x; }'),
    write('without.json', null),
  )
  const [shared, turned, without] = stdout.split(/^\/.*: /m).slice(1)
  expect(shared).not.toContain('failed')
  expect(turned).toContain('failed')
  expect(without).toContain('There is no script library')
  expect(status).toBe(1)
})

test('files that cannot be read, and wrong options, end with 2 and the reason', { timeout: 30_000 }, () => {
  const path = join(folder, 'broken.json')
  writeFileSync(path, '{')
  expect(run(path)).toMatchObject({ status: 2, stderr: expect.stringContaining('broken.json') })
  expect(run(join(folder, 'nowhere.json'))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('nowhere.json'),
  })
  expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
  expect(run('--what', fixture)).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
})
