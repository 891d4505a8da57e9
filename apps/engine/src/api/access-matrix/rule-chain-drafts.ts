import type { RuleNode } from '@thingwire/contracts'
import type { PrepareRoom } from './room.ts'

/** How rule chains are edited. */
export const ruleChainDraftsRoom: PrepareRoom = async (api) => {
  const { scope, rootChain, admin } = api.tenant
  const store = api.db.ruleChainDrafts
  const ruleChainId = rootChain.id.id
  const node: RuleNode = {
    type: 'org.thingsboard.rule.engine.action.TbLogNode',
    name: 'drawn by the first tenant',
    singletonMode: false,
    configurationVersion: 0,
    configuration: {},
  }
  await api.db.ruleChains.create(scope, {
    ruleChain: { name: 'Matrix', type: 'CORE', root: false, debugMode: false },
    metadata: { firstNodeIndex: 0, nodes: [node], connections: [] },
  })
  const empty = { metadata: { firstNodeIndex: null, nodes: [], connections: [] }, tests: [] }
  const document = { metadata: { firstNodeIndex: 0, nodes: [node], connections: [] }, tests: [] }
  const baseVersion = rootChain.version
  const draft = { ownerId: ruleChainId, userId: admin.userId, revision: null, baseVersion, document }
  const { revision } = await store.save(scope, draft)
  return {
    params: { version: String(baseVersion) },
    queryOf: {
      'GET /api/ruleChains/search': { textSearch: node.name },
      'GET /api/ruleChains/summaries': { ruleChainIds: ruleChainId },
    },
    bodies: {
      'PUT /api/ruleChain/{ruleChainId}/version/{version}/note': () => ({ note: 'taken over' }),
      'PUT /api/ruleChain/{ruleChainId}/draft': () => ({ revision, baseVersion, document: empty }),
      'POST /api/ruleChain/{ruleChainId}/publish': () => ({ revision, version: baseVersion }),
    },
    belongings: async () => ({
      draft: await store.find(scope, ruleChainId),
      versions: (await store.versions(scope, ruleChainId, { pageSize: 10, page: 0 })).data,
    }),
  }
}
