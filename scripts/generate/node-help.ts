import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'

const folder = join(import.meta.dirname, '../../packages/rule-nodes/src')

/** packages/rule-nodes/src/help.json: the help of every node by its type, for browsers, which cannot read the folders. */
export const nodeHelp = (): string => {
  const pages = nodeManifests.map(({ type }) => [type, readFileSync(join(folder, type, 'help.md'), 'utf8')] as const)
  const sorted = pages.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`
}
