import { createHash } from 'node:crypto'
import { type ComponentDescriptor, componentTypes, type ruleChainTypes } from '@thingwire/contracts'
import type { NodeManifest } from '@thingwire/rules'

type RuleChainType = (typeof ruleChainTypes)[number]

/** Nodes that make sense in chains of one kind only; all others stand in both. */
const homeOf: Readonly<Record<string, RuleChainType>> = {
  'org.thingsboard.rule.engine.edge.TbMsgPushToEdgeNode': 'CORE',
  'org.thingsboard.rule.engine.edge.TbMsgPushToCloudNode': 'EDGE',
  'org.thingsboard.rule.engine.action.TbSaveToCustomCassandraTableNode': 'CORE',
}

export const fitsChain = ({ className }: NodeManifest, type: RuleChainType): boolean =>
  !Object.hasOwn(homeOf, className) || homeOf[className] === type

/** The same id in every process and after every restart, since descriptors are not stored. */
const idOfClass = (className: string): string => {
  const hex = createHash('sha256').update(className).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const toDescriptor = (node: NodeManifest): ComponentDescriptor => {
  const isCustom = node.connections === 'custom'
  const labels = node.connections === 'custom' ? [] : [...node.connections]
  return {
    id: { id: idOfClass(node.className) },
    createdTime: 0,
    type: componentTypes.find((type) => type.toLowerCase() === node.category) ?? 'ACTION',
    scope: 'TENANT',
    clusteringMode: 'ENABLED',
    name: node.name,
    clazz: node.className,
    configurationDescriptor: {
      nodeDefinition: {
        details: node.needs ? `${node.description} Needs ${node.needs}.` : node.description,
        description: node.description,
        inEnabled: node.hasInput ?? true,
        outEnabled: isCustom || labels.length > 0,
        relationTypes: labels.length > 0 || isCustom ? [...labels, 'Failure'] : [],
        customRelations: isCustom,
        ruleChainNode: node.type === 'rule-chain-input',
        defaultConfiguration: node.defaults,
        uiResources: [],
        configDirective: null,
        icon: node.icon,
        iconUrl: null,
        docUrl: null,
      },
    },
    configurationVersion: node.configVersion,
    actions: null,
    hasQueueName: node.hasQueueName ?? false,
  }
}
