import { expect, test } from 'vitest'
import { type ChainDocument, type DocNode, emptyDocument } from '../model/document.ts'
import { asText } from '../../drafts/as-text.ts'
import { initialsOf } from '../../drafts/initials.ts'
import { lostOutputs } from './lost-outputs.ts'

const node: DocNode = {
  ...{ id: '', className: '', name: '', x: 0, y: 0, description: '', configuration: {}, configurationVersion: 0 },
  ...{ debug: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 }, isSingleton: false, queueName: null },
  ...{ bypass: null, group: null, rest: {} },
}
const output = (id: string, name: string, className = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode') => ({
  ...node,
  id,
  name,
  className,
})
const withNodes = (...nodes: DocNode[]): ChainDocument => ({
  ...emptyDocument,
  nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
})

test('outputs that are gone or called otherwise are lost to the chains that call', () => {
  const before = withNodes(output('a', 'Done'), output('b', 'Failed'), output('c', 'Log', 'other'))
  expect(lostOutputs(before, withNodes(output('a', 'Ready')))).toEqual(['Done', 'Failed'])
  expect(lostOutputs(before, before)).toEqual([])
})

test('people have two letters, whatever they are called', () => {
  expect(['Ada Lovelace', 'tenant@thingwire.local', 'x', '', 'Łukasz van der Berg'].map(initialsOf)).toEqual([
    'AL',
    'TE',
    'X',
    '?',
    'ŁB',
  ])
})

test('settings are shown as texts, others as JSON', () => {
  expect([undefined, '', 'plain', 5, { a: [1] }].map(asText)).toEqual([
    '—',
    '—',
    'plain',
    '5',
    '{\n  "a": [\n    1\n  ]\n}',
  ])
})
