// Writes what is made from the code: the pages of docs/reference, the types of the API client, the help of nodes.
//   node scripts/generate.ts            writes them
//   node scripts/generate.ts --check    exits with 1 when one of them is stale
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiClientTypes } from './generate/api-client.ts'
import { errorsPage } from './generate/errors.ts'
import { mqttConformancePage } from './generate/mqtt-conformance.ts'
import { nodeHelp } from './generate/node-help.ts'
import { restApiPage } from './generate/rest-api.ts'
import { ruleNodesPage } from './generate/rule-nodes.ts'
import { settingsPage } from './generate/settings.ts'
import { tbelPage } from './generate/tbel.ts'

const root = join(import.meta.dirname, '..')
const files: Record<string, () => string | Promise<string>> = {
  'docs/reference/settings.md': settingsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/rest-api.md': restApiPage,
  'docs/reference/rule-nodes.md': ruleNodesPage,
  'docs/reference/mqtt-conformance.md': mqttConformancePage,
  'docs/reference/tbel.md': tbelPage,
  'packages/api-client/src/generated/operations.ts': apiClientTypes,
  'packages/rule-nodes/src/help.json': nodeHelp,
}

const present = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

const isCheck = process.argv.includes('--check')
const stale: string[] = []
for (const [name, make] of Object.entries(files)) {
  const path = join(root, name)
  const text = await make()
  if (present(path) === text) continue
  stale.push(name)
  if (!isCheck) writeFileSync(path, text)
}

if (isCheck && stale.length > 0) {
  console.error(`Not what the code says: ${stale.join(', ')}. Run "npm run generate".`)
  process.exitCode = 1
} else console.log(stale.length === 0 ? 'what is generated is up to date' : `written: ${stale.join(', ')}`)
