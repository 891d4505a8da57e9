import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { expect, test } from 'vitest'
import { titlesOfPath } from './config-titles.ts'

const manifestOf = (type: string) => nodeManifests.find((manifest) => manifest.type === type)

test('places have the words of the form, places that it does not know their keys', () => {
  expect(titlesOfPath(manifestOf('rule-chain-input'), ['ruleChainId'])).toEqual(['Rule chain'])
  expect(titlesOfPath(manifestOf('rule-chain-input'), ['odd', 'deeper'])).toEqual(['odd', 'deeper'])
  expect(titlesOfPath(undefined, ['a', '0'])).toEqual(['a', '0'])
  expect(titlesOfPath(manifestOf('rule-chain-input'), [])).toEqual([])
})
