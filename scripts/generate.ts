// Writes the pages of docs/reference from the code that they describe.
//   node scripts/generate.ts            writes them
//   node scripts/generate.ts --check    exits with 1 when one of them is stale
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorsPage } from './generate/errors.ts'
import { restApiPage } from './generate/rest-api.ts'
import { ruleNodesPage } from './generate/rule-nodes.ts'
import { settingsPage } from './generate/settings.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'reference')
const pages: Record<string, () => string | Promise<string>> = {
  'settings.md': settingsPage,
  'errors.md': errorsPage,
  'rest-api.md': restApiPage,
  'rule-nodes.md': ruleNodesPage,
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
for (const [name, make] of Object.entries(pages)) {
  const path = join(folder, name)
  const text = await make()
  if (present(path) === text) continue
  stale.push(name)
  if (!isCheck) writeFileSync(path, text)
}

if (isCheck && stale.length > 0) {
  console.error(`docs/reference is not what the code says: ${stale.join(', ')}. Run "npm run generate".`)
  process.exitCode = 1
} else console.log(stale.length === 0 ? 'docs/reference is up to date' : `written: ${stale.join(', ')}`)
