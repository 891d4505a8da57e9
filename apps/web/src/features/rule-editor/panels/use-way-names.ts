import { useQuery } from '@tanstack/react-query'
import { listAssetProfileNames, listDeviceProfileNames } from '@/api/choices.ts'
import { getRuleChainMetadata } from '@/api/rule-chains.ts'
import { findManifest } from '../catalogue.ts'
import type { DocNode } from '../model/document.ts'

const outputType = 'rule-chain-output'

const calledChain = ({ configuration }: DocNode): string | null => {
  const id =
    typeof configuration === 'object' && configuration !== null && 'ruleChainId' in configuration
      ? configuration.ruleChainId
      : null
  return typeof id === 'string' && id !== '' ? id : null
}

/**
 * Labels that a node goes on by and that stand outside of its chain: the outputs of a chain that it calls, the profiles
 * that a switch tells apart.
 */
export const useWayNames = (node: DocNode | undefined): readonly string[] => {
  const type = node && findManifest(node.className)?.type
  const calls = node && type === 'rule-chain-input' ? calledChain(node) : null
  const names = useQuery({
    queryKey: ['way-names', type, calls],
    enabled: calls !== null || type === 'device-profile-switch' || type === 'asset-profile-switch',
    queryFn: async ({ signal }): Promise<readonly string[]> => {
      if (type === 'device-profile-switch') return listDeviceProfileNames(signal)
      if (type === 'asset-profile-switch') return listAssetProfileNames(signal)
      const called = calls === null ? null : await getRuleChainMetadata(calls, signal)
      return (called?.nodes ?? [])
        .filter((one) => findManifest(one.type)?.type === outputType)
        .map(({ name }) => name)
        .toSorted()
    },
    // A chain that cannot be read has labels of its own all the same; any can be typed.
    retry: false,
  })
  return names.data ?? nothing
}

const nothing: readonly string[] = []
