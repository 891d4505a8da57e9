import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './fixtures.ts'
import { accounts } from './platform.ts'

test('a back end that was written for ThingsBoard works unchanged', async ({ runtime }) => {
  const script = join(import.meta.dirname, 'clients', 'existing-client.mjs')
  const { username, password } = accounts.tenant
  const { stdout } = await promisify(execFile)(process.execPath, [script, runtime.httpUrl, username, password], {
    timeout: 50_000,
  })
  expect(stdout.trim().split('\n')).toHaveLength(13)
  expect(stdout).toContain('✓ cleans up')
})
